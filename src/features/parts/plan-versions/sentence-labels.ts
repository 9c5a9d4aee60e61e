import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { SentenceEnd, SentenceKind } from '#domain/plan/versions/plan-sentences.ts'

/** What a sentence of the plan is, for staff and for the person. */
export const sentenceLabels: Readonly<Record<SentenceKind, MessageDescriptor>> = {
  goal: msg`Goal`,
  why: msg`Why it matters`,
  step: msg`Step`,
  need: msg`Need`,
  'unmet-need': msg`Need nobody can meet yet`,
  strength: msg`Strength`,
  wish: msg`Wishes for later`,
  review: msg`Next review`,
  team: msg`In the team`,
  support: msg`Help that is arranged`,
  'just-in-case': msg`Kept ready, just in case`,
  'carer-ill': msg`If the carer is ill`,
  crisis: msg`Crisis plan`,
  'most-important': msg`What matters most`,
  'people-important': msg`People who matter`,
  communicate: msg`How to talk together`,
  wellness: msg`A good day and a bad day`,
  'please-do': msg`Please do, and please don’t`,
  also: msg`Also worth knowing`,
  green: msg`Green`,
  amber: msg`Amber`,
  red: msg`Red`,
}

export const endLabels: Readonly<Record<SentenceEnd, MessageDescriptor>> = {
  done: msg`Ended: done`,
  stopped: msg`Ended: stopped`,
  declined: msg`Ended: declined`,
  resolved: msg`Ended: no longer needed`,
  removed: msg`No longer in the plan`,
}
