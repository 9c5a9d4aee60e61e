import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { RuleLineKind } from '#domain/rule/rule-lines.ts'
import type { RuleState } from '#domain/rule/rule-version.ts'
import { deficitLabels, groupLabels } from '#features/case-finding/labels.ts'
import { segmentLabels } from '#features/parts/find/stratum-labels.ts'

type Words = Readonly<Record<string, MessageDescriptor>>

/** A kind of line in the list of lines to add. */
export const lineKindWords: Readonly<Record<RuleLineKind, MessageDescriptor>> = {
  age: msg`Age`,
  conditions: msg`Some of these conditions`,
  'emergency-stay': msg`Emergency stays in hospital`,
  frailty: msg`Frailty count`,
  'frailty-up': msg`Frailty count that went up`,
  alone: msg`Lives alone`,
  medicines: msg`Number of medicines`,
  segment: msg`Stage of life`,
  chance: msg`Chance of an emergency stay`,
  'not-seen': msg`Not seen for some time`,
  'many-services': msg`Many services, nobody coordinates`,
  'high-use': msg`High use, two years running`,
  activation: msg`PAM level`,
  caseload: msg`On a caseload`,
  'not-now': msg`Not now: we decided so before`,
  'care-home': msg`In a care home`,
}

/** Why a line cannot judge somebody. */
export const unknownWords: Readonly<Record<RuleLineKind, MessageDescriptor>> = {
  age: msg`no date of birth`,
  conditions: msg`nothing coded, or codes that we cannot read`,
  'emergency-stay': msg`no contact recorded at all`,
  frailty: msg`no frailty count`,
  'frailty-up': msg`nothing coded at the time to compare with`,
  alone: msg`nobody wrote down whom they live with`,
  medicines: msg`nothing coded and no medicines`,
  segment: msg`nothing coded`,
  chance: msg`no chance counted`,
  'not-seen': msg`no contact recorded at all`,
  'many-services': msg`no contact recorded at all`,
  'high-use': msg`no contact recorded at all`,
  activation: msg`no PAM level was sent to us`,
  caseload: msg`not known`,
  'not-now': msg`not known`,
  'care-home': msg`not known`,
}

/** What a line cannot see even of those whom it judges. */
export const unseenWords: Partial<Record<RuleLineKind, MessageDescriptor>> = {
  'emergency-stay': msg`A stay that nobody sent to us is not seen.`,
  'not-seen': msg`A contact that nobody sent to us is not seen.`,
  'many-services': msg`A contact that does not name its service is not counted.`,
  'high-use': msg`A stay that nobody sent to us is not seen.`,
  'care-home': msg`A care home that nobody wrote down is not seen.`,
}

/** Conditions and stages of life that a line lists. */
export const amongWords: Words = { ...groupLabels, ...deficitLabels, ...segmentLabels }

export const ruleStateWords: Readonly<Record<RuleState, MessageDescriptor>> = {
  draft: msg`Being written`,
  tried: msg`Tried, not looked at yet`,
  'looked-at': msg`Tried and looked at`,
  asked: msg`Waits for a second person`,
  agreed: msg`Agreed, and waits for its day`,
  running: msg`Switched on`,
  replaced: msg`Replaced by a later version`,
  off: msg`Switched off`,
}
