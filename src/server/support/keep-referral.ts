import type { Resource, ServiceRequest, Task } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import {
  referenceTo,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isCaseReferral } from '#domain/referral/case-referral.ts'
import { isReferralTask } from '#domain/task/fhir.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { askedOfTeam } from './asked-of-team.ts'
import { keepPlainReferral } from './keep-plain-referral.ts'
import { mustBeAnsweredRightly } from './must-be-answered-rightly.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>
type Referral = Task & { id: string }

/**
 * A referral as it is stored, its request and its task. A person or carer answers none. One that asks for a case
 * manager is dated by the service, in the name of who sends it, with the day by which it is answered; it is sent once,
 * answered only by the team that is asked, withdrawn only by who sent it, and stays as it was sent. Throws 403, 409 and
 * 422.
 */
export async function keepReferral(
  context: RequestContext,
  resource: ResourceWithId,
  facts: Facts,
): Promise<ResourceWithId> {
  mustStayReferral(resource, facts.before)
  if (resource.resourceType === 'ServiceRequest') return keptRequest(context, resource, facts)
  if (resource.resourceType !== 'Task') return resource
  if (!isReferralTask(resource) && !isCaseReferral(resource)) return resource
  const prior = facts.before as Task | undefined
  if (!isStaff(context.actor) && context.actor.role !== 'admin') mustNotAnswer(resource, prior)
  if (!isCaseReferral(resource))
    return await keepPlainReferral(context, resource, { prior, person: facts.person })
  return await keptTask(context, resource, { prior, person: facts.person })
}

const isReferral = (resource: Resource) =>
  resource.resourceType === 'Task' && isReferralTask(resource)

function mustStayReferral(resource: Resource, before: Resource | undefined): void {
  if (isCaseReferral(resource) && resource.resourceType === 'Task' && !isReferral(resource))
    throw refusal('Task.code', 'A referral for a case manager is a referral, too')
  if (!before) return
  if (isCaseReferral(before) === isCaseReferral(resource)) {
    if (isReferral(resource) || !isReferral(before)) return
  }
  throw refusal('Task.code', 'What a referral asks for does not change')
}

/** At home a referral is read; their own is withdrawn by `$request-coordinator`. */
function mustNotAnswer(resource: Referral, prior: Task | undefined): void {
  if (prior && changedElements(prior, resource).length === 0) return
  throw forbidden('A referral is answered by those who are asked')
}

type Before = Readonly<{ prior: Task | undefined; person: string | undefined }>

async function keptTask(
  context: RequestContext,
  task: Referral,
  { prior, person }: Before,
): Promise<Referral> {
  const by = writerOf(context, person).who
  const at = context.now.toISOString()
  if (prior) {
    const isAnswer = await mustBeAnsweredRightly(context, task, { prior, person })
    return isAnswer
      ? { ...task, ...withExtensions(task, { written: writtenExtension({ by, at }) }) }
      : task
  }
  const sent = await askedOfTeam(context, { ...task, requester: referenceTo(by) }, person)
  return { ...sent, ...withExtensions(sent, { written: writtenExtension({ by, at }) }) }
}

/** The words of who asks, which its task answers: they stay, and it ends only with its task. */
function keptRequest(
  context: RequestContext,
  request: ServiceRequest & { id: string },
  { before, person }: Facts,
): ResourceWithId {
  if (!isCaseReferral(request)) return request
  const { actor, pendingWrites } = context
  if (!before)
    return {
      ...request,
      requester: referenceTo(writerOf(context, person).who),
      authoredOn: context.now.toISOString(),
    }
  const changed = changedElements(before, request)
  if (changed.length === 0 || actor.role === 'admin') return request
  if (changed.some((each) => each !== 'status'))
    throw refusal('ServiceRequest.reasonCode', 'A referral stays as it was sent')
  const isAnswered = [...pendingWrites.values()].some(
    (each) =>
      each.resourceType === 'Task' &&
      isCaseReferral(each) &&
      each.focus?.reference === `ServiceRequest/${request.id}`,
  )
  if (isAnswered) return request
  throw forbidden('A referral ends together with its task, in one transaction')
}

const refusal = (expression: string, words: string) =>
  new FhirProblem(422, 'business-rule', words, { expression })
