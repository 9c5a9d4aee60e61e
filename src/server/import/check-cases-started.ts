import { optedOutIn } from '#domain/opt-out/opt-out-fhir.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { guardOptedOut } from '#server/opt-out/opted-out.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Fine } from './items.ts'
import { nameOf, standingRecords } from './standing-records.ts'

/** A file takes nobody on who said no to case management, here or in the same file. */
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
  const saysNo = await whoSaysNo(context, items)
  for (const item of cases) {
    const person = await personOf(context, item.resource)
    const before = standing.get(nameOf(item.resource))
    try {
      if (person && saysNo.has(person) && !before) throw saidNo()
      await guardOptedOut(sql, item.resource, { person, before })
    } catch (problem) {
      if (!(problem instanceof FhirProblem)) throw problem
      item.reason = problem.message
    }
  }
}

/** The people who say no to a case in the file itself. */
async function whoSaysNo(
  context: RequestContext,
  items: readonly Fine[],
): Promise<ReadonlySet<string | undefined>> {
  const people = new Set<string | undefined>()
  for (const { resource } of items)
    if (resource.resourceType === 'Consent' && optedOutIn([resource]).includes('case'))
      people.add(await personOf(context, resource))
  return people
}

const saidNo = () =>
  new FhirProblem(422, 'business-rule', 'The same file says that this person said no to a case')
