import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** How a professional’s message can begin. */
export const staffBeginnings: readonly MessageDescriptor[] = [
  msg`Thank you for your message. I will call you on: `,
  msg`I have done what you asked: `,
  msg`We will talk about this at the next visit. Until then: `,
]
