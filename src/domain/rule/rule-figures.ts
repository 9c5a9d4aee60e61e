import type { ComparedBy } from '#domain/population/compared.ts'
import type { RuleLineKind } from './rule-lines.ts'

/** What one line does: how many are left after it, whom it cannot judge, and who miss by it alone. */
export type LineFigures = Readonly<{
  left: number
  /** of everybody, whom this line cannot judge; absent in trials from before it was counted */
  unknown?: number
  /** of those who could not be judged, for whom this line is a reason */
  notJudged: number
  /** fit every other line, and not this one */
  missed: number
  /** of these, how many the line one step wider would find */
  caught: number
}>

/** What a trial found, in counts. Shares are worked out from them as they may be shown. */
export type RuleFigures = Readonly<{
  total: number
  lines: readonly LineFigures[]
  found: number
  /** against the running version, on the same records */
  added: number
  dropped: number
  kept: number
  notJudged: number
  /** free places of the coordinators, and how many of the added stand above their line; absent: nobody said */
  free?: number
  above?: number
  /** in the poorest fifth of streets, and whose street is known: of those found, found by the running version, and of all whom the first line finds */
  poor: PoorFigures
  poorBefore: PoorFigures
  poorAmong: PoorFigures
  /** by group: of those found and of all whom the first line finds; absent in trials from before it was counted */
  groups?: readonly GroupFigures[]
  /** as of a year ago; absent: no line of it was known then */
  yearAgo?: YearAgo
  /** the people to look at, drawn by lot */
  sample: readonly string[]
  /** how long it took */
  milliseconds: number
}>

export type GroupFigures = Readonly<{
  by: ComparedBy
  group: string
  selected: number
  eligible: number
}>

export type PoorFigures = Readonly<{ poor: number; known: number }>

export type YearAgo = Readonly<{
  found: number
  /** of these, how many had an emergency stay since */
  stayed: number
  /** of everybody known then */
  people: number
  peopleStayed: number
  /** the running version, run the same way */
  foundBefore: number
  stayedBefore: number
  /** lines that nobody can ask of a year ago, and were left out */
  without: readonly RuleLineKind[]
}>
