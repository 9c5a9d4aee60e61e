import type { Sql } from '#api/sql/sql.ts'

const entry = `(entry->>'seq')::bigint as seq, (entry->>'at')::timestamptz as at, entry->>'identity' as identity,
  entry->>'name' as name, entry->>'role' as role, entry->>'agent' as agent, entry->>'organisation' as organisation,
  entry->>'act' as act, entry->>'way' as way, (entry->>'allowed')::boolean as allowed, entry->>'why' as why,
  array(select json_array_elements_text(entry->'persons')) as persons, (entry->'what')::jsonb as what`
const columns =
  'at, identity, name, role, agent, organisation, act, way, allowed, why, persons, what'

/**
 * The trail of a backup. Into an empty database it comes with its blocks, so that the chain goes on; into a trail that
 * has begun its entries come as they are, once each, and are closed in the blocks here.
 */
export async function keepTrail(sql: Sql, { merge }: { merge: boolean }): Promise<void> {
  if (merge) {
    await sql.query(
      `insert into audit (${columns}) select ${columns} from (select ${entry} from incoming_trail) i
       where not exists (select 1 from audit a where a.at = i.at and a.identity = i.identity and a.way = i.way
         and a.persons = i.persons and a.what = i.what and a.act = i.act) order by i.seq`,
    )
    return
  }
  await sql.query(
    `insert into trail_block (number, at, entries, rows, previous, hash)
     select (block->>'number')::bigint, (block->>'at')::timestamptz, json_array_length(block->'rows'),
       block->'rows', block->>'previous', block->>'hash' from incoming_block`,
  )
  await sql.query(
    `with closed as (select (r->>0)::bigint as seq from incoming_block b, json_array_elements(b.block->'rows') r)
     insert into audit (seq, tx, ${columns}) overriding system value
     select i.seq, case when c.seq is null then (pg_current_xact_id()::text)::bigint else 0 end, ${columns
       .split(', ')
       .map((name) => `i.${name}`)
       .join(', ')}
     from (select ${entry} from incoming_trail) i left join closed c on c.seq = i.seq order by i.seq`,
  )
  await sql.query(
    `select setval(pg_get_serial_sequence('audit', 'seq'), (select coalesce(max(seq), 0) + 1 from audit), false)`,
  )
  await sql.query(
    `insert into trail_place (tx, seq) values (0, $1) on conflict (one) do update set tx = 0, seq = $1`,
    [Number.MAX_SAFE_INTEGER],
  )
}
