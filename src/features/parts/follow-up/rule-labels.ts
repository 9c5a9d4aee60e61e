import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { FollowUpRuleCode } from '#domain/discharge/follow-up-rule.ts'

export const ruleLabels: Readonly<Record<FollowUpRuleCode, MessageDescriptor>> = {
  'NHS-48h': msg`a call or visit within 48 hours`,
  'NHS-72h': msg`a call or visit within 72 hours, best after 24`,
  'TCM-7': msg`contact within 2 business days, a visit within 7 days`,
  'TCM-14': msg`contact within 2 business days, a visit within 14 days`,
}
