import { mergeWords } from './word-merge.ts'

/** The same field changed by two people in two ways. */
export type FieldConflict = Readonly<{
  field: string
  base: unknown
  mine: unknown
  theirs: unknown
}>

export type Merged<T> = Readonly<{ merged: T; conflicts: readonly FieldConflict[] }>

type Sides<T> = Readonly<{
  base: T
  mine: T
  theirs: T
  /** fields of running text, merged word by word */
  prose: readonly string[]
  /** fields that the store owns (id, version, writer): theirs are taken */
  kept: readonly string[]
}>

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
const isList = (value: unknown): value is readonly string[] => Array.isArray(value)
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** Added by either stays, removed by either goes. */
function mergeLists(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): readonly string[] {
  const added = mine.filter((each) => !base.includes(each) && !theirs.includes(each))
  const removed = base.filter((each) => !mine.includes(each))
  return [...theirs.filter((each) => !removed.includes(each)), ...added]
}

type Values = Omit<FieldConflict, 'field'>

function mergeField(values: Values, isProse: boolean, choose: () => unknown): unknown {
  const { base, mine, theirs } = values
  if (same(mine, base) || same(mine, theirs)) return theirs
  if (same(theirs, base)) return mine
  return mergeBoth(values, isProse) ?? choose()
}

/** What both say together; undefined when a person has to choose. */
function mergeBoth({ base, mine, theirs }: Values, isProse: boolean): unknown {
  if (isList(mine) && isList(theirs)) return mergeLists(isList(base) ? base : [], mine, theirs)
  return isProse ? mergeWords(textOf(base), textOf(mine), textOf(theirs)) : undefined
}

/**
 * Merges two changes of one record, field by field: different fields merge by themselves, prose word by word,
 * lists of names as sets. What cannot be merged comes back as a conflict, with mine left in the merged record.
 */
export function mergeRecords<T extends object>({
  base,
  mine,
  theirs,
  prose,
  kept,
}: Sides<T>): Merged<T> {
  const sides = [base, mine, theirs] as Record<string, unknown>[]
  const [before = {}, ours = {}, others = {}] = sides
  const merged: Record<string, unknown> = { ...others }
  const conflicts: FieldConflict[] = []
  const fields = new Set(sides.flatMap((side) => Object.keys(side)))
  for (const field of fields) {
    if (kept.includes(field)) continue
    const values = { base: before[field], mine: ours[field], theirs: others[field] }
    const value = mergeField(values, prose.includes(field), () => {
      conflicts.push({ field, ...values })
      return values.mine
    })
    if (value === undefined) delete merged[field]
    else merged[field] = value
  }
  return { merged: merged as T, conflicts }
}
