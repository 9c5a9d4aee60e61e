import type { Measure } from '#domain/case/measures.ts'
import { wilsonInterval } from '#domain/stratification/wilson-interval.ts'

/** By what people above the line are compared with all who could be there, in the order of the page. */
export const comparedBy = ['deprivation', 'ethnicity', 'age', 'sex', 'language'] as const
export type ComparedBy = (typeof comparedBy)[number]

/** The groups of each comparison, in the order of the page; the last is never left out silently. */
export const comparedGroups: Readonly<Record<ComparedBy, readonly string[]>> = {
  deprivation: ['1', '2', '3', '4', '5', 'unknown'],
  ethnicity: ['asian', 'black', 'mixed', 'white', 'other', 'unknown'],
  age: ['under-65', '65', '80', 'unknown'],
  sex: ['female', 'male', 'other', 'unknown'],
  language: ['en', 'other', 'unknown'],
}

/** `few`: the bar holds the circle, but so few were to be expected that it says little. `hidden`: too small to be shown. */
const verdicts = ['fewer', 'more', 'expected', 'few', 'hidden'] as const
export type FairVerdict = (typeof verdicts)[number]

export type Compared = Readonly<{
  selected: Measure
  eligible: Measure
  /** in 100 of those above the line: the diamond, and the ends of its 95 % bar */
  share?: number
  low?: number
  high?: number
  /** in 100 of all who could be above the line: the circle */
  among?: number
  verdict: FairVerdict
}>

type Counts = Readonly<{ selected: Measure; eligible: Measure }>
type Totals = Readonly<{ selected: number; eligible: number }>

/** With fewer to be expected a bar that holds the circle says little. Our own limit. */
const fewestExpected = 9

/**
 * One group above the line, compared with its share of all who could be there. Other than expected only if the circle
 * lies outside the bar. Worked out from the counts as they may be shown; of a hidden count the largest that it can be
 * decides, so that a group that is left out altogether is still found.
 */
export function compared({ selected, eligible }: Counts, totals: Totals): Compared {
  const among = 'count' in eligible ? eligible.count / totals.eligible : undefined
  const counts = { selected, eligible }
  if (among === undefined || totals.selected === 0) return { ...counts, verdict: 'hidden' }
  const shown = 'count' in selected
  const found = shown ? Math.min(selected.count, totals.selected) : selected.fewerThan - 1
  const { low, high } = wilsonInterval(found, totals.selected)
  const circle = { ...counts, among: in100(among) }
  if (!shown) return { ...circle, verdict: among > high ? 'fewer' : 'hidden' }
  const share = found / totals.selected
  return {
    ...circle,
    ...{ share: in100(share), low: in100(low), high: in100(high) },
    verdict: verdictOf(among, { low, high }, totals.selected),
  }
}

function verdictOf(
  among: number,
  { low, high }: Readonly<{ low: number; high: number }>,
  selected: number,
): FairVerdict {
  if (among > high) return 'fewer'
  if (among < low) return 'more'
  return among * selected < fewestExpected ? 'few' : 'expected'
}

const in100 = (share: number) => Math.round(Math.min(1, share) * 1_000) / 10
