import { isStaff } from '#domain/access/actor.ts'
import { addMonths, lastWholeMonth } from '#domain/outcome/months.ts'
import { outcomesParameters, outcomesRequest, usualMonths } from '#domain/outcome/outcomes.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { keptResults } from '#server/outcome/kept-results.ts'
import { outcomesAnswer, teamMonths } from '#server/outcome/outcomes-answer.ts'
import { type Partner, partners } from '#server/outcome/partners.ts'
import { storedMeasures } from '#server/outcome/stored-measures.ts'
import { forbidden } from '#server/problem.ts'

/** How the partnership is doing, by the measures that all partners agreed to: the same page for each of them. */
export const outcomesOperation: Operation = {
  name: 'outcomes',
  on: 'system',
  changes: false,
  purpose:
    'The measures that all partners agreed to, with their results by month (months: how many, 36 unless told) and by organisation in the last six; measures that wait for the yes of a partner. Numbers below five, and what could be worked out from others, are not shown. For staff and managers of partners, and administrators',
  async run(call) {
    const { sql } = call.context.service
    const all = await partners(sql)
    mustBeOfPartner(call, all)
    const { months = usualMonths } = askedParameters(call, outcomesRequest)
    const to = lastWholeMonth(call.today)
    const [results, stored] = [
      // what is shown must not depend on how many months are asked for: differences would tell more
      await keptResults(sql, { from: addMonths(to, 1 - Math.max(months, teamMonths)), to }),
      await storedMeasures(sql),
    ]
    const definitions = stored.map(({ definition }) => definition)
    const mayAnswer = answersFor(call, all) !== undefined
    return outcomesParameters.write(
      outcomesAnswer({ results, definitions, partners: all, mayAnswer, to, months }),
    )
  },
}

/** Throws 403 unless the caller works for a partner, or administers. */
export function mustBeOfPartner({ actor }: OperationCall, all: readonly Partner[]): void {
  if (actor.role === 'admin') return
  const mayRead = isStaff(actor) || actor.role === 'manager'
  if (!mayRead || actor.role === 'program')
    throw forbidden('Only staff and managers see how the partnership is doing')
  if (!all.some(({ organisation }) => organisation === actor.organisation))
    throw forbidden('Your organisation is not one of the partners')
}

/** The partner for which the caller says yes or no. */
export function answersFor({ actor }: OperationCall, all: readonly Partner[]): Partner | undefined {
  if (actor.role !== 'manager') return undefined
  return all.find(({ organisation }) => organisation === actor.organisation)
}
