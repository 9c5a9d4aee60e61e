import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OfferAnswer, OfferKind, OfferState } from '#domain/support/offer.ts'
import type { MarkState } from '#ui/feedback/state-mark.tsx'

export const offerKindLabels: Readonly<Record<OfferKind, MessageDescriptor>> = {
  education: msg`Learning about my health`,
  peer: msg`Meeting people like me`,
  equipment: msg`Tools for daily life`,
  community: msg`Groups near me`,
  benefit: msg`Money I have a right to`,
  break: msg`A break`,
}

/** The same kinds, as professionals call them. */
export const offerKindNames: Readonly<Record<OfferKind, MessageDescriptor>> = {
  education: msg`Education`,
  peer: msg`Peer support`,
  equipment: msg`Tools and equipment`,
  community: msg`Community group`,
  benefit: msg`Money and benefits`,
  break: msg`A break`,
}

type ByKind = Readonly<Record<OfferKind, MessageDescriptor>>

const inUse: ByKind = {
  education: msg`Taken up`,
  peer: msg`Taken up`,
  community: msg`Taken up`,
  equipment: msg`In use`,
  benefit: msg`Applied for`,
  break: msg`Taken up`,
}

const noMore: ByKind = {
  education: msg`Stopped`,
  peer: msg`Stopped`,
  community: msg`Stopped`,
  equipment: msg`No longer in use`,
  benefit: msg`Stopped`,
  break: msg`Stopped`,
}

/** What has become of an offer, in words that fit what was offered. */
export const offerStateLabels = (
  kind: OfferKind,
): Readonly<Record<OfferState, MessageDescriptor>> => ({
  offered: msg`No answer yet`,
  'taken-up': inUse[kind],
  declined: msg`Not taken up`,
  stopped: noMore[kind],
  ended: msg`No longer offered`,
})

export const offerStateMarks: Readonly<Record<OfferState, MarkState>> = {
  offered: 'due',
  'taken-up': 'agreed',
  declined: 'missing',
  stopped: 'missing',
  ended: 'missing',
}

type Answers = Readonly<Record<OfferAnswer, MessageDescriptor>>

const takesUp: ByKind = {
  education: msg`Takes part`,
  peer: msg`Goes there`,
  community: msg`Goes there`,
  equipment: msg`Uses it`,
  benefit: msg`Has applied for it`,
  break: msg`Takes the break`,
}

const stops: ByKind = {
  education: msg`Stopped going`,
  peer: msg`Stopped going`,
  community: msg`Stopped going`,
  equipment: msg`No longer uses it`,
  benefit: msg`No longer gets it`,
  break: msg`No longer takes it`,
}

/** What the person says, as others write it down and read it. */
export const offerAnswerLabels = (kind: OfferKind): Answers => ({
  'taken-up': takesUp[kind],
  declined: msg`Does not want it`,
  helped: msg`It helped`,
  'helped-little': msg`It helped a little`,
  'not-helped': msg`It did not help`,
  stopped: stops[kind],
})

const iTakeUp: ByKind = {
  education: msg`Yes, I take part`,
  peer: msg`Yes, I go there`,
  community: msg`Yes, I go there`,
  equipment: msg`Yes, I use it`,
  benefit: msg`Yes, I have applied for it`,
  break: msg`Yes, I take the break`,
}

const iStop: ByKind = {
  education: msg`I stopped going`,
  peer: msg`I stopped going`,
  community: msg`I stopped going`,
  equipment: msg`I no longer use it`,
  benefit: msg`I no longer get it`,
  break: msg`I no longer take it`,
}

/** The same answers, as the person chooses them. */
export const myAnswerLabels = (kind: OfferKind): Answers => ({
  'taken-up': iTakeUp[kind],
  declined: msg`No, this is not for me`,
  helped: msg`It helped me`,
  'helped-little': msg`It helped me a little`,
  'not-helped': msg`It did not help me`,
  stopped: iStop[kind],
})

/** What is asked with each answer. */
export const whyLabels: Readonly<Record<OfferAnswer, MessageDescriptor>> = {
  'taken-up': msg`Why? You can leave this empty.`,
  declined: msg`Why not? You can leave this empty.`,
  helped: msg`What helped? You can leave this empty.`,
  'helped-little': msg`What helped, and what did not? You can leave this empty.`,
  'not-helped': msg`What was not right? You can leave this empty.`,
  stopped: msg`Why? You can leave this empty.`,
}
