import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { CheckKind, CriterionAnswer } from '#domain/programme/criteria.ts'
import type { FidelityState } from '#domain/programme/fidelity.ts'
import type { EndReason, PauseReason } from '#domain/programme/programme.ts'
import type {
  EntryState,
  OutreachOutcome,
  OutreachWay,
  StepKind,
} from '#domain/programme/programme-entry.ts'
import type { WhyLeftOut } from '#domain/programme/why-left-out.ts'
import type { MarkState } from '#ui/feedback/state-mark.tsx'

type Words<T extends string> = Readonly<Record<T, MessageDescriptor>>

export const stateLabels: Words<EntryState> = {
  invited: msg`Invited`,
  entered: msg`In the programme`,
  paused: msg`Paused`,
  ended: msg`Ended`,
  declined: msg`Said no`,
}

export const stateMarks: Readonly<Record<EntryState, MarkState>> = {
  invited: 'writing',
  entered: 'agreed',
  paused: 'due',
  ended: 'missing',
  declined: 'missing',
}

export const reasonLabels: Words<PauseReason | EndReason> = {
  'in-hospital': msg`In hospital`,
  'asked-break': msg`Asked for a break`,
  away: msg`Away from home`,
  'goal-reached': msg`Reached the goal`,
  moved: msg`Moved away`,
  died: msg`Died`,
  'asked-to-stop': msg`Asked to stop`,
  'no-contact': msg`No contact for months`,
  other: msg`Other`,
}

export const wayLabels: Words<OutreachWay> = {
  call: msg`Call`,
  visit: msg`Visit`,
  letter: msg`Letter`,
}

export const outcomeLabels: Words<OutreachOutcome> = {
  reached: msg`Reached`,
  'no-answer': msg`No answer`,
  'call-back': msg`Asked us to call back`,
  declined: msg`Said no`,
  'wrong-number': msg`Wrong number or address`,
}

/** What somebody does next. */
export const stepLabels: Words<StepKind> = {
  invited: msg`Invite`,
  attempt: msg`Record an attempt`,
  entered: msg`Enter the programme`,
  paused: msg`Pause`,
  resumed: msg`Resume`,
  ended: msg`End`,
}

/** What was done. */
export const stepDoneLabels: Words<StepKind> = {
  invited: msg`Invited`,
  attempt: msg`Tried`,
  entered: msg`Entered`,
  paused: msg`Paused`,
  resumed: msg`Resumed`,
  ended: msg`Ended`,
}

export const answerLabels: Words<CriterionAnswer> = {
  met: msg`The record shows it`,
  'not-met': msg`The record shows another thing`,
  unknown: msg`Not on the record`,
  ask: msg`Ask the person`,
}

export const answerMarks: Readonly<Record<CriterionAnswer, MarkState>> = {
  met: 'agreed',
  'not-met': 'failed',
  unknown: 'missing',
  ask: 'writing',
}

export const fidelityLabels: Words<FidelityState> = {
  done: msg`Done`,
  partly: msg`Partly done`,
  'not-done': msg`Not done`,
  'not-recorded': msg`Not recorded`,
  'not-due': msg`Not due yet`,
}

export const fidelityMarks: Readonly<Record<FidelityState, MarkState>> = {
  done: 'agreed',
  partly: 'writing',
  'not-done': 'failed',
  'not-recorded': 'missing',
  'not-due': 'due',
}

export const whyLeftOutLabels: Words<WhyLeftOut> = {
  died: msg`Died`,
  joined: msg`Record joined to another`,
  'set-aside': msg`Record no longer in use`,
  case: msg`Said no to case management`,
  finding: msg`Said no to being looked for`,
}

export const checkLabels: Words<CheckKind> = {
  'age-from': msg`Age, from`,
  'difficulties-from': msg`Difficulties of the frailty count, from`,
  'stays-from': msg`Emergency stays in twelve months, from`,
  'medicines-from': msg`Medicines, from`,
  condition: msg`A condition, by its name`,
  'just-home': msg`Home from hospital in the last 30 days`,
  'no-coordinator': msg`Nobody coordinates yet`,
}
