import { monthStart } from '#domain/feed/month-start.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import { beginGiving, endGiving, giveNext, givenUntil } from './given-until.ts'
import { inTimedParts } from './in-timed-parts.ts'
import { shareRuns } from './share-runs.ts'

export const costColumns = ['cost', 'cost_currency', 'cost_lines', 'cost_missing'] as const

type Paid = Readonly<{
  /** whose lines they are: a condition on `l.person` */
  whose: string
  day: string
  /** a datemultirange of days of which nothing is told, or null */
  apart?: string
}>

/**
 * What lines in the twelve whole months before the month of `day` cost: null if no line says, or if they are in two
 * currencies; and how many lines say nothing.
 */
export const costSql = ({ whose, day, apart }: Paid) => `
  select case when count(distinct l.currency) = 1 then sum(l.cost)::bigint end as cost,
    case when count(distinct l.currency) = 1 then min(l.currency) end as currency,
    count(*)::int as lines, (count(*) - count(l.cost))::int as missing
  from activity_line l
  where l.person ${whose} and not l.cancelled
    and l.started >= date_trunc('month', ${day}::timestamp) - interval '12 months' and l.started < date_trunc('month', ${day}::timestamp)
    ${apart ? `and (${apart} is null or not ${apart} && daterange(l.started, greatest(l.ended, l.started), '[]'))` : ''}`

/** Works out these people again as a whole. */
type Again = (sql: Sql, persons: readonly string[]) => Promise<void>

type Recount = Readonly<{
  day: string
  again: Again
  /** milliseconds after which the rest is left to whoever comes next */
  within?: number
}>

/**
 * On the first reading of a month the twelve months move: the costs of everybody with lines are summed again, in parts,
 * each in its own transaction. Those with
 * joined records or restricted encounters are worked out as a whole, `again`. The month counts as done after the last part. False if
 * some are left.
 */
export async function recountCosts(
  sql: Sql,
  { day, again, within = Number.POSITIVE_INFINITY }: Recount,
): Promise<boolean> {
  return await oneAtATime(sql, within, async () => {
    if (await areCostsCounted(sql, day)) return true
    const month = monthStart(day)
    await inUpkeep(sql, async (tx) => {
      if ((await givenUntil(tx, 'costs', month)) === undefined)
        await beginGiving(tx, { what: 'costs', day: month })
    })
    const give = (size: number) => (tx: Sql, after: string) =>
      recountPart(tx, { day, again, size, after })
    const part = async (size: number) =>
      await inUpkeep(sql, (tx) => giveNext(tx, { what: 'costs', day: month, give: give(size) }))
    if (!(await inTimedParts(sql, { part, within }))) return false
    await inUpkeep(sql, (tx) => markCounted(tx, month))
    return true
  })
}

const oneAtATime = shareRuns()

const inUpkeep = async <T>(sql: Sql, work: (tx: Sql) => Promise<T>): Promise<T> =>
  await retryConflict(() => sql.transaction(work, 'upkeep'))

async function markCounted(sql: Sql, month: string): Promise<void> {
  await sql.query(
    `insert into cost_count (month) values ($1::date)
     on conflict (one) do update set month = excluded.month`,
    [month],
  )
  await endGiving(sql, 'costs', month)
}

/** Whether the costs are those of the twelve whole months before this day. */
export async function areCostsCounted(sql: Sql, day: string): Promise<boolean> {
  const { rows } = await sql.query<{ counted: boolean }>(
    `select coalesce((select month = $1::date from cost_count),
       not exists (select 1 from activity_line)) as counted`,
    [monthStart(day)],
  )
  return rows[0]?.counted === true
}

type Part = Readonly<{ day: string; after: string; size: number; again: Again }>
type Summed = Readonly<{ last: string | null; whole: readonly string[] | null }>

/** The next people, locked in the order in which every writer locks them; returns the last of them, if there was one. */
async function recountPart(
  sql: Sql,
  { day, after, size, again }: Part,
): Promise<string | undefined> {
  const { rows } = await sql.query<Summed>(
    `with part as materialized (
       select p.person, (p.replaced_by is not null
           or exists (select 1 from person_row j where j.replaced_by = p.person)
           or exists (select 1 from resource e where e.rt = 'Encounter' and e.room in ('restricted', 'sealed')
             and e.content is not null and e.person = p.person)) as is_whole
       from person_row p where p.person > $1
         and (p.cost_lines > 0 or exists (select 1 from activity_line l where l.person = p.person))
       order by p.person limit $3::integer for update
     ), summed as (
       update person_row p set (${costColumns.join(', ')}) =
         (select paid.cost, paid.currency, paid.lines, paid.missing
          from (${costSql({ whose: '= p.person', day: '$2' })}) paid)
       from part where p.person = part.person and not part.is_whole
     )
     select max(person) as last, array_agg(person) filter (where is_whole) as whole from part`,
    [after, day, size],
  )
  await again(sql, rows[0]?.whole ?? [])
  return rows[0]?.last ?? undefined
}
