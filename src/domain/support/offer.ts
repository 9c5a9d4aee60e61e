import type { Who, WrittenBy } from '#domain/plan/plan.ts'

/** What helps people to look after themselves: each kind is a code, and a screen names it. */
export const offerKinds = [
  ...(['education', 'peer', 'equipment', 'community', 'benefit', 'break'] as const),
] as const
export type OfferKind = (typeof offerKinds)[number]

/** What the person says about an offer: whether they took it up, what it did for them, and that they stopped. */
export const offerAnswers = [
  ...(['taken-up', 'declined', 'helped', 'helped-little', 'not-helped', 'stopped'] as const),
] as const
export type OfferAnswer = (typeof offerAnswers)[number]

/** One thing the person said about an offer, on one day. It is not changed afterwards. */
export type OfferWord = Readonly<{
  id: string
  person: string
  /** id of the ServiceRequest */
  offer: string
  answer: OfferAnswer
  /** why, in their words; empty if they did not say */
  words: string
  by: Who
  /** the professional who wrote it down for the person */
  writtenDownBy?: Who
  /** instant */
  at: string
}>

/** Help for looking after oneself that somebody offered, with the goal it serves. */
export type SupportOffer = Readonly<{
  id: string
  person: string
  kind: OfferKind
  what: string
  /** who gives it, where and when */
  from: string
  /** id of the goal that it serves */
  goal?: string
  by: Who
  at: string
  /** the team cannot give it any more: why, by whom and when */
  ended?: WrittenBy & Readonly<{ words: string }>
  /** what the person said about it, the oldest first */
  said: readonly OfferWord[]
}>

export type OfferState = 'offered' | 'taken-up' | 'declined' | 'stopped' | 'ended'

const states: Readonly<Partial<Record<OfferAnswer, OfferState>>> = {
  'taken-up': 'taken-up',
  declined: 'declined',
  stopped: 'stopped',
}

const next: Readonly<Record<OfferState, readonly OfferAnswer[]>> = {
  offered: ['taken-up', 'declined'],
  declined: ['taken-up'],
  'taken-up': ['helped', 'helped-little', 'not-helped', 'stopped'],
  stopped: ['helped', 'helped-little', 'not-helped', 'taken-up'],
  ended: ['helped', 'helped-little', 'not-helped'],
}

/** After these answers, the oldest first. What helped is said about an offer and does not change its state. */
const stateAfter = (answers: readonly OfferAnswer[]): OfferState =>
  answers.reduce<OfferState>((state, answer) => states[answer] ?? state, 'offered')

export function offerState({ said, ended }: Pick<SupportOffer, 'said' | 'ended'>): OfferState {
  return ended ? 'ended' : stateAfter(said.map(({ answer }) => answer))
}

/** What can be said next. That an ended offer helped is said only by somebody who had taken it up. */
export function answersAfter(
  answers: readonly OfferAnswer[],
  isEnded: boolean,
): readonly OfferAnswer[] {
  if (!isEnded) return next[stateAfter(answers)]
  return answers.includes('taken-up') ? next.ended : []
}

/** The person has not said yes or no. */
export const isUnanswered = (offer: SupportOffer): boolean => offerState(offer) === 'offered'
