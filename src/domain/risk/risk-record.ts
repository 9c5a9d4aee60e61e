/** One condition of the coded record, as the scores need it. */
export type RecordedCondition = Readonly<{
  /** e.g. `Condition/x` */
  ref: string
  words: string
  codes: readonly Readonly<{ system: 'snomed' | 'icd10' | 'other'; code: string }>[]
  /** FHIR date of onset, else of recording */
  date: string | undefined
  abated: string | undefined
  /** FHIR condition-clinical code */
  clinical: string | undefined
  /** FHIR condition-ver-status code */
  verification: string | undefined
  /** a need in the words of a plan, not a diagnosis */
  isNeed: boolean
}>

export type RecordedMedicine = Readonly<{ ref: string; words: string; date: string | undefined }>

/** What the two scores are worked out from. */
export type RiskRecord = Readonly<{
  birthDate: string | undefined
  conditions: readonly RecordedCondition[]
  /** prescribed or taken now */
  medicines: readonly RecordedMedicine[]
}>

/** Why a recorded condition does not count in a score. */
export type WhyNotUsed =
  | 'not-in-score'
  | 'no-code'
  | 'resolved'
  | 'later'
  | 'refuted'
  | 'entered-in-error'
  | 'not-confirmed'

const unsure = ['unconfirmed', 'provisional', 'differential']
const over = ['inactive', 'remission', 'resolved']

/** Why the record itself keeps a condition out of every score on this day; undefined when it stands. */
export function whyOut(condition: RecordedCondition, day: string): WhyNotUsed | undefined {
  const { verification = 'confirmed', clinical = 'active', date, abated } = condition
  if (verification === 'refuted' || verification === 'entered-in-error') return verification
  if (unsure.includes(verification)) return 'not-confirmed'
  if (date !== undefined && date.slice(0, 10) > day) return 'later'
  if (over.includes(clinical)) return 'resolved'
  if (abated !== undefined && abated.slice(0, 10) <= day) return 'resolved'
  return undefined
}
