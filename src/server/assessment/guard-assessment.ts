import type { Questionnaire, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { loadFhirPath } from '#domain/assessment/expressions/load-fhir-path.ts'
import { publishProblems } from '#domain/assessment/publish/publish-problems.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden, issueOf } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { guardAnswers } from './guard-answers.ts'
import { guardScore } from './guard-score.ts'
import { guardSuggestion } from './suggesting/guard-suggestion.ts'

type Where = Readonly<{ person: string | undefined; before: Resource | undefined }>

/** The rules of questionnaires, of answers to them, and of what follows from answers. Throws 422. */
export async function guardAssessment(
  context: RequestContext,
  resource: Resource,
  where: Where,
): Promise<void> {
  if (resource.resourceType === 'Observation') return await guardScore(context, resource, where)
  if (resource.resourceType === 'Task') return await guardSuggestion(context, resource, where)
  if (resource.resourceType !== 'Questionnaire') return await guardAnswers(context, resource, where)
  const before = where.before?.resourceType === 'Questionnaire' ? where.before : undefined
  if (before && before.status !== 'draft') return mustStayAsPublished(before, resource)
  if (resource.status === 'active') return await mustBePublishable(context, resource)
  const faults = await publishedAlready(context, resource)
  if (faults.length > 0) throw new FhirProblem(422, 'business-rule', faults.join(' '))
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

/** A draft of a version that is published would be a second form with the same name. */
const publishedAlready = async (context: RequestContext, resource: Questionnaire) =>
  (await namesakes(context, resource)).some(
    ({ status, version }) => status !== 'draft' && version === resource.version,
  )
    ? [isPublished(resource.version)]
    : []

const isPublished = (version: string | undefined) =>
  `Version ${version} of this questionnaire is already published.`

/** A version is published once, and only one version of a questionnaire is asked. */
async function otherVersions(
  context: RequestContext,
  questionnaire: Questionnaire,
): Promise<readonly string[]> {
  const { version } = questionnaire
  const faults = (await namesakes(context, questionnaire)).flatMap((other) => {
    if (other.status === 'draft') return []
    if (other.version === version) return [isPublished(version)]
    if (other.status !== 'active') return []
    return [`Version ${other.version} is asked now: retire it in the same transaction.`]
  })
  return [...new Set(faults)]
}

/** The other questionnaires of the same address, as this request leaves them. */
async function namesakes(
  { service, pendingWrites }: RequestContext,
  { id, url = '' }: Questionnaire,
): Promise<readonly Questionnaire[]> {
  if (!url) return []
  const query = new URLSearchParams({ url })
  const ids = await service.store.match('Questionnaire', query, everyone, mostVersions)
  const stored = await Promise.all(
    ids.map(async (each) => (await service.store.read('Questionnaire', each, everyone))?.resource),
  )
  return [
    ...stored.map((each) => pendingWrites.get(`Questionnaire/${each?.id}`) ?? each),
    ...pendingWrites.values(),
  ].flatMap((each) =>
    each?.resourceType === 'Questionnaire' && each.url === url && each.id !== id ? [each] : [],
  )
}

/** More than anybody publishes of one questionnaire. */
const mostVersions = 500

/** Throws 403: answers name a published version for ever. */
export function mustStayPublished(stored: Resource): void {
  if (stored.resourceType === 'Questionnaire' && stored.status !== 'draft')
    throw forbidden('A published questionnaire is retired, not deleted: answers belong to it')
}
