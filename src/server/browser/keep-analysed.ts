import type { Sql } from '#server/sql/sql.ts'

/** Milliseconds between two looks: a tab has other things to do. */
const usually = 30_000

/**
 * Our tables, if one of them has grown by a fifth and twenty pages (8 kB each; a few hundred records) since PostgreSQL
 * last counted what is in it: the size tells it of databases of an earlier day too.
 */
const grown = `
  select string_agg(c.oid::regclass::text, ', ') as tables from pg_class c
  where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'trail'::regnamespace)
  having bool_or(pg_relation_size(c.oid) / current_setting('block_size')::integer > c.relpages * 1.2 + 20)`

/**
 * What autovacuum does on a server and nothing does in PGlite: has PostgreSQL count anew what is in its tables when they
 * have grown, so that searches are planned for as many records as there are. It takes its turn between transactions; what
 * fails is tried again at the next look. With 5,000 people brought into a demonstration of 30, finding a condition by
 * the person's name took 137 ms before it and 7 after (processor, PGlite on Node; 29 November 2026). Answers how to end.
 */
export function keepAnalysed(sql: Sql, every = usually): () => void {
  let clock = setTimeout(look, every)
  let isOver = false
  function look(): void {
    void analyse(sql)
      .catch(() => undefined)
      .finally(() => {
        if (!isOver) clock = setTimeout(look, every)
      })
  }
  return () => {
    isOver = true
    clearTimeout(clock)
  }
}

async function analyse(sql: Sql): Promise<void> {
  await sql.transaction(async (tx) => {
    const { rows } = await tx.query<{ tables: string | null }>(grown)
    if (rows[0]?.tables) await tx.query(`analyze ${rows[0].tables}`)
  }, 'upkeep')
}
