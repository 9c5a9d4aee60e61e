import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { CycleDecision } from '#domain/outcome/cycle/learning-cycle.ts'

export const cycleDecisionLabels: Readonly<Record<CycleDecision, MessageDescriptor>> = {
  open: msg`Not decided yet`,
  keep: msg`Keep`,
  spread: msg`Keep, and spread`,
  stop: msg`Stop`,
  'go-on': msg`Go on until a day`,
}
