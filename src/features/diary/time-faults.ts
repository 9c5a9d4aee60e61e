import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { VisitTimesFault } from '#domain/diary/visit-times.ts'

export const timeFaults: Readonly<Record<VisitTimesFault, MessageDescriptor>> = {
  'no-day': msg`Enter a day`,
  'no-time': msg`Enter a time, such as 09:30`,
  'no-length': msg`Enter how long, from 5 to 480 minutes`,
  'too-often': msg`Enter from 1 to 26 visits, and how many days lie between them`,
  past: msg`This time is over`,
}
