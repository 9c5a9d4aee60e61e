import { monthStart } from '#domain/feed/month-start.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { shownSql } from '#server/operations/worklists/find-people-sql.ts'
import { Params } from '#server/store/params.ts'
import { areChancesCounted } from '#server/store/summary/chances.ts'
import { areCostsCounted } from '#server/store/summary/costs.ts'
import { givenUntil } from '#server/store/summary/given-until.ts'

/** Of the people whom the caller may be shown: how many are as they were before, and in how many ways altogether. */
export type LeftToWorkOut = Readonly<{ people: number; steps: number }>

export const nothingLeft: LeftToWorkOut = { people: 0, steps: 0 }

/**
 * Rows that would come out differently today, costs of the months before, chances of the day before. Nobody hears of
 * people whom they cannot see.
 */
export async function leftToWorkOut(call: OperationCall): Promise<LeftToWorkOut> {
  const { sql } = call.context.service
  const [day, month] = [call.today, monthStart(call.today)]
  const behind = async (isCounted: boolean, what: 'chances' | 'costs', of: string) =>
    isCounted ? undefined : ((await givenUntil(sql, what, of)) ?? '')
  const chances = await behind(await areChancesCounted(sql, day), 'chances', day)
  const costs = await behind(await areCostsCounted(sql, day), 'costs', month)
  const params = new Params()
  const isAfter = (last: string | undefined) =>
    last === undefined ? 'false' : `p.person > ${params.add(last, 'text')}`
  const { rows } = await sql.query<LeftToWorkOut>(
    `select count(*) filter (where due + chance + cost > 0)::int as people,
       coalesce(sum(due + chance + cost), 0)::int as steps
     from (select
         (d.person is not null)::int as due,
         (${isAfter(chances)})::int as chance,
         (${isAfter(costs)} and (p.cost_lines > 0
           or exists (select 1 from activity_line l where l.person = p.person)))::int as cost
       from person_row p
       left join person_due d on d.person = p.person and d.changes_on <= ${params.add(day, 'date')}
       where ${shownSql(call, params)}) each_one`,
    params.values,
  )
  return rows[0] ?? nothingLeft
}
