import { builtInVersion } from '#domain/outcome/built-in-measures.ts'
import { addMonths } from '#domain/outcome/months.ts'
import type { Sql } from '#server/store/sql.ts'
import { countMonthSql } from './count-month-sql.ts'
import { type KeptResult, keepResults } from './kept-results.ts'
import { peopleMeasure } from './outcomes-answer.ts'

type Counted = Pick<KeptResult, 'measure' | 'numerator' | 'denominator' | 'notAsked' | 'leftOut'>

type CountedMonth = Readonly<{ organisation: string; month: string }>

/** Counts one month of one organisation again, and keeps it; how many people it looked at. */
export async function countMonth(
  sql: Pick<Sql, 'query'>,
  { organisation, month }: CountedMonth,
  zone: string,
): Promise<number> {
  const { rows } = await sql.query<Counted>(countMonthSql, [
    ...[organisation, `${month}-01`, `${addMonths(month, 1)}-01`, zone],
  ])
  await keepResults(
    sql,
    rows.map((each) => ({
      ...{ ...each, version: builtInVersion, organisation, month, origin: 'counted' },
    })),
  )
  return rows.find(({ measure }) => measure === peopleMeasure)?.denominator ?? 0
}
