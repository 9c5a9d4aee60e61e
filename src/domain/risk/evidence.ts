import { icd10Systems } from '#domain/fhir/codes.ts'

/** A diagnosis or circumstance on the record, as a score needs it. */
export type CodedCondition = Readonly<{
  /** reference, `Condition/<id>` */
  record: string
  codings: readonly Readonly<{ system: string; code: string }>[]
  display: string
  /** FHIR date or instant: onset, otherwise when it was recorded */
  date?: string
  /** why it does not count; absent: it counts */
  left?: LeftOut
}>

export type LeftOut = 'resolved' | 'inactive' | 'remission' | 'refuted' | 'entered-in-error'

export type CurrentMedicine = Readonly<{ record: string; name: string; date?: string }>

/** Everything that the scores use. */
export type Evidence = Readonly<{
  birthDate?: string
  conditions: readonly CodedCondition[]
  /** different medicines that are current, each once */
  medicines: readonly CurrentMedicine[]
}>

/** One record that a score is based on. */
export type ScoreInput = Readonly<{
  record: string
  code: string
  display: string
  date?: string
}>

export function isIcd10(system: string): boolean {
  return icd10Systems.includes(system)
}

export function inputOf(condition: CodedCondition, code: string): ScoreInput {
  const { record, display, date } = condition
  return { record, code, display, ...(date ? { date } : {}) }
}
