import type { ReadingSql, Sql } from '#server/store/sql.ts'

/** One run of a measure: what was counted, for how many people, and how long it took. */
type MeasureRun = Readonly<{
  id: string
  at: Date
  /** a measure, or `built-in`: all that Gable counts by itself */
  measure: string
  version: string
  organisation: string
  from: string
  to: string
  months: number
  people: number
  tookMs: number
  reason: 'records-changed' | 'evaluated'
  by: string
}>

export async function keepMeasureRun(sql: Pick<Sql, 'query'>, run: MeasureRun): Promise<void> {
  await sql.query(
    `insert into measure_run (at, id, measure, version, organisation, month_from, month_to, months, people, took_ms, reason, run_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[run.at.toISOString(), run.id, run.measure, run.version, run.organisation],
      ...[run.from, run.to, run.months, run.people, run.tookMs, run.reason, run.by],
    ],
  )
}

type ShownRun = Omit<MeasureRun, 'id' | 'at' | 'reason'> & Readonly<{ at: string; reason: string }>

/** The newest runs, and how many months wait. */
export async function measureRuns(sql: ReadingSql, most: number) {
  const { rows } = await sql.query<ShownRun>(
    `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, measure, version, organisation, month_from as "from",
       month_to as "to", months, people, took_ms as "tookMs", reason, run_by as by
     from measure_run order by measure_run.at desc, id limit $1`,
    [most],
  )
  const { rows: due } = await sql.query<{ waiting: number }>(
    `select count(*)::int as waiting from measure_due where organisation <> '*'`,
  )
  return { runs: rows, waiting: due[0]?.waiting ?? 0 }
}
