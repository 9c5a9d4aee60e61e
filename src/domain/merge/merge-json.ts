import { mergeWords } from './word-merge.ts'

/** One element of a record that two people changed differently; `path`: for example `description.text`. */
export type ChangedTwice = Readonly<{
  path: string
  base: unknown
  mine: unknown
  theirs: unknown
}>

type Sides = Readonly<{ base: unknown; mine: unknown; theirs: unknown }>
type Plain = Readonly<Record<string, unknown>>
type List = readonly unknown[]

/** Prose, merged word by word. */
const prose = new Set(['text', 'valueString', 'description', 'contentString'])
/** Whether an element is prose on both sides, so that it can be merged. */
export const isProse = ({ path, mine, theirs }: ChangedTwice): boolean =>
  typeof mine === 'string' && typeof theirs === 'string' && prose.has(path.split('.').at(-1) ?? '')
/** Marks of who wrote when, and who wrote it down for somebody: the last writer's counts, and two of them are no conflict. */
const marks = new Set([
  ...['written', 'authored', 'recorded', 'lastUpdated', 'supported-by', 'said-by', 'said-on'],
])
/** `key`: a field, or the address of an extension */
const isMark = (key: string) => marks.has(key.slice(key.lastIndexOf('/') + 1))
/** What the store keeps about a record: unchanged. */
const storeFields = new Set(['meta'])

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fieldsOf = (value: unknown): Plain => (isPlain(value) ? value : {})
const isText = (value: unknown): value is string => typeof value === 'string'

const inOrder = (_key: string, value: unknown) =>
  isPlain(value)
    ? Object.fromEntries(
        Object.keys(value)
          .toSorted()
          .map((key) => [key, value[key]]),
      )
    : value

/** The same text for the same content, in whatever order a store returns the fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, inOrder) ?? 'null'
}

const same = (one: unknown, other: unknown) => canonical(one) === canonical(other)

/** Whether two versions of a record have the same content, whatever the store notes about each. */
export function saysTheSame(one: object, other: object): boolean {
  const content = ({ meta: _meta, ...rest }: { meta?: unknown }) => canonical(rest)
  return content(one) === content(other)
}

/** The value of an element that both changed. */
export type Choose = (place: ChangedTwice) => unknown

/**
 * Merges two changes of one FHIR record, element by element: different elements merge automatically, prose word by
 * word, lists by what was added and removed. What cannot be merged is returned as a conflict; in the merged record it
 * has the chosen value, mine unless chosen otherwise.
 */
export function mergeJson<T extends object>(
  sides: Readonly<{ base: object; mine: T; theirs: T }>,
  choose: Choose = ({ mine }) => mine,
): Readonly<{ merged: T; twice: readonly ChangedTwice[] }> {
  const found: ChangedTwice[] = []
  const twice = (place: ChangedTwice) => {
    found.push(place)
    return choose(place)
  }
  const merged = mergeObjects(sides, '', twice)
  return { merged: merged as T, twice: found }
}

function mergeObjects({ base, mine, theirs }: Sides, path: string, twice: Choose): Plain {
  const [before, ours, others] = [fieldsOf(base), fieldsOf(mine), fieldsOf(theirs)]
  const merged: Record<string, unknown> = {}
  for (const key of Object.keys({ ...others, ...ours })) {
    const values = { base: before[key], mine: ours[key], theirs: others[key] }
    const value = mergePlace(values, path ? `${path}.${key}` : key, key, twice)
    // FHIR has no empty lists
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) merged[key] = value
  }
  return merged
}

function mergePlace(sides: Sides, path: string, key: string, twice: Choose): unknown {
  const { base, mine, theirs } = sides
  if (storeFields.has(key)) return theirs ?? mine
  if (same(mine, theirs) || same(mine, base)) return theirs
  if (same(theirs, base) || isMark(key)) return mine
  const inside = mergeInside(sides, path, key, twice)
  if (inside !== undefined) return inside
  return twice({ path, base, mine, theirs })
}

/** A value that must be taken as a whole: a reference, a quantity. */
const isWhole = (value: Plain) => 'reference' in value || ('value' in value && 'unit' in value)

function mergeInside(sides: Sides, path: string, key: string, twice: Choose): unknown {
  const { base, mine, theirs } = sides
  if (Array.isArray(mine) && Array.isArray(theirs) && key !== 'coding') {
    return mergeLists({ base: Array.isArray(base) ? base : [], mine, theirs }, path, key, twice)
  }
  if (isPlain(mine) && isPlain(theirs) && !isWhole(mine) && !isWhole(theirs)) {
    return mergeObjects(sides, path, twice)
  }
  const isProse = prose.has(key) && isText(base) && isText(mine) && isText(theirs)
  return isProse ? mergeWords(base, mine, theirs) : undefined
}

type Lists = Readonly<{ base: List; mine: List; theirs: List }>
type Namer = (element: unknown) => string | undefined

const plainName: Namer = (element) => {
  if (!isPlain(element)) return canonical(element)
  const name = element['linkId'] ?? element['url'] ?? element['reference'] ?? element['id']
  return isText(name) ? name : undefined
}

const tellingParts = ['level', 'code', 'kind', 'at', 'score', 'individual']

/** Several extensions of one kind: by the parts that tell them apart, or by whom they name. */
const fineName: Namer = (element) => {
  const { extension: parts, valueReference } = fieldsOf(element)
  const named = fieldsOf(valueReference)['reference']
  if (isText(named)) return `${plainName(element)} ${named}`
  const telling = Array.isArray(parts)
    ? parts.filter((part) => tellingParts.includes(part.url))
    : []
  return telling.length > 0 ? `${plainName(element)} ${canonical(telling)}` : plainName(element)
}

const areDistinct = (list: List, name: Namer) => {
  const names = list.map(name)
  return !names.includes(undefined) && new Set(names).size === names.length
}

function mergeLists(lists: Lists, path: string, key: string, twice: Choose): List {
  const all = Object.values(lists)
  const namer = [plainName, fineName].find((name) => all.every((list) => areDistinct(list, name)))
  if (namer) return mergeNamed(lists, namer, path, twice)
  const isEven = all.every((list) => list.length === lists.mine.length)
  if (!isEven) return mergeNamed(lists, canonical, path, twice)
  return lists.mine.map((mine, at) => {
    const sides = { base: lists.base[at], mine, theirs: lists.theirs[at] }
    return mergePlace(sides, `${path}[${at}]`, key, twice)
  })
}

function mergeNamed(lists: Lists, name: Namer, path: string, twice: Choose): List {
  const byName = (list: List) => new Map(list.map((each) => [`${name(each)}`, each]))
  const [base, mine, theirs] = [byName(lists.base), byName(lists.mine), byName(lists.theirs)]
  return [...new Set([...theirs.keys(), ...mine.keys()])].flatMap((each) => {
    const sides = { base: base.get(each), mine: mine.get(each), theirs: theirs.get(each) }
    const value = mergePlace(sides, `${path}[${each}]`, each, twice)
    return value === undefined ? [] : [value]
  })
}
