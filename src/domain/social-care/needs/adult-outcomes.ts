/**
 * The ten outcomes of an adult: The Care and Support (Eligibility Criteria) Regulations 2015, regulation 2(2), in our
 * own words.
 */
export const adultOutcomes = [
  'nutrition',
  'hygiene',
  'toilet',
  'clothing',
  'safe-home',
  'habitable-home',
  'relationships',
  'work',
  'community',
  'children',
] as const

export type AdultOutcome = (typeof adultOutcomes)[number]

/**
 * How it is with an outcome. The last four count as unable (SI 2015/313, regulation 2(3)(a) to (d)): not without help,
 * only with significant pain, distress or anxiety, only in a way that endangers somebody, or only in significantly more
 * time than would normally be expected. `not-mine`: it is no part of this adult’s life.
 * https://www.legislation.gov.uk/uksi/2015/313/regulation/2
 */
export const adultStates = [
  'able',
  'not-mine',
  'needs-help',
  'distress',
  'danger',
  'longer',
] as const
export type AdultState = (typeof adultStates)[number]

/** Regulation 2(3). */
export const isUnable = (state: AdultState | undefined): boolean =>
  state !== undefined && state !== 'able' && state !== 'not-mine'
