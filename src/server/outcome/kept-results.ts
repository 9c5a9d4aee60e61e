import type { ReadingSql, Sql } from '#server/store/sql.ts'

/** Where a result comes from. */
export type ResultOrigin = 'counted' | 'cql' | 'imported' | 'practice'

/** One kept result: numbers alone. */
export type KeptResult = Readonly<{
  measure: string
  version: string
  organisation: string
  /** `2026-10` */
  month: string
  numerator: number
  denominator: number
  notAsked: number
  leftOut: number
  origin: ResultOrigin
}>

const columns =
  'measure, version, organisation, month, numerator, denominator, not_asked, left_out, origin'

/**
 * Keeps these results in place of those of the same measure, version, organisation and month. What came with an import or the
 * practice copy is never replaced by what was counted here: the records do not hold that history.
 */
export async function keepResults(
  sql: Pick<Sql, 'query'>,
  results: readonly KeptResult[],
): Promise<void> {
  if (results.length === 0) return
  await sql.query(
    `insert into measure_result (${columns})
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::integer[], $8::integer[], $9::text[])
     on conflict (measure, version, organisation, month) do update set numerator = excluded.numerator,
       denominator = excluded.denominator, not_asked = excluded.not_asked, left_out = excluded.left_out, origin = excluded.origin
     where measure_result.origin in ('counted', 'cql') or excluded.origin in ('imported', 'practice')`,
    [
      results.map(({ measure }) => measure),
      results.map(({ version }) => version),
      results.map(({ organisation }) => organisation),
      results.map(({ month }) => month),
      results.map(({ numerator }) => numerator),
      results.map(({ denominator }) => denominator),
      results.map(({ notAsked }) => notAsked),
      results.map(({ leftOut }) => leftOut),
      results.map(({ origin }) => origin),
    ],
  )
}

/** All kept results from this month to that one, the oldest first. */
export async function keptResults(
  sql: ReadingSql,
  { from, to }: Readonly<{ from: string; to: string }>,
): Promise<readonly KeptResult[]> {
  const { rows } = await sql.query<KeptResult>(
    `select measure, version, organisation, month, numerator::float8 as numerator, denominator::float8 as denominator,
       not_asked as "notAsked", left_out as "leftOut", origin
     from measure_result where month between $1 and $2 order by measure, version, month, organisation`,
    [from, to],
  )
  return rows
}
