import type { Actor } from '#domain/access/actor.ts'
import { figuresFault, termsFault } from '#domain/contract/contract-faults.ts'
import { settle } from '#domain/contract/settle.ts'
import { settlementParameters, settleYearRequest } from '#domain/contract/settle-parameters.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

/** Throws 403 for everybody else. */
function mustManageAgreements({ role }: Actor): void {
  if (role !== 'manager' && role !== 'admin')
    throw forbidden('Agreements between partners are for managers and administrators')
}

/** What a year means under an agreement. Stores nothing. */
export const settleOperation: Operation = {
  name: 'settle',
  on: 'system',
  changes: false,
  purpose:
    'What a year means under an agreement between partners: terms (or agreement, the id of one that is kept here) and figures (on, people, budget, spent, quality, standard, revenue, lowRevenue, verdict). Answers every line of the settlement with its label, amount and source, and what each party gets or owes. Stores nothing; for managers and administrators',
  async run(call) {
    mustManageAgreements(call.actor)
    const { terms, figures } = askedParameters(call, settleYearRequest)
    if (!terms) throw new FhirProblem(400, 'required', 'Send the terms of an agreement')
    const fault = termsFault(terms) ?? figuresFault(terms, figures)
    if (fault) throw new FhirProblem(422, 'business-rule', fault)
    return settlementParameters.write(settle(terms, figures))
  },
}
