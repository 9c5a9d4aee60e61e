import type { Sql } from '#server/store/sql.ts'

/**
 * Those of our tables that have grown by so many times and twenty pages (8 kB each; a few hundred records) since
 * PostgreSQL last counted what is in it: the size tells it of databases of an earlier day too. Those of another owner are
 * left to him: PostgreSQL would pass them over, and they would seem grown for ever.
 */
const grown = `
  select string_agg(c.oid::regclass::text, ', ') as tables from pg_class c
  where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'trail'::regnamespace)
    and pg_has_role(c.relowner, 'usage')
    and pg_relation_size(c.oid) / current_setting('block_size')::integer > c.relpages * $1::float8 + 20`

/** Has PostgreSQL count anew what is in its tables when they have grown, so that it plans for as many records as there are. */
export async function analyseGrown(sql: Sql, times: number): Promise<void> {
  await sql.transaction(async (tx) => {
    const { rows } = await tx.query<{ tables: string | null }>(grown, [times])
    if (rows[0]?.tables) await tx.query(`analyze ${rows[0].tables}`)
  }, 'upkeep')
}
