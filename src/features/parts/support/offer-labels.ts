import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OfferAnswer, OfferKind, OfferState } from '#domain/support/offer.ts'
import type { MarkState } from '#ui/feedback/state-mark.tsx'

export const offerKindLabels: Readonly<Record<OfferKind, MessageDescriptor>> = {
  education: msg`Learning about my health`,
  peer: msg`Meeting people like me`,
  equipment: msg`Tools for daily life`,
  community: msg`Groups near me`,
}

/** The same kinds, as professionals call them. */
export const offerKindNames: Readonly<Record<OfferKind, MessageDescriptor>> = {
  education: msg`Education`,
  peer: msg`Peer support`,
  equipment: msg`Tools and equipment`,
  community: msg`Community group`,
}

export const offerStateLabels: Readonly<Record<OfferState, MessageDescriptor>> = {
  offered: msg`No answer yet`,
  'taken-up': msg`Taken up`,
  declined: msg`Not taken up`,
  stopped: msg`Stopped`,
  ended: msg`No longer offered`,
}

export const offerStateMarks: Readonly<Record<OfferState, MarkState>> = {
  offered: 'due',
  'taken-up': 'agreed',
  declined: 'missing',
  stopped: 'missing',
  ended: 'missing',
}

export const offerAnswerLabels: Readonly<Record<OfferAnswer, MessageDescriptor>> = {
  'taken-up': msg`Took it up`,
  declined: msg`Did not take it up`,
  helped: msg`It helped`,
  'helped-little': msg`It helped a little`,
  'not-helped': msg`It did not help`,
  stopped: msg`Stopped`,
}

/** The same answers, as the person chooses them. */
export const myAnswerLabels: Readonly<Record<OfferAnswer, MessageDescriptor>> = {
  'taken-up': msg`Yes, I do this`,
  declined: msg`No, this is not for me`,
  helped: msg`It helped me`,
  'helped-little': msg`It helped me a little`,
  'not-helped': msg`It did not help me`,
  stopped: msg`I stopped`,
}

/** What is asked with each answer. */
export const whyLabels: Readonly<Record<OfferAnswer, MessageDescriptor>> = {
  'taken-up': msg`Why? You can leave this empty.`,
  declined: msg`Why not? You can leave this empty.`,
  helped: msg`What helped? You can leave this empty.`,
  'helped-little': msg`What helped, and what did not? You can leave this empty.`,
  'not-helped': msg`What was not right? You can leave this empty.`,
  stopped: msg`Why? You can leave this empty.`,
}
