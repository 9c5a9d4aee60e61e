import type { Communication, Resource } from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { actionFromFhir, goalFromFhir } from '#domain/goal/fhir.ts'
import { planFromFhir } from '#domain/plan/fhir.ts'
import { decisionsIn } from '#domain/review/held-review.ts'
import { type ToDecide, toDecide, undecided } from '#domain/review/to-decide.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'

/**
 * A review decides every open goal, step and promise of its plan that its writer may see: one that goes on, is changed
 * or ends, the last two with words. Nothing is decided silently: 422 names what is missing.
 */
export async function guardReview(
  context: RequestContext,
  resource: Resource,
  before: Resource | undefined,
): Promise<void> {
  if (before || resource.resourceType !== 'Communication' || !isReview(resource)) return
  const open = await openOf(context, resource)
  const missing = undecided(open, decisionsIn(resource)).map(({ what }) => `“${what}”`)
  if (missing.length > 0)
    throw new FhirProblem(
      422,
      'business-rule',
      `Decide about each of these: it goes on, it is changed or it ends, with words: ${missing.join(', ')}`,
      { expression: 'Communication.extension' },
    )
}

const isReview = (message: Communication) =>
  hasMessageCategory(message, 'review') &&
  message.status === 'completed' &&
  message.sender?.reference?.startsWith('Practitioner/')

async function openOf(
  context: RequestContext,
  { about = [] }: Communication,
): Promise<readonly ToDecide[]> {
  const read = async (type: string, id: string) =>
    (await context.store.read(type, id, context.accessScope.scope))?.resource
  const name = about.find(({ reference }) => reference?.startsWith('CarePlan/'))?.reference ?? ''
  const plan = await read('CarePlan', name.split('/')[1] ?? '')
  if (plan?.resourceType !== 'CarePlan') return []
  const { goals, actions } = planFromFhir(plan)
  const found = await Promise.all([
    ...goals.map((id) => read('Goal', id)),
    ...actions.map((id) => read('Task', id)),
  ])
  return toDecide(
    found.flatMap((each) => (each?.resourceType === 'Goal' ? [goalFromFhir(each)] : [])),
    found.flatMap((each) =>
      each?.resourceType === 'Task' ? [actionFromFhir(each, context.zone)] : [],
    ),
  )
}
