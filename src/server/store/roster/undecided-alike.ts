import type { Patient } from '@medplum/fhirtypes'
import { type ComparedRecords, compareRecords, mayBeOnePerson } from '#domain/alike/alike.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'
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
  asked: Asked,
): Promise<readonly UndecidedPair[]> {
  const rows = await undecidedRows(sql, asked)
  return rows.flatMap((row) => {
    const answer = comparedRow(row, asked.today)
    return typeof answer === 'string' ? [] : [answer]
  })
}

async function undecidedRows(
  sql: ReadingSql,
  { where, values }: Asked,
  { from, most }: Readonly<{ from: number; most?: number }> = { from: 0 },
): Promise<readonly Row[]> {
  const { rows } = await sql.query<Row>(
    `select m.person, m.other, a.content as one, b.content as two, a.vid as one_vid, b.vid as two_vid
     from ${undecidedSql}
     join resource a on a.rt = 'Patient' and a.id = m.person join resource b on b.rt = 'Patient' and b.id = m.other
     where ${isUndecided} and ${where}
     order by m.at, m.person, m.other limit ${most ?? 'all'} offset ${from}`,
    [...values],
  )
  return rows
}

/** `unread`: one of the records cannot be read, so that nobody can say. */
function comparedRow(row: Row, today: string): UndecidedPair | 'unlike' | 'unread' {
  try {
    const [one, two] = [row.one, row.two].map((each) => storedRecord<Patient>(each as Patient))
    if (!one || !two) return 'unread'
    const compared = compareRecords(one, two, today)
    if (!mayBeOnePerson(compared)) return 'unlike'
    const sides = [
      { patient: { ...one, id: row.person }, version: Number(row.one_vid) },
      { patient: { ...two, id: row.other }, version: Number(row.two_vid) },
    ] as const
    return { sides, compared }
  } catch {
    return 'unread'
  }
}

const rowsAtOnce = 500
/** Of more, those that follow are counted without being compared. */
const mostCompared = 2_000

/**
 * The first of them, and how many there are. Whatever does not look alike any more is forgotten, so that it neither takes
 * the place of another nor counts.
 */
export async function firstUndecided(
  sql: Sql,
  asked: Asked & Readonly<{ first: number }>,
): Promise<Readonly<{ pairs: readonly UndecidedPair[]; total: number }>> {
  const read: Row[] = []
  let isEnd = false
  while (!isEnd && read.length < Math.max(mostCompared, asked.first)) {
    const rows = await undecidedRows(sql, asked, { from: read.length, most: rowsAtOnce })
    read.push(...rows)
    isEnd = rows.length < rowsAtOnce
  }
  const answers = read.map((row) => ({ row, answer: comparedRow(row, asked.today) }))
  const unlike = answers.filter(({ answer }) => answer === 'unlike').map(({ row }) => row)
  const unread = answers.filter(({ answer }) => answer === 'unread').length
  const pairs = answers.flatMap(({ answer }) => (typeof answer === 'string' ? [] : [answer]))
  if (unlike.length > 0) await forgetUnlike(sql, unlike)
  const total = isEnd ? pairs.length : (await countUndecided(sql, asked)) - unread
  return { pairs: pairs.slice(0, asked.first), total }
}

/** As they were compared: if one of them was written meanwhile, that write has compared them. */
async function forgetUnlike(sql: Sql, rows: readonly Row[]): Promise<void> {
  const compared = rows.map(({ person, other, one_vid, two_vid }) => ({
    ...{ person, other, one_vid: Number(one_vid), two_vid: Number(two_vid) },
  }))
  await retryConflict(() =>
    sql.transaction(
      async (tx) =>
        await tx.query(
          `delete from possible_match m using jsonb_to_recordset($1::jsonb) as n(person text, other text, one_vid integer, two_vid integer),
             resource a, resource b
           where m.person = n.person and m.other = n.other and m.decision is null
             and a.rt = 'Patient' and a.id = n.person and a.vid = n.one_vid
             and b.rt = 'Patient' and b.id = n.other and b.vid = n.two_vid`,
          [JSON.stringify(compared)],
        ),
      'upkeep',
    ),
  )
}

async function countUndecided(
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
