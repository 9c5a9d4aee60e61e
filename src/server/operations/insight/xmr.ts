import { xmr } from '#domain/xmr/xmr.ts'
import { xmrFault } from '#domain/xmr/xmr-fault.ts'
import { xmrRequest, xmrResult } from '#domain/xmr/xmr-parameters.ts'
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
    const { values, options } = askedParameters(call, xmrRequest)
    const fault = xmrFault(values, options)
    if (fault) throw new FhirProblem(422, 'business-rule', fault)
    const { groups, ...chart } = xmr(values, options)
    return xmrResult.write({ ...chart, groups: groups.map(withoutGaps) })
  },
}

const withoutGaps = ({ limits, ...group }: ReturnType<typeof xmr>['groups'][number]) =>
  limits ? { ...group, limits } : group
