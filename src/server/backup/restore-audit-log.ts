import type { Sql } from '#server/store/sql.ts'

/**
 * The audit log of a backup. Into an empty database it comes with its blocks, so that the chain continues. Entries in
 * no block are added once, with their time and the time at which they were restored, and are closed in blocks here.
 */
export async function restoreAuditLog(sql: Sql, { merge }: { merge: boolean }): Promise<void> {
  if (!merge) await bringBlocks(sql)
  await sql.query(
    `select trail.bring_in(coalesce(json_agg(i.entry), '[]'))
     from (select entry, (row_number() over (order by seq) - 1) / ${atOnce} as part from incoming_trail i
       where ${merge ? notHere : inNoBlock}) i
     group by i.part order by i.part`,
  )
}

const atOnce = 2_000

const notHere = `not exists (select 1 from audit a where a.at = (i.entry->>'at')::timestamptz
  and a.identity = i.entry->>'identity' and a.way = i.entry->>'way' and a.act = i.entry->>'act'
  and a.persons = array(select json_array_elements_text(i.entry->'persons')) and a.what = (i.entry->'what')::jsonb)`

const inNoBlock = 'not exists (select 1 from audit a where a.seq = i.seq)'

async function bringBlocks(sql: Sql): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql.query<{ number: number }>(
      `select number from incoming_block where number > $1::bigint order by number limit 1`,
      [after],
    )
    if (!rows[0]) break
    after = Number(rows[0].number)
    await sql.query(
      `select trail.bring_block(b.block, (
         select coalesce(json_agg(i.entry), '[]') from incoming_trail i
         where i.seq in (select (r->>0)::bigint from json_array_elements(b.block->'rows') r)))
       from incoming_block b where b.number = $1::bigint`,
      [after],
    )
  }
  await sql.query(
    `insert into trail_head (number, hash) select number, hash from trail.block order by number desc limit 1
     on conflict (one) do update set number = excluded.number, hash = excluded.hash`,
  )
}
