import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { MessageTopic } from '#domain/message/message.ts'

/** What a thread is about: a title that says nothing of illness. */
export const topicLabels: Readonly<Record<MessageTopic, MessageDescriptor>> = {
  question: msg`A question`,
  visit: msg`A visit or a call`,
  help: msg`Help at home`,
  paper: msg`A letter or a form`,
  thanks: msg`Thank you`,
  other: msg`Something else`,
}

/** How a message can begin. */
export const beginnings: readonly MessageDescriptor[] = [
  msg`Please call when you have time. A good time is: `,
  msg`I cannot be there on this day: `,
  msg`I would like to know: `,
]
