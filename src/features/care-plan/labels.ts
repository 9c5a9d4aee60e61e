import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { GoalProgress } from '#domain/goal/goal.ts'
import type { PromiseState } from '#domain/goal/promise-state.ts'
import type { AboutMeSectionName } from '#domain/plan/about-me.ts'
import type { RoomState } from '#domain/plan/house/room-state.ts'
import type { NeedKind } from '#domain/plan/need-kind.ts'
import type { EventAnswer, HouseRoom, PlanEvent } from '#domain/plan/plan.ts'

export const roomLabels: Readonly<Record<HouseRoom, MessageDescriptor>> = {
  roof: msg`How it is organised`,
  me: msg`Me`,
  conversation: msg`Our conversation`,
  team: msg`My team`,
  support: msg`What supports us`,
}

export const sectionLabels: Readonly<Record<AboutMeSectionName, MessageDescriptor>> = {
  'most-important': msg`What is most important to me`,
  'people-important': msg`People who are important to me`,
  communicate: msg`How I communicate and how to communicate with me`,
  wellness: msg`My wellness: a good day and a bad day`,
  'please-do': msg`Please do, and please don’t`,
  support: msg`How and when to support me`,
  also: msg`Also worth knowing about me`,
}

export const shortSectionLabels: Readonly<Record<AboutMeSectionName, MessageDescriptor>> = {
  'most-important': msg`what matters most`,
  'people-important': msg`people who matter`,
  communicate: msg`how to talk with me`,
  wellness: msg`a good day`,
  'please-do': msg`please do, please don’t`,
  support: msg`when to support me`,
  also: msg`also worth knowing`,
}

export const needKindLabels: Readonly<Record<NeedKind, MessageDescriptor>> = {
  health: msg`Health`,
  social: msg`Social`,
  both: msg`Health and social`,
  strength: msg`Strength`,
}

export const promiseLabels: Readonly<Record<PromiseState, MessageDescriptor>> = {
  done: msg`Done`,
  'did-not-happen': msg`Did not happen`,
  refused: msg`Declined`,
  stopped: msg`Stopped`,
  overdue: msg`Overdue`,
  today: msg`Today`,
  'to-come': msg`To come`,
  undated: msg`No date yet`,
}

export const progressLabels: Readonly<Record<GoalProgress, MessageDescriptor>> = {
  'in-progress': msg`Under way`,
  improving: msg`Coming closer`,
  'no-change': msg`The same as before`,
  worsening: msg`Further away`,
  achieved: msg`Reached`,
}

export const eventLabels: Readonly<Record<PlanEvent['kind'], MessageDescriptor>> = {
  'start-plan': msg`started the plan`,
  'write-about-me': msg`wrote in About me`,
  'write-need': msg`wrote down a need`,
  'write-goal': msg`wrote a goal`,
  'write-action': msg`wrote down a step`,
  'write-what-if': msg`wrote what to do if things get worse`,
  'set-review': msg`set the date of the next review`,
  undo: msg`undid their own last change`,
  'set-limit': msg`agreed a limit for a reading`,
  'hold-review': msg`wrote down a review`,
  'finish-step': msg`ticked a step as done`,
  'reopen-step': msg`took up a step again`,
  'start-step': msg`began a step`,
  'accept-step': msg`said yes to doing a step`,
  'decline-step': msg`said no to doing a step`,
  'stop-step': msg`stopped a step`,
  'hand-on-step': msg`passed on a step`,
  'reach-goal': msg`said that a goal is reached`,
  'reopen-goal': msg`took up a goal again`,
  'stop-goal': msg`stopped a goal`,
  'settle-need': msg`said that a need is settled`,
  'reopen-need': msg`said that a need is back`,
  'remove-part': msg`removed a part of the plan`,
  'answer-promise': msg`said whether a promise was kept`,
  comment: msg`made a comment`,
  agree: msg`agreed to the plan`,
  'agree-in-part': msg`agreed to part of the plan`,
  disagree: msg`said “not like this”`,
  'change-access': msg`changed who can see this record`,
  'change-home': msg`changed the record of the care home`,
  suggest: msg`suggested other words`,
  decide: msg`decided about a suggestion`,
  'offer-help': msg`offered help`,
  'answer-offer': msg`answered an offer of help`,
}

/** The same for a record that was there before. */
export const changeLabels: Readonly<Partial<Record<PlanEvent['kind'], MessageDescriptor>>> = {
  'write-need': msg`changed a need`,
  'write-goal': msg`changed a goal`,
  'write-action': msg`changed a step`,
  'write-what-if': msg`changed what to do if things get worse`,
}

/** What was answered to a promise, to an offer of help, or to a suggestion. */
export const eventAnswerLabels: Readonly<Record<EventAnswer, MessageDescriptor>> = {
  happened: msg`said that a promise was kept`,
  'did-not-happen': msg`said that a promise was not kept`,
  'taken-up': msg`said yes to an offer of help`,
  declined: msg`said no, thank you, to an offer of help`,
  helped: msg`said that this helped`,
  'helped-little': msg`said that this helped a little`,
  'not-helped': msg`said that this did not help`,
  stopped: msg`stopped using help that was offered`,
  taken: msg`accepted suggested words`,
  'taken-changed': msg`accepted part of a suggestion`,
  'not-taken': msg`did not accept suggested words`,
}

export const roomStateLabels: Readonly<Record<RoomState, MessageDescriptor>> = {
  empty: msg`Nothing said yet`,
  writing: msg`Being written`,
  agreed: msg`Agreed`,
  'not-all-agreed': msg`Not all agreed`,
  due: msg`Something is due`,
}
