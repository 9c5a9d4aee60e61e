import { measureRunsParameters } from '#domain/outcome/measure-runs-parameters.ts'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import type { Operation } from '#server/operations/operation.ts'
import { measureRuns } from '#server/outcome/measure-runs.ts'
import { partners } from '#server/outcome/partners.ts'
import { mustBeOfPartner } from './outcomes.ts'

const mostRuns = 200

/** The open log of what was counted: for everybody who sees the results. */
export const measureRunsOperation: Operation = {
  name: 'measure-runs',
  on: 'system',
  changes: false,
  purpose:
    'The last 200 runs of measures: which, in which version, when, by whom or what, for which organisation and months, how many people (rounded to the nearest five, none below five) and how long it took; and how many months wait to be counted. For whoever sees $outcomes',
  async run(call) {
    const { sql } = call.context.service
    mustBeOfPartner(call, await partners(sql))
    const { runs, waiting } = await measureRuns(sql, mostRuns)
    return measureRunsParameters.write({
      runs: runs.map((each) => ({ ...each, people: roundedMeasure(each.people) })),
      waiting,
    })
  },
}
