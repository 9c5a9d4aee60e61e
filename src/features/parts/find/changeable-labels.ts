import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Changeable } from '#domain/stratification/changeable.ts'

/** What could be changed for somebody, as a few words in a row. */
export const changeableLabels: Readonly<Record<Changeable, MessageDescriptor>> = {
  'avoidable-stay': msg`Stay that care at home may prevent`,
  'just-home': msg`Home from hospital this month`,
  'many-medicines': msg`Ten medicines or more`,
  falls: msg`Falls`,
  'not-seen': msg`Not seen for a year`,
  alone: msg`Lives alone`,
  'many-services': msg`Many services, nobody coordinates`,
  'comfort-first': msg`May need comfort first`,
}
