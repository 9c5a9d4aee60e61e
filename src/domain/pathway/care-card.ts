import type { SuggestedKind } from '#domain/suggestion/answer-rule/answer-rule.ts'
import type { ConditionKind } from './condition-kinds.ts'
import type { MedicineKind } from './medicine-kinds.ts'

/** Results that a card looks for. Their names are those of the glossary. */
export type ResultKind = 'kidneys' | 'potassium' | 'blood-pressure' | 'weight' | 'long-blood-sugar'

/** One thing that the record, or an answer, must say. */
export type CardTest =
  | Readonly<{ on: 'condition'; among: readonly ConditionKind[] }>
  /** so many different medicines of these kinds; one without `from` */
  | Readonly<{ on: 'medicine'; among: readonly MedicineKind[]; from?: number }>
  | Readonly<{ on: 'no-medicine'; among: readonly MedicineKind[] }>
  /** so many different medicines at once */
  | Readonly<{ on: 'medicines'; from: number }>
  /** so many of the 36 difficulties of the frailty index */
  | Readonly<{ on: 'difficulties'; from: number }>
  /** the newest finished answers of the last year to one of our own forms, in lines as rules on answers have them */
  | Readonly<{ on: 'answers'; form: string; when: readonly string[] }>
  /** a result of so many months is below a number; no result is said as missing, and the card is shown too */
  | Readonly<{ on: 'result-below'; result: ResultKind; below: number; months: number }>
  | Readonly<{ on: 'no-result'; result: ResultKind; months: number }>

/** What somebody needs to know to judge. What is not there is said; it never counts as fine. */
export type CardNeed =
  | Readonly<{ on: 'result'; result: ResultKind; months: number }>
  | Readonly<{ on: 'asked'; form: string; name: string; months: number }>

/** What can be taken into the plan: a rule’s words, as on answers. */
export type CardStep = Readonly<{
  code: string
  kind: SuggestedKind
  words: string
  /** for a task: within so many days */
  days?: number
  /** for an assessment: the name of our own form to ask next */
  next?: string
}>

/** A statement of a card, in our own words, with where its idea is from. */
export type CardLine = Readonly<{ words: string; source: string }>

/**
 * Something worth a look when the record says a condition, or which medicines. It suggests, and never says what to do.
 * @unverified care-card
 */
export type CareCard = Readonly<{
  code: string
  version: number
  kind: 'pathway' | 'medicine'
  title: string
  lines: readonly CardLine[]
  /** shown when every test of one of these groups holds */
  shows: readonly (readonly CardTest[])[]
  needs: readonly CardNeed[]
  steps: readonly CardStep[]
}>

/** A card as it is here: shipped, or as somebody switched it. */
export type CareCardHere = CareCard &
  Readonly<{ isOn: boolean; changedBy?: string; changedAt?: string }>

/** The rule that a step counts as on the board, and in its suggestion. */
export const ruleOfStep = (card: string, step: string): string => `card-${card}-${step}`

/** Why a card is shown: which record says what, since when. */
export type CardReason = Readonly<{ words: string; record: string; on?: string }>

/** Something that is needed to judge: what the record says, or that it says nothing. */
export type CardFact = Readonly<{ words: string; on?: string; isMissing: boolean }>

/** A card that is shown for somebody. */
export type ShownCard = Readonly<{
  card: CareCard
  why: readonly CardReason[]
  facts: readonly CardFact[]
  /** the same for the same records: what was decided of a finding is not asked again */
  finding: string
}>
