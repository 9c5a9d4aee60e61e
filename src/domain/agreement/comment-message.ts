import type { Communication } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { PromiseAnswer } from '#domain/goal/goal.ts'
import type { Comment } from '#domain/plan/comment.ts'

export function commentFromMessage(message: Communication): Comment | undefined {
  const by = whoFrom(message.sender)
  const at = message.sent ?? message.meta?.lastUpdated
  if (!by || !at) return undefined
  return {
    id: message.id ?? '',
    person: idIn(message.subject?.reference),
    about: message.about?.[0]?.reference ?? '',
    text: message.payload?.map((each) => each.contentString ?? '').join('\n') ?? '',
    written: { by, at },
  }
}

export function commentToMessage(comment: Comment): Communication & { id: string } {
  return {
    resourceType: 'Communication',
    id: comment.id,
    status: 'completed',
    category: [ownCode('comment')],
    subject: { reference: `Patient/${comment.person}` },
    about: [{ reference: comment.about }],
    sender: referenceTo(comment.written.by),
    sent: comment.written.at,
    payload: [{ contentString: comment.text }],
  }
}

/** Whether a promise was kept, answered by the person it was made to. */
export function answerFromMessage(message: Communication): PromiseAnswer | undefined {
  const comment = commentFromMessage(message)
  const happened = extensionOf(message, 'happened')?.valueBoolean
  if (!comment || happened === undefined || message.status === 'entered-in-error') return undefined
  const { id, person, text, written } = comment
  const storedAt = message.meta?.lastUpdated
  return {
    ...{ id, person, action: idIn(comment.about), happened, words: text, ...written },
    ...(storedAt ? { kept: storedAt } : {}),
  }
}

export function answerToMessage(answer: PromiseAnswer): Communication & { id: string } {
  const { payload: _payload, ...message } = commentToMessage({
    id: answer.id,
    person: answer.person,
    about: `Task/${answer.action}`,
    text: answer.words,
    written: { by: answer.by, at: answer.at },
  })
  return {
    ...message,
    category: [ownCode('promise-answer')],
    ...(answer.words ? { payload: [{ contentString: answer.words }] } : {}),
    ...withExtensions(undefined, { happened: [{ valueBoolean: answer.happened }] }),
  }
}

/** Whether a message has this category of ours. */
export const hasMessageCategory = (message: Communication, code: string) =>
  message.category?.some((each) =>
    each.coding?.some((coding) => coding.system === gableCodeSystem && coding.code === code),
  ) ?? false

/** Why a goal matters, said by somebody beside the person: their own message, which they can change. */
export const isReasonMessage = (message: Communication) =>
  hasMessageCategory(message, 'goal-reason') && message.status !== 'entered-in-error'

export const reasonToMessage = (reason: Comment): Communication & { id: string } => ({
  ...commentToMessage(reason),
  category: [ownCode('goal-reason')],
})

export const isCommentMessage = (message: Communication) => hasMessageCategory(message, 'comment')
export const isPromiseAnswer = (message: Communication) =>
  hasMessageCategory(message, 'promise-answer')
