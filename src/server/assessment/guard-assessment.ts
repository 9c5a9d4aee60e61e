import type { Questionnaire, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { loadFhirPath } from '#domain/assessment/expressions/load-fhir-path.ts'
import { publishProblems } from '#domain/assessment/publish/publish-problems.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden, issueOf } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { guardAnswers } from './guard-answers.ts'

type Where = Readonly<{ person: string | undefined; before: Resource | undefined }>

/** The rules of questionnaires and of answers to them. Throws 422. */
export async function guardAssessment(
  context: RequestContext,
  resource: Resource,
  where: Where,
): Promise<void> {
  if (resource.resourceType !== 'Questionnaire') return await guardAnswers(context, resource, where)
  const before = where.before?.resourceType === 'Questionnaire' ? where.before : undefined
  if (before && before.status !== 'draft') return mustStayAsPublished(before, resource)
  if (resource.status === 'active') await mustBePublishable(context, resource)
}

/** Answers depend on a published version: it is retired, and nothing else about it changes. */
function mustStayAsPublished(before: Questionnaire, after: Questionnaire): void {
  const changed = changedElements(before, after).filter((each) => each !== 'status')
  const isRetired = before.status === after.status || after.status === 'retired'
  if (changed.length === 0 && isRetired) return
  const words =
    changed.length > 0
      ? `Version ${before.version ?? ''} is published and cannot be changed (${changed.join(', ')}). Publish a new version instead.`
      : `Version ${before.version ?? ''} was published: it can be retired, and nothing else. Publish a new version instead.`
  throw new FhirProblem(422, 'business-rule', words, { expression: 'Questionnaire' })
}

async function mustBePublishable(
  context: RequestContext,
  questionnaire: Questionnaire,
): Promise<void> {
  const { faultInFhirPath } = await loadFhirPath()
  const errors = publishProblems(questionnaire, faultInFhirPath)
    .filter(({ severity }) => severity === 'error')
    .map(({ linkId, words }) => (linkId ? `Question ${linkId}: ${words}` : words))
  const faults = errors.length > 0 ? errors : await otherVersions(context, questionnaire)
  if (faults.length === 0) return
  const issues = faults.map((each) => issueOf('business-rule', each, 'Questionnaire'))
  throw new FhirProblem(422, 'business-rule', faults.join(' '), { issues })
}

/** A version is published once, and only one version of a questionnaire is asked. */
async function otherVersions(
  { service, pendingWrites }: RequestContext,
  { id, url = '', version }: Questionnaire,
): Promise<readonly string[]> {
  const query = new URLSearchParams({ url })
  const ids = await service.store.match('Questionnaire', query, everyone, mostVersions)
  const stored = await Promise.all(
    ids.map(async (each) => (await service.store.read('Questionnaire', each, everyone))?.resource),
  )
  const others = [
    ...stored.map((each) => pendingWrites.get(`Questionnaire/${each?.id}`) ?? each),
    ...pendingWrites.values(),
  ].flatMap((each) =>
    each?.resourceType === 'Questionnaire' && each.url === url && each.id !== id ? [each] : [],
  )
  const faults = others.flatMap((other) => {
    if (other.status === 'draft') return []
    if (other.version === version)
      return [`Version ${version} of this questionnaire is already published.`]
    if (other.status !== 'active') return []
    return [`Version ${other.version} is asked now: retire it in the same transaction.`]
  })
  return [...new Set(faults)]
}

/** More than anybody publishes of one questionnaire. */
const mostVersions = 500

/** Throws 403: answers name a published version for ever. */
export function mustStayPublished(stored: Resource): void {
  if (stored.resourceType === 'Questionnaire' && stored.status !== 'draft')
    throw forbidden('A published questionnaire is retired, not deleted: answers belong to it')
}
