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

/**
 * Pairs that nobody has decided about and that still look alike: what was corrected since tells them apart. `where` is a
 * condition on the match `m` and the rows `p` and `o` of both people.
 */
export async function undecidedAlike(
  sql: ReadingSql,
  { where, values, today }: Readonly<{ where: string; values: readonly unknown[]; today: string }>,
): Promise<readonly UndecidedPair[]> {
  const { rows } = await sql.query<Row>(
    `select m.person, m.other, a.content as one, b.content as two, a.vid as one_vid, b.vid as two_vid
     from possible_match m join person_row p on p.person = m.person join person_row o on o.person = m.other
     join resource a on a.rt = 'Patient' and a.id = m.person join resource b on b.rt = 'Patient' and b.id = m.other
     where m.decision is null and p.in_use and o.in_use and p.replaced_by is null and o.replaced_by is null and ${where}
     order by m.at, m.person, m.other`,
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

/** Which versions of both were compared. */
export const seenOf = ([one, other]: UndecidedPair['sides']): string =>
  `${one.version} ${other.version}`
