import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { AgendaKind } from '#domain/meeting/agenda.ts'
import type { DecisionKind, Presence } from '#domain/meeting/team-talk.ts'

export const agendaLabels: Readonly<Record<AgendaKind, MessageDescriptor>> = {
  'own-question': msg`Their own question`,
  'put-off': msg`Needed more time last time`,
  'in-hospital': msg`In hospital`,
  home: msg`Home from hospital this week`,
  alert: msg`An alert is open`,
  'asked-by-carer': msg`A carer asks`,
  asked: msg`A colleague asks`,
  promise: msg`A promise is late or did not happen`,
  review: msg`The review is due`,
  'not-agreed': msg`The plan is not agreed`,
  unmet: msg`A need nobody can meet yet`,
  'no-contact': msg`No contact for 60 days`,
}

export const decisionKindLabels: Readonly<Record<DecisionKind, MessageDescriptor>> = {
  task: msg`A task`,
  plan: msg`A change to the plan`,
  goal: msg`A new goal, suggested`,
  step: msg`A new step, suggested`,
  referral: msg`A referral`,
  'unmet-need': msg`A need nobody can meet yet`,
}

export const presenceLabels: Readonly<Record<Presence, MessageDescriptor>> = {
  there: msg`In the room`,
  wrote: msg`Wrote beforehand`,
  'cannot-come': msg`Cannot come`,
  'not-heard': msg`Not heard from`,
}
