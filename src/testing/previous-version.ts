import { readFileSync } from 'node:fs'
import { migrations } from '#api/sql/migrate.ts'
import type { Sql } from '#api/sql/sql.ts'

/** How many migrations the version before teams had. */
const had = 6

type Line = { table: string; row: Record<string, unknown> }

/**
 * Makes a bare database what the version before teams left behind: its migrations alone, and rows that this very
 * version wrote and that were taken out of its tables (commit ac72e11, `previous-version.ndjson`).
 */
export async function leaveByPreviousVersion(sql: Sql): Promise<void> {
  await sql.script(
    'create table migration (number integer primary key, name text not null, ts timestamptz not null default now())',
  )
  for (const { script } of migrations.slice(0, had)) await sql.script(script)
  const byTable = Map.groupBy(lines(), ({ table }) => table)
  for (const [table, rows] of byTable)
    await sql.query(
      `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1::json)`,
      [JSON.stringify(rows.map(({ row }) => row))],
    )
  for (const [table, key] of Object.entries({ resource: 'rid', change: 'seq', audit: 'seq' }))
    await sql.query(
      `select setval(pg_get_serial_sequence('${table}', '${key}'), (select max(${key}) from ${table}))`,
    )
}

function lines(): readonly Line[] {
  const text = readFileSync(new URL('./previous-version.ndjson', import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}
