import type { Sql } from '#server/store/sql.ts'

const tables = {
  'measure-results': {
    ...{ table: 'measure_result', key: 'measure, version, organisation, month' },
    columns: {
      ...{ measure: 'text', version: 'text', organisation: 'text', month: 'text' },
      ...{ numerator: 'bigint', denominator: 'bigint', not_asked: 'integer', left_out: 'integer' },
      origin: 'text',
    },
  },
  'measure-runs': {
    ...{ table: 'measure_run', key: 'at, id' },
    columns: {
      ...{ at: 'timestamptz', id: 'text', measure: 'text', version: 'text', organisation: 'text' },
      ...{ month_from: 'text', month_to: 'text', months: 'integer', people: 'integer' },
      ...{ took_ms: 'integer', reason: 'text', run_by: 'text' },
    },
  },
  'unmet-deeds': {
    ...{ table: 'unmet_deed', key: 'id, version' },
    columns: {
      ...{ id: 'text', version: 'integer', kind: 'text', place: 'text', words: 'text' },
      ...{ written_by: 'text', organisation: 'text', at: 'timestamptz' },
    },
  },
} as const

type MeasureRowsName = keyof typeof tables

/** The names of the files with the results of measures, the log of their runs, and what was done about unmet needs. */
export const measureBackupNames = Object.keys(tables) as MeasureRowsName[]

export async function* measureRowsIn(
  sql: Sql,
  name: MeasureRowsName,
): AsyncGenerator<readonly string[]> {
  const { table, key, columns } = tables[name]
  const { rows } = await sql.query<{ line: string }>(
    `select row_to_json(r)::text as line from (select ${Object.keys(columns).join(', ')} from ${table} order by ${key}) r`,
  )
  if (rows.length > 0) yield rows.map(({ line }) => line)
}

/** Restores them beside those that are here, which stay as they are. */
export async function keepMeasureRows(
  sql: Sql,
  name: MeasureRowsName,
  lines: readonly string[],
): Promise<void> {
  const { table, key, columns } = tables[name]
  const typed = Object.entries(columns).map(([column, type]) => `${column} ${type}`)
  await sql.query(
    `insert into ${table} (${Object.keys(columns).join(', ')})
     select * from json_to_recordset($1::json) as r(${typed.join(', ')}) on conflict (${key}) do nothing`,
    [`[${lines.join(',')}]`],
  )
}
