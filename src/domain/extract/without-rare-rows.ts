import { fewestShown } from '#domain/population/shown-counts.ts'
import { type ExtractRow, widerAgeBand } from './extract-columns.ts'

/** What somebody who knows a person may know of them: together these must fit several. */
const known = ['age_band', 'sex', 'ethnic_group', 'deprivation_fifth'] as const

/** What is made coarser first in rows that too few share; at the end a row is left out. */
const coarser: readonly ((row: ExtractRow) => ExtractRow)[] = [
  (row) => ({ ...row, ethnic_group: '' }),
  (row) => ({ ...row, deprivation_fifth: '' }),
  (row) => ({ ...row, age_band: widerAgeBand(row.age_band) }),
  (row) => ({ ...row, sex: '' }),
]

const isRare = (groups: ReadonlyMap<string, readonly ExtractRow[]>, row: ExtractRow) =>
  (groups.get(keyOf(row))?.length ?? 0) < fewestShown

const keyOf = (row: ExtractRow) => known.map((each) => row[each]).join('/')

export type SafeRows = Readonly<{
  rows: readonly ExtractRow[]
  /** in how many rows something was made coarser, and how many are not in the file at all */
  coarsened: number
  leftOut: number
}>

/**
 * Rows in which age, sex, ethnic group and deprivation together are those of at least five people (k-anonymity,
 * Sweeney 2002, Int J Uncertain Fuzz 10:557; five as everywhere here). What too few share is made coarser step by step;
 * whoever is still rare is left out. It does not hide what all of a group have in common.
 */
export function withoutRareRows(all: readonly ExtractRow[]): SafeRows {
  const rows = coarser.reduce<readonly ExtractRow[]>((before, step) => {
    const groups = Map.groupBy(before, keyOf)
    return before.map((row) => (isRare(groups, row) ? step(row) : row))
  }, all)
  const groups = Map.groupBy(rows, keyOf)
  const kept = rows.filter((row) => !isRare(groups, row))
  const coarsened = rows.filter((row, at) => row !== all[at] && !isRare(groups, row)).length
  return { rows: kept, coarsened, leftOut: rows.length - kept.length }
}
