import type { FrailtyBand } from './deficits.ts'
import type { WhyNotUsed } from './risk-record.ts'

export type ScoreMethod = 'charlson-age' | 'frailty-count'

/** A record that a score was worked out from. */
export type UsedRecord = Readonly<{ ref: string; words: string; code: string; date?: string }>

/** One group of the score: a Charlson group, a deficit, or `age`. */
export type ScorePart = Readonly<{
  name: string
  points: number
  /** the graver group that counts in its place */
  outweighedBy?: string
  records: readonly UsedRecord[]
}>

export type MissingInput =
  | 'birth-date'
  | 'birth-day'
  | 'coded-conditions'
  | 'medicines'
  | 'age-range'

/** A score with everything it came from. It is never shown without. */
export type Score = Readonly<{
  method: ScoreMethod
  /** version of our rules */
  version: string
  /** the day it speaks of */
  day: string
  total: number
  band?: FrailtyBand
  age?: number
  parts: readonly ScorePart[]
  missing: readonly MissingInput[]
  notUsed: readonly Readonly<{ ref: string; words: string; why: WhyNotUsed }>[]
}>
