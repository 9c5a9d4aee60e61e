import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { guardOptedOut } from '#server/opt-out/opted-out.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Fine } from './items.ts'
import { nameOf, standingRecords } from './standing-records.ts'

/** A file takes nobody on who said no to case management here. */
export async function checkCasesStarted(
  context: RequestContext,
  items: readonly Fine[],
): Promise<void> {
  const cases = items.filter(({ resource }) => resource.resourceType === 'EpisodeOfCare')
  const { sql } = context.service
  const standing = await standingRecords(
    sql,
    cases.map(({ resource }) => resource),
  )
  for (const item of cases) {
    const person = await personOf(context, item.resource)
    const before = standing.get(nameOf(item.resource))
    try {
      await guardOptedOut(sql, item.resource, { person, before })
    } catch (problem) {
      if (!(problem instanceof FhirProblem)) throw problem
      item.reason = problem.message
    }
  }
}
