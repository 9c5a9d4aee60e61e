/** What a value is: a share in 100, a rate, or a mean for each of those counted. */
export const measureUnits = ['percent', 'per-100', 'per-1000', 'points', 'days'] as const
export type MeasureUnit = (typeof measureUnits)[number]

/** What Gable counts from its own records and from feeds. */
export type BuiltInMeasure =
  | 'goals-reached'
  | 'promises-kept'
  | 'plan-reviewed'
  | 'contacted-48h'
  | 'involved'
  | 'wellbeing'
  | 'carer-strain'
  | 'activation-change'
  | 'emergency-admissions'
  | 'readmissions-30'
  | 'avoidable-admissions'
  | 'bed-days'
  | 'days-at-home'

/** Which way is better. */
export const measureDirections = ['increase', 'decrease', 'neutral'] as const
export type MeasureDirection = (typeof measureDirections)[number]

/** A measure in plain words; numbers are in the results alone. */
export type MeasureWords = Readonly<{
  title: string
  /** what the measure asks, as somebody would say it */
  question: string
  /** who is in the numerator, in the denominator, and who is left out of both */
  numerator: string
  denominator: string
  exclusions: string
  /** the records that it is counted from, and whose definition it is */
  source: string
}>

/** One partner’s answer to what was proposed. */
export type PartnerAnswer = Readonly<{
  organisation: string
  name: string
  yes: boolean
  by: string
  on: string
  words: string
}>

export type ProposalKind = 'add' | 'drop'

/** What the partners are asked: to take a measure into the shown ones, or out of them. */
export type MeasureProposal = Readonly<{
  kind: ProposalKind
  by: string
  on: string
  why: string
  answers: readonly PartnerAnswer[]
}>

export type MeasureState = 'proposed' | 'agreed' | 'dropped'

/** One version of a measure as the partners agreed to it, or are asked to. */
export type MeasureDefinition = MeasureWords &
  Readonly<{
    id: string
    version: string
    /** where it stands on the page */
    place: number
    /** undefined: it is evaluated elsewhere (CQL) */
    builtIn: BuiltInMeasure | undefined
    unit: MeasureUnit
    direction: MeasureDirection
    target: number | undefined
    state: MeasureState
    /** the day on which the last partner said yes */
    agreedOn: string | undefined
    /** who said yes to it */
    agreedBy: readonly PartnerAnswer[]
    /** open question to the partners */
    proposal: MeasureProposal | undefined
  }>

/** So many are shown at most: a small set that everybody can keep in mind. */
export const mostMeasures = 10

const factors: Readonly<Record<MeasureUnit, number>> = {
  ...{ percent: 100, 'per-100': 100, 'per-1000': 1_000 },
  ...{ points: 1, days: 1 },
}

/** The value to one decimal place; undefined of nobody. */
export function measureValue(
  unit: MeasureUnit,
  { numerator, denominator }: Readonly<{ numerator: number; denominator: number }>,
): number | undefined {
  if (denominator <= 0) return undefined
  return Math.round((factors[unit] * numerator * 10) / denominator) / 10
}

/** A share of those counted: whoever is not in the numerator is counted by subtraction too. */
export const isShare = (unit: MeasureUnit): boolean => unit === 'percent'
