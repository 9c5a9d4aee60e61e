/**
 * The eight outcomes of a carer: The Care and Support (Eligibility Criteria) Regulations 2015, regulation 3(2)(b), in
 * our own words.
 */
export const carerOutcomes = [
  'children',
  'others',
  'home',
  'food',
  'relationships',
  'work',
  'community',
  'free-time',
] as const

export type CarerOutcome = (typeof carerOutcomes)[number]

/**
 * How it is with an outcome. The last three count as unable (SI 2015/313, regulation 3(3)(a) to (c)): not without help,
 * only with significant pain, distress or anxiety, or only in a way that endangers somebody. There is no fourth: that
 * something takes “significantly longer than would normally be expected” counts for adults who need care (regulation
 * 2(3)(d)), and not for carers. `not-mine`: it is no part of this carer’s life.
 * https://www.legislation.gov.uk/uksi/2015/313/regulation/3
 */
export const outcomeStates = ['able', 'not-mine', 'needs-help', 'distress', 'danger'] as const
export type OutcomeState = (typeof outcomeStates)[number]

/** Regulation 3(3). */
export const countsAsUnable = (state: OutcomeState | undefined): boolean =>
  state === 'needs-help' || state === 'distress' || state === 'danger'

/** What the answers come to, before anybody decides. */
export type AnswersComeTo = 'meets' | 'does-not-meet' | 'cannot-say'

export type YesOrNo = 'yes' | 'no'
