import { chanceTable, type LikenessCount } from '#domain/stratification/chance-table.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'

/** While few people are known, every one changes the table: it is counted again as soon as their number has changed. */
const few = 5_000

/**
 * Counts once a day what became of people who were alike a year ago, and gives everybody the chance of those whom they
 * are like today. `day` is `YYYY-MM-DD`.
 */
export async function recountChances(sql: Sql, day: string): Promise<void> {
  if (await isCounted(sql, day)) return
  await retryConflict(() =>
    sql.transaction(async (tx) => {
      // the row is there after the first time; whoever comes second waits for it
      await tx.query(
        `insert into chance_count (day, people) values (date '2000-01-01', 0)
         on conflict (one) do update set people = chance_count.people`,
      )
      if (!(await isCounted(tx, day))) await count(tx, day)
    }, 'upkeep'),
  )
}

async function isCounted(sql: Sql, day: string): Promise<boolean> {
  const { rows } = await sql.query<{ current: boolean }>(
    `select day = $1::date and (people > $2::integer
       or people = (select count(*) from person_row where not deceased)) as current from chance_count`,
    [day, few],
  )
  return rows[0]?.current === true
}

async function count(sql: Sql, day: string): Promise<void> {
  const { rows: counts } = await sql.query<LikenessCount>(
    `select likeness_before as likeness, count(*)::int as people, count(*) filter (where stayed_since)::int as stayed
     from person_row where likeness_before is not null and stayed_since is not null and in_use and replaced_by is null
     group by likeness_before`,
  )
  const { rows: asked } = await sql.query<{ likeness: string }>(
    `select likeness from person_row where likeness is not null
     union select likeness_before from person_row where likeness_before is not null`,
  )
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
  await sql.query(`update person_row p set chance = q.chance, chance_before = q.chance_before
    from (select r.person, n.per100 as chance, t.per100 as chance_before from person_row r
      left join chance_of n on n.likeness = r.likeness
      left join chance_of t on t.likeness = r.likeness_before) q
    where q.person = p.person
      and (p.chance is distinct from q.chance or p.chance_before is distinct from q.chance_before)`)
  await sql.query(
    `update chance_count set day = $1::date, people = n.people, enough = n.enough
     from (select count(*)::int as people,
         coalesce(avg((chance is not null)::int) filter (where coded) > 0.5, false) as enough
       from person_row where not deceased) n`,
    [day],
  )
}
