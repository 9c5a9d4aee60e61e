/** One call's worth of a file that is brought in. */
export type ImportChunk = Readonly<{
  body: string
  contentType: 'application/fhir+json' | 'application/fhir+ndjson'
  /** about how many records it holds: for progress */
  records: number
  /** of a list of people: the row of each record */
  rows?: readonly number[]
}>

/** Where in its file a record of a chunk stands, from one: its row in a list, else its place after `before` records. */
export function placeIn({ rows }: ImportChunk, before: number): (index: number) => number {
  return (index) => rows?.[index] ?? before + index + 1
}

const linesPerChunk = 500

/**
 * Splits the text of a file (already unpacked) into calls of `$import`: a Bundle or single record is one call, so that a
 * transaction stays one unit; NDJSON goes in parts of 500 lines. An empty file gives none.
 */
export function chunksOf(text: string): readonly ImportChunk[] {
  if (text.trim() === '') return []
  if (!isLines(text)) {
    const records = text.match(/"resource"\s*:/g)?.length ?? 1
    return [{ body: text, contentType: 'application/fhir+json', records }]
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const chunks: ImportChunk[] = []
  for (let start = 0; start < lines.length; start += linesPerChunk) {
    const some = lines.slice(start, start + linesPerChunk)
    chunks.push({
      body: some.join('\n'),
      contentType: 'application/fhir+ndjson',
      records: some.length,
    })
  }
  return chunks
}

/** NDJSON: the first line is a whole record, and more follow. A one-line Bundle is none. */
function isLines(text: string): boolean {
  const end = text.trimStart().indexOf('\n')
  if (end < 0) return false
  try {
    JSON.parse(text.trimStart().slice(0, end))
    return true
  } catch {
    return false
  }
}

const order = [
  /hospital|organization|location|practitioner|medication\.|questionnaire/i,
  /patient/i,
] as const

/** File names in the order in which they should be brought in: what belongs to nobody, people, then the rest. */
export function importOrder(names: readonly string[]): readonly string[] {
  const rank = (name: string) => {
    const base = name.split('/').at(-1) ?? name
    const found = order.findIndex((pattern) => pattern.test(base))
    return found < 0 ? order.length : found
  }
  return names.toSorted((a, b) => rank(a) - rank(b))
}
