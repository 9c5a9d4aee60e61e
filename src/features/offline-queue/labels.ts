import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { QueuedChange } from '#domain/sync/what-changed.ts'

export const queuedChangeLabels: Readonly<Record<QueuedChange, MessageDescriptor>> = {
  'start-plan': msg`A new plan`,
  'write-about-me': msg`About me`,
  'write-need': msg`A need`,
  'write-goal': msg`A goal`,
  'write-action': msg`A step of the plan`,
  'write-what-if': msg`The what-if plan`,
  'set-review': msg`The date of the review`,
  'set-limit': msg`An agreed limit`,
  'hold-review': msg`A review`,
  'answer-promise': msg`Whether a promise was kept`,
  comment: msg`A comment`,
  assessment: msg`An assessment`,
  'new-task': msg`A new task`,
  task: msg`A task`,
  'goal-progress': msg`Progress on a goal`,
  reading: msg`A reading`,
  contact: msg`A call or a visit`,
  alert: msg`What was done about an alert`,
  details: msg`A number or an address`,
  other: msg`A change`,
}
