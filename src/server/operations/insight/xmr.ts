import { xmr } from '#domain/xmr/xmr.ts'
import { xmrFault } from '#domain/xmr/xmr-fault.ts'
import { xmrRequest, xmrResult } from '#domain/xmr/xmr-result.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'

/** Works a chart out of numbers that were sent. It reads no record and keeps nothing. */
export const xmrOperation: Operation = {
  name: 'xmr',
  on: 'system',
  changes: false,
  purpose:
    'An XmR chart by the rules of Making Data Count: value (up to 1,000), direction (increase, decrease, neutral), target, screening (true), fixAfter (12 or more), rebase (at, reason); returns mean, limits and near limits of each group, whether they are trial limits, the rule for each point, variation and assurance; keeps nothing',
  async run(call) {
    const { values, ...asked } = askedParameters(call, xmrRequest)
    const options = { ...asked, direction: asked.direction || ('neutral' as const) }
    const fault = xmrFault(values, options)
    if (fault) throw new FhirProblem(422, 'business-rule', fault)
    const { groups, points, ...answer } = xmr(values, options)
    return xmrResult.write({
      ...answer,
      groups: groups.map(({ limits, ...group }) => (limits ? { ...group, limits } : group)),
      points: points.map(({ signal, ...point }) => (signal ? { ...point, signal } : point)),
    })
  },
}
