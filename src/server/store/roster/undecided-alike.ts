import type { Patient } from '@medplum/fhirtypes'
import { type ComparedRecords, compareRecords, mayBeOnePerson } from '#domain/alike/alike.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** One of two records, and the version of it that was compared. */
export type AlikeSide = Readonly<{ patient: Patient & { id: string }; version: number }>

export type UndecidedPair = Readonly<{
  sides: readonly [AlikeSide, AlikeSide]
  compared: ComparedRecords
}>

type Row = Readonly<{
  person: string
  other: string
  one: unknown
  two: unknown
  one_vid: number
  two_vid: number
}>

type Asked = Readonly<{
  where: string
  values: readonly unknown[]
  today: string
  /** so many at most; absent: all */
  first?: number
}>

const undecidedSql =
  'possible_match m join person_row p on p.person = m.person join person_row o on o.person = m.other'
const isUndecided =
  'm.decision is null and p.in_use and o.in_use and p.replaced_by is null and o.replaced_by is null'

/**
 * Pairs that nobody has decided about and that still look alike: what was corrected since tells them apart. `where` is a
 * condition on the match `m` and the rows `p` and `o` of both people.
 */
export async function undecidedAlike(
  sql: ReadingSql,
  { where, values, today, first }: Asked,
): Promise<readonly UndecidedPair[]> {
  const { rows } = await sql.query<Row>(
    `select m.person, m.other, a.content as one, b.content as two, a.vid as one_vid, b.vid as two_vid
     from ${undecidedSql}
     join resource a on a.rt = 'Patient' and a.id = m.person join resource b on b.rt = 'Patient' and b.id = m.other
     where ${isUndecided} and ${where}
     order by m.at, m.person, m.other limit ${first ?? 'all'}`,
    [...values],
  )
  return rows.flatMap((row): readonly UndecidedPair[] => {
    const [one, two] = [row.one, row.two].map((each) => storedRecord<Patient>(each as Patient))
    if (!one || !two) return []
    const compared = compareRecords(one, two, today)
    if (!mayBeOnePerson(compared)) return []
    const sides = [
      { patient: { ...one, id: row.person }, version: Number(row.one_vid) },
      { patient: { ...two, id: row.other }, version: Number(row.two_vid) },
    ] as const
    return [{ sides, compared }]
  })
}

/** How many there are, as they stand; one that was corrected by the day alone is counted until it is written again. */
export async function countUndecided(
  sql: ReadingSql,
  { where, values }: Pick<Asked, 'where' | 'values'>,
): Promise<number> {
  const { rows } = await sql.query<{ pairs: number }>(
    `select count(*)::int as pairs from ${undecidedSql} where ${isUndecided} and ${where}`,
    [...values],
  )
  return rows[0]?.pairs ?? 0
}

/** Which versions of both were compared. */
export const seenOf = ([one, other]: UndecidedPair['sides']): string =>
  `${one.version} ${other.version}`
