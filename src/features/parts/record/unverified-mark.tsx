import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { UnverifiedKind } from '#domain/record/unverified.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'

const words: Readonly<Record<UnverifiedKind, MessageDescriptor>> = {
  template: msg`Templates have not been clinically reviewed yet. They suggest; you choose.`,
  'plain-words': msg`These plain words are our own. No clinician has checked them yet.`,
  'review-days': msg`How many days count is our own choice: no guideline says it, and no clinician has checked it yet.`,
  'today-days': msg`How many days count here is our own choice. No clinician has checked it yet.`,
  'referral-days': msg`How many days count here is our own choice. No standard sets it, and nobody has checked it yet.`,
  'frailty-codes': msg`No clinical coder has checked yet which codes count.`,
  'call-script': msg`These questions are our own words. No clinician has checked them yet.`,
  'population-bands': msg`Where the bands begin follows a published model from memory. That this chance cuts them is our own. Nobody has checked it yet.`,
  'answer-rule': msg`Nobody has checked yet the number at which this is suggested.`,
  'care-card': msg`These cards are our own words. No clinician has checked them yet. That a card is not shown does not mean that all is well.`,
  'urgent-words': msg`Which words sound urgent is our own list. No clinician has checked it yet.`,
  'trend-rules': msg`No clinician has checked yet how these rules are used here.`,
  'alert-answer-time': msg`Four working hours to answer an alert is our own choice. No clinician has checked it yet.`,
  'caseload-weight': msg`What counts, and how much, is our own choice. Nobody has checked it yet.`,
  'cycle-months': msg`How many months are enough is our own choice. Nobody has checked it yet.`,
  'parr-30': msg`Nobody has checked yet which coefficient belongs to which condition.`,
}

/** Beside clinical content or a number of our own that no clinician has checked: it says so wherever it is met. */
export function UnverifiedMark({ what }: Readonly<{ what: UnverifiedKind }>) {
  const { i18n } = useLingui()
  return (
    <p className="gable-meta">
      <StateMark state="missing">{i18n._(words[what])}</StateMark>
    </p>
  )
}
