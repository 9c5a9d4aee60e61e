import type { Basic } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import {
  as,
  boolean,
  code,
  dateTime,
  day,
  group,
  type In,
  integer,
  list,
  namedReference,
  oneOf,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'
import { type Kept, keptFromFhir, keptToFhir } from './kept-record.ts'

/** By whom an outcome is met: what the person can do comes first, what is paid for last (Care Act 2014, section 9(6)). */
export const waysToMeet = ['own-strength', 'carer', 'community', 'paid-care'] as const
export type WayToMeet = (typeof waysToMeet)[number]

export const paymentWays = ['bank', 'card', 'third-party'] as const
export type PaymentWay = (typeof paymentWays)[number]

/** What one review was: early, each year, or of the direct payment. */
export const reviewKinds = ['light', 'full', 'payment'] as const
export type ReviewKind = (typeof reviewKinds)[number]

/** How somebody else decides for a person who cannot: Mental Capacity Act 2005, sections 9, 16 and 4. Next of kin is none. */
const waysForThem = ['authority', 'best-interests'] as const
export type WayForThem = (typeof waysForThem)[number]

const content = {
  /** of the person’s own needs, or of their needs as a carer */
  assessed: oneOf(['adult', 'carer'], 'adult'),
  /** id of the decision that there is a right to support */
  decision: text,
  outcomes: as(
    'outcome',
    list(group({ outcome: code, how: text, ways: as('way', list(code)), who: text })),
  ),
  /** in hundredths of the currency: pence */
  budget: optional(
    group({
      ...{ amount: integer, per: oneOf(['week', 'year'], 'week'), currency: code },
      /** what the person pays of it themselves */
      share: integer,
      ...{ agreedOn: day, agreedBy: text },
    }),
  ),
  payment: optional(
    group({ way: oneOf(paymentWays, 'bank'), paidTo: text, startsOn: day, reviewOn: day }),
  ),
  startsOn: day,
  reviewOn: day,
} as const

/** What a professional writes: `version` is the one that was read, 0 for a new plan; `offer` asks the person for their answer. */
export const keepSupportPlanRequest = parameters({
  ...{ plan: text, version: integer, offer: boolean },
  ...content,
})
export type SupportPlanToKeep = In<typeof keepSupportPlanRequest>

const codec = parameters({
  ...content,
  /** counts what was changed: an answer is to one edition */
  edition: integer,
  /** the edition that the person was last asked about; 0: none */
  offered: integer,
  answers: as(
    'answer',
    list(
      group({
        ...{ edition: integer, agrees: boolean, words: text, by: namedReference, at: dateTime },
        /** how they said it, if a professional wrote it down, and who */
        ...{ said: text, writtenDownBy: text },
        /** by whom else it was decided, because the person cannot decide it, and on what that rests */
        forThem: optional(
          group({
            way: oneOf(waysForThem, 'best-interests'),
            /** of an authority, as the document in the record says */
            ...{ authority: code, signedOn: day },
            /** the finding that the person cannot decide it, `Observation/…` */
            capacity: text,
            /** the day of the decision */
            on: day,
          }),
        ),
      }),
    ),
  ),
  reviews: as(
    'review',
    list(group({ kind: oneOf(reviewKinds, 'full'), on: day, words: text, by: text, at: dateTime })),
  ),
  ended: optional(group({ by: text, at: dateTime, reason: text })),
})

type Content = In<typeof codec>

/** A support plan (Care Act 2014, section 25) from the outcomes that somebody has a right to support with. */
export type SupportPlan = Content & Kept

export const answerSupportPlanRequest = parameters({
  ...{ plan: text, edition: integer, agrees: boolean, words: text },
  /** how the person said it, if a professional writes it down */
  said: text,
  /** somebody else decided: the document (id) that gives an authority, or the best-interests record (id) */
  forThem: optional(
    group({ way: oneOf(waysForThem, 'best-interests'), rests: text, capacity: text, on: day }),
  ),
})
export type SupportPlanAnswer = In<typeof answerSupportPlanRequest>

export const supportPlanStepRequest = parameters({
  ...{ plan: text, version: integer, kind: oneOf([...reviewKinds, 'end'], 'end') },
  /** of a review: the day of it, and of the next one */
  ...{ on: day, next: day },
  words: text,
})
export type SupportPlanStep = In<typeof supportPlanStepRequest>

const keeping = { kind: 'support-plan', codec } as const

export const supportPlanToFhir = (plan: Omit<SupportPlan, 'version'>): Basic & { id: string } =>
  keptToFhir(keeping, plan, plan)
export const supportPlanFromFhir = (record: Basic): SupportPlan | undefined =>
  keptFromFhir(keeping, record)

export type SupportPlanState = 'draft' | 'offered' | 'agreed' | 'not-agreed' | 'ended'

type Standing = Pick<SupportPlan, 'edition' | 'offered' | 'answers' | 'ended'>

/** A change after the person’s answer is another edition: their answer does not cover it. */
export function supportPlanState({ edition, offered, answers, ended }: Standing): SupportPlanState {
  if (ended) return 'ended'
  if (offered !== edition) return 'draft'
  const last = answers.findLast((each) => each.edition === edition)
  if (!last) return 'offered'
  return last.agrees ? 'agreed' : 'not-agreed'
}

/**
 * Days. A light-touch review 6 to 8 weeks after it starts, and a review no later than every 12 months: Care and support
 * statutory guidance, chapter 13.
 */
const lightFrom = 6 * 7
const lightBy = 8 * 7
const fullWithin = 365
/**
 * Days. “At least once within the first 6 months of the direct payment being made and at intervals not exceeding 12
 * months thereafter”: The Care and Support (Direct Payments) Regulations 2014, regulation 7(1)(a).
 */
const paymentWithin = 182

export const lightReviewDays = (startsOn: string) => ({
  from: addDays(startsOn, lightFrom),
  by: addDays(startsOn, lightBy),
})
export const lastReviewDay = (from: string): string => addDays(from, fullWithin)
const firstPaymentReviewDay = (startsOn: string): string => addDays(startsOn, paymentWithin)

/** By when a direct payment has to be reviewed next. */
export function lastPaymentReviewDay(startsOn: string, reviews: SupportPlan['reviews']): string {
  const last = reviews.filter(({ kind }) => kind === 'payment').at(-1)?.on
  return last && last >= startsOn ? lastReviewDay(last) : firstPaymentReviewDay(startsOn)
}

/** The reviews that are still to come, with the day by which each is due; the earliest first. */
export function reviewsToCome(
  plan: Pick<SupportPlan, 'startsOn' | 'reviewOn' | 'payment' | 'reviews'>,
): readonly Readonly<{ kind: ReviewKind; from: string; by: string }>[] {
  const { startsOn, reviewOn, payment, reviews } = plan
  const isDone = reviews.some(({ kind }) => kind !== 'payment')
  const light = lightReviewDays(startsOn)
  return [
    ...(isDone || startsOn === '' ? [] : [{ kind: 'light' as const, ...light }]),
    ...(reviewOn ? [{ kind: 'full' as const, from: reviewOn, by: reviewOn }] : []),
    ...(payment?.reviewOn
      ? [{ kind: 'payment' as const, from: payment.reviewOn, by: payment.reviewOn }]
      : []),
  ].toSorted((one, other) => one.by.localeCompare(other.by))
}

/** What a week of the budget is, in hundredths: a year has 52 weeks and a day, so that a week of it is a 365th times 7. */
export function budgetOfWeek(budget: NonNullable<SupportPlan['budget']>): number {
  return budget.per === 'week' ? budget.amount : Math.round((budget.amount * 7) / 365)
}

export type SupportPlanFault =
  | 'no-outcome'
  | 'how'
  | 'ways'
  | 'starts-on'
  | 'review-on'
  | 'budget-amount'
  | 'budget-share'
  | 'budget-agreed'
  | 'payment'
  | 'payment-review'

/** What is missing or wrong before the person can be asked. `needed`: the outcomes they have a right to support with. */
export function supportPlanFaults(
  plan: Pick<SupportPlanToKeep, 'outcomes' | 'budget' | 'payment' | 'startsOn' | 'reviewOn'>,
  { needed, today }: Readonly<{ needed: readonly string[]; today: string }>,
): readonly SupportPlanFault[] {
  const { outcomes, budget, payment, startsOn, reviewOn } = plan
  const isMet = (outcome: string) =>
    outcomes.some((each) => each.outcome === outcome && each.how.trim() !== '')
  const some = outcomes.filter(({ how }) => how.trim() !== '')
  return [
    ...(some.length === 0 ? ['no-outcome' as const] : []),
    ...(needed.every(isMet) ? [] : ['how' as const]),
    ...(some.every(({ ways }) => ways.length > 0) ? [] : ['ways' as const]),
    ...(startsOn ? [] : ['starts-on' as const]),
    ...(isReviewSound(startsOn, reviewOn) ? [] : ['review-on' as const]),
    ...budgetFaults(budget, today),
    ...paymentFaults(payment, budget),
  ]
}

const isReviewSound = (startsOn: string, reviewOn: string) =>
  reviewOn !== '' &&
  (startsOn === '' || (reviewOn > startsOn && reviewOn <= lastReviewDay(startsOn)))

function budgetFaults(
  budget: SupportPlanToKeep['budget'],
  today: string,
): readonly SupportPlanFault[] {
  if (!budget) return []
  const { amount, share, agreedOn, agreedBy } = budget
  const isAgreed = agreedOn !== '' && agreedOn <= today && agreedBy.trim() !== ''
  return [
    ...(amount > 0 ? [] : ['budget-amount' as const]),
    ...(share >= 0 && share <= amount ? [] : ['budget-share' as const]),
    ...(isAgreed ? [] : ['budget-agreed' as const]),
  ]
}

function paymentFaults(
  payment: SupportPlanToKeep['payment'],
  budget: SupportPlanToKeep['budget'],
): readonly SupportPlanFault[] {
  if (!payment) return []
  const { paidTo, startsOn, reviewOn } = payment
  // a direct payment is of a budget: without one nobody knows how much it is
  const isWhole = budget !== undefined && paidTo.trim() !== '' && startsOn !== ''
  return [
    ...(isWhole ? [] : ['payment' as const]),
    ...(startsOn === '' || reviewOn > startsOn ? [] : ['payment-review' as const]),
  ]
}
