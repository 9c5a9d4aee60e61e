import { stopMeasureRequest } from '#domain/quality/gaps-worklist.ts'
import { readsCounts } from '#server/cql/cares-for-people.ts'
import { stopRuns } from '#server/cql/measure-runs.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { organisationAsked } from './organisation-asked.ts'

/** Stops a run of a measure that is under way. What an earlier run found stays. */
export const stopMeasureOperation: Operation = {
  name: 'stop-measure',
  on: 'instance',
  type: 'Measure',
  changes: true,
  purpose:
    'Stops working a measure out for the people of the organisation; what the run before found stays; for professionals, managers and administrators',
  async run(call) {
    const { actor, context, id = '' } = call
    if (!readsCounts(actor))
      throw forbidden('Only professionals, managers and administrators stop a measure')
    const asked = askedParameters(call, stopMeasureRequest)
    const organisation = organisationAsked(call, asked.organisation)
    if (!(await stopRuns(context.service.sql, { measure: id, organisation })))
      throw new FhirProblem(409, 'conflict', 'This measure is not being worked out now')
    return { resourceType: 'Parameters' }
  },
}
