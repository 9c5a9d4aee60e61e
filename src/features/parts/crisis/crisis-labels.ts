import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { CrisisPart } from '#domain/plan/crisis/crisis-plan.ts'

/** The parts of a crisis plan, in words that fit every reader. */
export const crisisLabels: Readonly<Record<CrisisPart, MessageDescriptor>> = {
  signs: msg`First signs`,
  'signs-seen': msg`Signs that others see`,
  helps: msg`What helps`,
  worse: msg`What makes it worse`,
  'call-day': msg`Who to call by day`,
  'call-night': msg`Who to call at night`,
  treated: msg`Where to be treated, and by whom`,
  'medicines-helped': msg`Medicines that helped`,
  'medicines-not': msg`Medicines that did not help`,
  'at-home': msg`What must be looked after at home`,
}
