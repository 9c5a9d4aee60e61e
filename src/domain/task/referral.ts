import type { ServiceRequest, Task } from '@medplum/fhirtypes'
import { ownCode, referenceTo } from '#domain/plan/fhir-parts.ts'
import type { Who } from '#domain/plan/plan.ts'
import { askedOf, done, refused, taken } from './task.ts'

type Said = Readonly<{ words: string; by: Who; at: string }>

/** What is asked of another service or colleague, and the task in which they answer. */
export function newReferral(
  asked: Parameters<typeof askedOf>[0] & Readonly<{ why: string }>,
): readonly [ServiceRequest & { id: string }, Task & { id: string }] {
  const request: ServiceRequest & { id: string } = {
    ...{ resourceType: 'ServiceRequest', id: asked.id, status: 'active', intent: 'order' },
    code: { text: asked.what },
    subject: { reference: `Patient/${asked.person}` },
    authoredOn: asked.at,
    requester: referenceTo(asked.by),
    performer: [referenceTo(asked.owner)],
    reasonCode: [{ text: asked.why }],
  }
  const task: Task & { id: string } = {
    ...askedOf({ ...asked, id: `task-${asked.id}` }),
    code: ownCode('referral'),
    focus: { reference: `ServiceRequest/${asked.id}` },
    reasonCode: { text: asked.why },
  }
  return [request, task]
}

export type ReferralAnswer = 'accept' | 'refuse' | 'close'

/** The task and the request after an answer. Throws `WorkEnded` when there was one already. */
export function answered(
  answer: ReferralAnswer,
  task: Task,
  said: Said,
): Readonly<{ task: Task; request: ServiceRequest['status'] }> {
  if (answer === 'accept') return { task: taken(task, said.by), request: 'active' }
  if (answer === 'refuse') return { task: refused(task, said), request: 'revoked' }
  return { task: done(task, said), request: 'completed' }
}
