import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { migrations } from '#server/migrate.ts'
import type { Sql } from '#server/store/sql.ts'

/** How many migrations the version that wrote them had. */
const had = 49

type Line = Readonly<{ table: string; row: unknown }>

/**
 * Turns a bare database into what the version before migration 0052 left: rows of all tables that searches read, as that
 * version wrote them (117 records of 35 types).
 */
export async function leaveBeforeOneRow(sql: Sql): Promise<void> {
  await sql.script(
    'create table migration (number integer primary key, name text not null, ts timestamptz not null default now())',
  )
  for (const [at, { name, script }] of migrations.slice(0, had).entries()) {
    await sql.script(script)
    await sql.query('insert into migration (number, name) values ($1, $2)', [at + 1, name])
  }
  const file = readFileSync(new URL('./before-one-row.ndjson.gz', import.meta.url))
  const lines = gunzipSync(file).toString('utf8').split('\n').filter(Boolean)
  const byTable = Map.groupBy(
    lines.map((line) => JSON.parse(line) as Line),
    ({ table }) => table,
  )
  for (const [table, rows] of byTable)
    await sql.query(
      `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1::json)`,
      [JSON.stringify(rows.map(({ row }) => row))],
    )
  for (const [table, key] of Object.entries({ resource: 'rid', change: 'seq' }))
    await sql.query(
      `select setval(pg_get_serial_sequence('${table}', '${key}'), (select max(${key}) from ${table}))`,
    )
}
