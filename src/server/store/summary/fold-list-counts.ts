import type { Sql } from '#server/store/sql.ts'

const columns =
  'scope, label, other, known, due, band, segment, coded, has_chance, has_cost, persistent, many_services, alone_not_known' as const
const lock = 7_128_317
/** So many changes of counts are left to be added up by whoever reads them. */
const most = 200
const perPart = 10_000

/**
 * Adds the changes of counts (migration 0054) up, as soon as there are many. One does it at a time, and nobody waits:
 * who finds another at work goes on.
 */
export async function foldListCounts(sql: Sql, left = most): Promise<void> {
  const { rows: many } = await sql.query(
    'select 1 from list_count_change offset $1::integer limit 1',
    [left],
  )
  if (many.length === 0) return
  await sql.transaction(async (tx) => {
    const { rows } = await tx.query<{ mine: boolean }>(
      `select pg_try_advisory_xact_lock(${lock}) as mine`,
    )
    if (rows[0]?.mine) await tx.query(fold)
  }, 'upkeep')
}

const of = (row: string) => columns.replaceAll(/\w+/g, (name) => `${row}.${name}`)

/** A cell that nobody is left in goes. */
const fold = `
  with gone as (
    delete from list_count_change where ctid = any(array(select ctid from list_count_change limit ${perPart})) returning *
  ), summed as (
    select ${columns}, sum(people)::int as people from gone group by ${columns} having sum(people) <> 0
  ), empty as (
    delete from list_count c using summed s where (${of('c')}) = (${of('s')}) and c.people + s.people = 0 returning ${of('c')}
  )
  insert into list_count (${columns}, people)
  select ${columns}, people from summed s where not exists (select 1 from empty e where (${of('e')}) = (${of('s')}))
  on conflict (${columns}) do update set people = list_count.people + excluded.people`
