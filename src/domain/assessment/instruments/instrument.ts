import { gableUrl } from '#domain/fhir/codes.ts'
import type { ScoreRule } from './score-rule.ts'

/** What an assessment is about, in the order of the library page. */
export const topics = [
  'wellbeing',
  'mood',
  'cognition',
  'falls',
  'mobility',
  'frailty',
  'pain',
  'nutrition',
  'daily-living',
  'medicines',
  'loneliness',
  'activation',
  'home-safety',
  'carer',
  'hospital',
] as const

export type Topic = (typeof topics)[number]

/**
 * How an instrument may be used. `free`: its text may be shown. `pending`: free, but no licence text was found, so it
 * waits for clinical sign-off. `own`: our own text. `pack`: only after the organisation has said that it may use it.
 * `score-only`: the score from the licensed form, never its text.
 */
export type InstrumentLicence = 'free' | 'pending' | 'own' | 'pack' | 'score-only'

/** One value among several that are never added up. */
export type SeparateValue = Readonly<{
  item: string
  name: string
  /** code of our own, for the record */
  code: string
  bands: ScoreRule['bands']
  source: string
  max: number
  better: 'lower' | 'higher'
}>

/** What is known of an instrument without its questions. */
export type Instrument = Readonly<{
  id: string
  url: string
  version: string
  title: string
  topic: Topic
  licence: InstrumentLicence
  /** who owns it, and on what terms it is used here */
  terms: string
  rule?: ScoreRule
  /** values that are shown one by one, because there is no total */
  separate?: readonly SeparateValue[]
  /** by link id: which answer is the worse one, to say what changed since last time; `more`: a higher number, or more points */
  worse?: Readonly<Record<string, 'yes' | 'no' | 'more'>>
  /** how words and contact are suited to a result, by band: our own text */
  suited?: Readonly<Record<string, readonly string[]>>
}>

/** The address of a questionnaire of ours. */
export const libraryUrl = (id: string): string => gableUrl(`Questionnaire/${id}`)
