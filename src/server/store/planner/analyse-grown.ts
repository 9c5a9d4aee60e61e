import type { Sql } from '#server/store/sql.ts'

/**
 * Our tables that have grown by this factor and twenty pages (8 kB each; a few hundred records) since the last ANALYZE:
 * their size also shows it for databases of an earlier day. Tables of another owner are left to that owner: PostgreSQL
 * would skip them, and they would seem to have grown forever.
 */
const grown = `
  select string_agg(c.oid::regclass::text, ', ') as tables from pg_class c
  where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'trail'::regnamespace)
    and pg_has_role(c.relowner, 'usage')
    and pg_relation_size(c.oid) / current_setting('block_size')::integer > c.relpages * $1::float8 + 20`

/** Runs ANALYZE on tables that have grown, so that queries are planned for the records there are. */
export async function analyseGrown(sql: Sql, times: number): Promise<void> {
  await sql.transaction(async (tx) => {
    const { rows } = await tx.query<{ tables: string | null }>(grown, [times])
    if (rows[0]?.tables) await tx.query(`analyze ${rows[0].tables}`)
  }, 'upkeep')
}
