import { chanceTable, type LikenessCount } from '#domain/stratification/chance-table.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import { foldListCounts } from './fold-list-counts.ts'
import { beginGiving, endGiving, giveNext, givenUntil } from './given-until.ts'
import { inTimedParts } from './in-timed-parts.ts'
import { shareRuns } from './share-runs.ts'

/** While few people are known, every one changes the table: it is counted again as soon as their number has changed. */
const few = 5_000

/**
 * Counts once a day what became of people who were alike a year ago, and gives everybody the chance of those whom they
 * are like today. Whoever said no to planning is not counted, and gets a chance for the team that cares for them. `day` is `YYYY-MM-DD`. In parts, each in its own transaction, so that nobody who writes waits for long;
 * the day counts as done after the last part, and whoever asks before that goes on where the one before stopped. False if some are left
 * after `within` milliseconds.
 */
export async function recountChances(
  sql: Sql,
  day: string,
  within = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  return await oneAtATime(sql, within, () => recount(sql, day, within))
}

/** Many open the list in the morning: one of them counts, in each process. */
const oneAtATime = shareRuns()

async function recount(sql: Sql, day: string, within: number): Promise<boolean> {
  if (await areChancesCounted(sql, day)) return true
  const end = performance.now() + within
  const stage = await inUpkeep(sql, (tx) => stageOf(tx, day))
  if (stage === 'done') return true
  if (stage === 'counting' && !(await countEverybody(sql, day, within))) return false
  const give = (size: number) => (tx: Sql, after: string) => giveChances(tx, { after, size })
  const part = async (size: number) => {
    const isMore = await inUpkeep(sql, (tx) =>
      giveNext(tx, { what: 'chances', day, give: give(size) }),
    )
    await foldListCounts(sql)
    return isMore
  }
  if (!(await inTimedParts(sql, { part, within: Math.max(0, end - performance.now()) })))
    return false
  await inUpkeep(sql, (tx) => markCounted(tx, day))
  return true
}

/** First everybody is counted, then everybody is given the chance of those whom they are like. */
async function stageOf(sql: Sql, day: string): Promise<'counting' | 'giving' | 'done'> {
  // the row is there after the first time; whoever comes second waits for it
  await sql.query(
    `insert into chance_count (day, people) values (date '2000-01-01', 0)
     on conflict (one) do update set people = chance_count.people`,
  )
  if (await areChancesCounted(sql, day)) return 'done'
  if ((await givenUntil(sql, 'chances', day)) !== undefined) return 'giving'
  if ((await givenUntil(sql, 'alike', day)) === undefined) {
    await sql.query('delete from alike_so_far')
    await beginGiving(sql, { what: 'alike', day })
  }
  return 'counting'
}

async function countEverybody(sql: Sql, day: string, within: number): Promise<boolean> {
  const give = (size: number) => (tx: Sql, after: string) => countAlike(tx, { after, size })
  const part = (size: number) =>
    inUpkeep(sql, (tx) => giveNext(tx, { what: 'alike', day, give: give(size) }))
  if (!(await inTimedParts(sql, { part, within }))) return false
  await inUpkeep(sql, async (tx) => {
    // another process may have ended it
    if ((await endGiving(tx, 'alike', day)) === undefined) return
    await keepChances(tx)
    await beginGiving(tx, { what: 'chances', day })
  })
  return true
}

const inUpkeep = async <T>(sql: Sql, work: (tx: Sql) => Promise<T>): Promise<T> =>
  await retryConflict(() => sql.transaction(work, 'upkeep'))

/** Whether everybody has the chance of this day. */
export async function areChancesCounted(sql: Sql, day: string): Promise<boolean> {
  const { rows } = await sql.query<{ current: boolean }>(
    `select day = $1::date and (people > $2::integer
       or people = (select count(*) from person_row where not deceased)) as current from chance_count`,
    [day, few],
  )
  return rows[0]?.current === true
}

type Part = Readonly<{ after: string; size: number }>

/** The next people; returns the last of them, if there was one. Whom somebody may be like is asked for, too. */
async function countAlike(sql: Sql, { after, size }: Part): Promise<string | undefined> {
  const { rows } = await sql.query<{ last: string | null }>(
    `with part as materialized (
      select person, likeness, likeness_before, stayed_since, in_use and replaced_by is null
          and not 'planning' = any(opted_out) as counts
      from person_row where person > $1 order by person limit $2::integer
    ), counted as (
      insert into alike_so_far as so_far (likeness, people, stayed)
      select likeness, sum(people)::int, sum(stayed)::int from (
        select likeness_before as likeness, 1 as people, stayed_since::int as stayed from part
          where stayed_since is not null and counts
        union all select likeness_before, 0, 0 from part
        union all select likeness, 0, 0 from part) each_one
      where likeness is not null group by likeness order by likeness
      on conflict (likeness) do update
        set people = so_far.people + excluded.people, stayed = so_far.stayed + excluded.stayed
        where excluded.people > 0
    )
    select max(person) as last from part`,
    [after, size],
  )
  return rows[0]?.last ?? undefined
}

/** What came of everybody who was counted, as a chance for whoever is like them. */
async function keepChances(sql: Sql): Promise<void> {
  const { rows: asked } = await sql.query<LikenessCount>(
    'select likeness, people, stayed from alike_so_far order by likeness',
  )
  const counts = asked.filter(({ people }) => people > 0)
  const chanceOf = chanceTable(counts)
  const table = asked.flatMap(({ likeness }) => {
    const chance = chanceOf(likeness)
    return chance ? [{ ...chance, compared: chance.likeness, likeness }] : []
  })
  await sql.query('delete from chance_of')
  await sql.query(
    `insert into chance_of (likeness, per100, low, high, people, compared)
     select likeness, per100, low, high, people, compared from jsonb_to_recordset($1::jsonb)
       as r (likeness text, per100 integer, low integer, high integer, people integer, compared text)`,
    [JSON.stringify(table)],
  )
}

/** The next people, locked in the order in which every writer locks them; returns the last of them, if there was one. */
async function giveChances(sql: Sql, { after, size }: Part): Promise<string | undefined> {
  const { rows } = await sql.query<{ last: string | null }>(
    `with part as materialized (
      select person, likeness, likeness_before from person_row
      where person > $1 order by person limit $2::integer for update
    ), given as (
      update person_row p set chance = n.per100, chance_before = t.per100
      from part r
        left join chance_of n on n.likeness = r.likeness
        left join chance_of t on t.likeness = r.likeness_before
      where p.person = r.person
        and (p.chance is distinct from n.per100 or p.chance_before is distinct from t.per100)
    )
    select max(person) as last from part`,
    [after, size],
  )
  return rows[0]?.last ?? undefined
}

/** Whoever came while the chances were given was not counted: among few people it is counted again for them. */
async function markCounted(sql: Sql, day: string): Promise<void> {
  const people = await endGiving(sql, 'chances', day)
  if (people === undefined) return
  await sql.query(
    `update chance_count set day = $1::date, people = $2::integer, enough = n.enough
     from (select coalesce(avg((chance is not null)::int) filter (where coded) > 0.5, false) as enough
       from person_row where not deceased) n`,
    [day, people],
  )
}
