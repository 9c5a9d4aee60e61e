/** The parts of a compiled CQL library (ELM) that are read here. */
export type ElmNode = Readonly<Record<string, unknown>>

type ElmDefs = Readonly<{ def?: readonly ElmNode[] }>

export type ElmLibrary = Readonly<{
  identifier?: Readonly<{ id?: string; version?: string }>
  schemaIdentifier?: Readonly<{ id?: string; version?: string }>
  usings?: ElmDefs
  includes?: ElmDefs
  parameters?: ElmDefs
  valueSets?: ElmDefs
  statements?: ElmDefs
}>

export const isElmNode = (value: unknown): value is ElmNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const defsOf = (defs: ElmDefs | undefined): readonly ElmNode[] =>
  Array.isArray(defs?.def) ? defs.def.filter(isElmNode) : []

export const textOf = (node: ElmNode | undefined, name: string): string => {
  const value = node?.[name]
  return typeof value === 'string' ? value : ''
}

/** More than any measure known to us nests; a deeper one is made to exhaust whoever reads it. */
const deepest = 400

/**
 * Every object in a library, and how deep they nest, without recursion: what is read may be made to exhaust the reader.
 * Undefined if it nests too deep.
 */
export function nodesIn(library: ElmLibrary): readonly ElmNode[] | undefined {
  const found: ElmNode[] = []
  const waiting: { value: unknown; depth: number }[] = [{ value: library, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next
    if (typeof value !== 'object' || value === null) continue
    if (depth > deepest) return undefined
    if (isElmNode(value)) found.push(value)
    for (const each of Object.values(value)) waiting.push({ value: each, depth: depth + 1 })
  }
  return found
}
