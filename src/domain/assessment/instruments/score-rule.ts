import type { FormAnswers } from '#domain/assessment/form.ts'

/** A range of a score, and what it means in plain words. */
export type Band = Readonly<{
  code: string
  from: number
  to: number
  /** not included */
  below?: number
  name: string
  meaning: string
  /** chosen by the rule for a reason other than the total, so the total alone never gives it */
  notByTotal?: true
}>

type ScoreCode = Readonly<{ system: string; code: string; display: string }>

/** One part of a score that stands on the record beside the total. */
export type ScorePart = Readonly<{
  code: ScoreCode
  value: number | string
}>

/** What a rule makes of answers. `band`: if the total alone does not decide it. */
export type WorkedOut = Readonly<{ value: number; band?: string; parts?: readonly ScorePart[] }>

/** The smallest change that is more than chance, as published. */
type ChangeThatMatters = Readonly<{ by: number; source: string; verified?: boolean }>

export type ScoreRule = Readonly<{
  questionnaire: string
  versions: readonly string[]
  /** `expression`: the questionnaire works it out itself, or it is typed in */
  method: 'sum-of-ordinals' | 'count-of-yes' | 'worked-out' | 'expression'
  items: readonly string[]
  /** for `worked-out`: asked only when every item has an answer */
  workOut?: (answers: FormAnswers) => WorkedOut | undefined
  /** each point counts so many times */
  times?: number
  /** a question that is not asked because of an answer before it counts nought */
  notAskedIsNought?: true
  code: ScoreCode
  bands: readonly Band[]
  min?: number
  max?: number
  unit?: Readonly<{ system?: string; code?: string; display: string }>
  /** for `expression`: link id of the question that holds the score */
  item?: string
  /** where the rule and its limits were published */
  source: string
  /** what the score does not say */
  caution: string
  /** which of its numbers were not checked against the publication */
  unverified?: string
  better?: 'lower' | 'higher'
  change?: ChangeThatMatters
  /** the answers that say with which version, when and by whom a score was taken on paper */
  taken?: Readonly<{ version: string; day: string; by: string }>
}>
