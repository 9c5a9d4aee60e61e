import type { Communication } from '@medplum/fhirtypes'
import {
  commentFromMessage,
  commentToMessage,
  hasMessageCategory,
} from '#domain/agreement/comment-message.ts'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'
import type { Comment } from '#domain/plan/comment.ts'
import type { Action, PromiseDeed } from './goal.ts'

/**
 * What is said about a promise beside its owner’s tick: a professional who does not own it has reviewed it, the person
 * has confirmed it, or what was done about a promise that did not happen.
 */
export type PromiseDeedKind = 'promise-review' | 'promise-confirmed' | 'promise-dealt-with'
const promiseDeedKinds: readonly PromiseDeedKind[] = [
  'promise-review',
  'promise-confirmed',
  'promise-dealt-with',
]

export const promiseDeedKindOf = (message: Communication): PromiseDeedKind | undefined =>
  promiseDeedKinds.find((kind) => hasMessageCategory(message, kind))

export function promiseDeedFromMessage(message: Communication): PromiseDeed | undefined {
  const kind = promiseDeedKindOf(message)
  const comment = commentFromMessage(message)
  if (!kind || !comment || message.status === 'entered-in-error') return undefined
  const [, action = ''] = comment.about.split('/')
  const { id, text, written } = comment
  return { id, kind, action, words: text, ...written }
}

export function promiseDeedToMessage(
  kind: PromiseDeedKind,
  comment: Comment,
): Communication & { id: string } {
  const { payload, ...message } = commentToMessage(comment)
  return { ...message, category: [ownCode(kind)], ...(comment.text && payload ? { payload } : {}) }
}

/** The action with what was said since it was last changed; only a done one has been reviewed or confirmed. */
export function withDeeds(action: Action, deeds: readonly PromiseDeed[]): Action {
  const own = deeds
    .filter((each) => each.action === action.id && each.at > (action.written?.at ?? ''))
    .toSorted((one, other) => other.at.localeCompare(one.at))
  const last = (kind: PromiseDeedKind) => own.find((each) => each.kind === kind)
  const dealtWith = last('promise-dealt-with')
  const isDone = action.state === 'done'
  const review = isDone ? last('promise-review') : undefined
  const confirmed = review ? last('promise-confirmed') : undefined
  return {
    ...action,
    ...(dealtWith ? { dealtWith } : {}),
    ...(review ? { review } : {}),
    ...(confirmed ? { confirmed } : {}),
  }
}
