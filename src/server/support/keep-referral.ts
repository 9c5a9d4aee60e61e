import type { Resource, Task } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isCaseReferral } from '#domain/referral/case-referral.ts'
import { referralStateOf } from '#domain/referral/fhir.ts'
import { answerNeedsWords } from '#domain/referral/referral.ts'
import { isReferralTask } from '#domain/task/fhir.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { askedOfTeam } from './asked-of-team.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>
type Referral = Task & { id: string }

/**
 * The task of a referral as it is stored. A person or carer answers none. One that asks for a case manager is dated by
 * the service with the day by which it is answered, is sent once, is answered only by the team that is asked and
 * withdrawn only by who sent it. Throws 403, 409 and 422.
 */
export async function keepReferral(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  if (resource.resourceType !== 'Task') return sameRequest(resource, before)
  const prior = before?.resourceType === 'Task' ? before : undefined
  const isOne = isReferralTask(resource)
  if (prior && isReferralTask(prior)) mustStayReferral(resource, prior)
  if (!isOne) return resource
  if (!isStaff(context.actor) && context.actor.role !== 'admin') mustNotAnswer(resource, prior)
  if (!isCaseReferral(resource)) return resource
  if (!prior) return await askedOfTeam(context, resource, person)
  await mustBeTheirs(context, resource, { prior, person })
  return resource
}

/** The request beside the task: its kind decides who may answer. */
function sameRequest(resource: ResourceWithId, before: Resource | undefined): ResourceWithId {
  if (before && isCaseReferral(before) !== isCaseReferral(resource))
    throw refusal('What a referral asks for does not change', 'code')
  return resource
}

function mustStayReferral(resource: Referral, prior: Task): void {
  if (isReferralTask(resource) && isCaseReferral(resource) === isCaseReferral(prior)) return
  throw refusal('What a referral asks for does not change', 'code')
}

/** At home a referral is read; their own is withdrawn by `$request-coordinator`. */
function mustNotAnswer(resource: Referral, prior: Task | undefined): void {
  if (prior && changedElements(prior, resource).length === 0) return
  throw forbidden('A referral is answered by those who are asked')
}

type Answer = Readonly<{ prior: Task; person: string | undefined }>

async function mustBeTheirs(context: RequestContext, task: Referral, { prior, person }: Answer) {
  const state = referralStateOf(task)
  if (state === referralStateOf(prior)) return mustStandAsSent(task, prior)
  if (state !== 'sent' && state !== 'closed' && answerNeedsWords(state)) mustHaveWords(task)
  const { actor } = context
  if (actor.role === 'admin') return
  const mine = [...namesOf(actor), `Organization/${actor.organisation ?? ''}`]
  const isFrom = (who: Task['owner']) => mine.includes(who?.reference ?? '')
  if (state !== 'withdrawn') {
    if (!isFrom(prior.owner)) throw forbidden('A referral is answered by the team that is asked')
    return
  }
  // those who are named in the care tidy up for who sent it
  if (isFrom(prior.requester) || (await relationTo(context, person)) === 'named') return
  throw forbidden('A referral is withdrawn by who sent it')
}

/** The day and the sender are the service’s to say. */
function mustStandAsSent(task: Referral, prior: Task): void {
  const fixed = ['authoredOn', 'requester', 'restriction', 'for', 'focus']
  if (changedElements(prior, task).some((each) => fixed.includes(each)))
    throw refusal('A referral stays as it was sent', 'restriction')
}

function mustHaveWords({ statusReason }: Task): void {
  if ((statusReason?.text ?? '').trim() === '')
    throw refusal('Say why, or who helps instead', 'statusReason')
}

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Task.${element}` })
