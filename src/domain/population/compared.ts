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

/** `few`: the bar holds the circle, but so few were to be expected that it says little. `hidden`: too small to be shown. `withheld`: not shown, because it would tell a small one by subtraction. */
const verdicts = ['fewer', 'more', 'expected', 'few', 'hidden', 'withheld'] as const
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
 * lies outside the bar. Worked out from the counts as they may be shown.
 */
export function compared({ selected, eligible }: Counts, totals: Totals): Compared {
  const counts = { selected, eligible }
  const circle =
    'count' in eligible && totals.eligible > 0
      ? { among: in100(eligible.count / totals.eligible) }
      : {}
  if (totals.selected === 0) return { ...counts, ...circle, verdict: 'hidden' }
  if ('fewerThan' in selected) return { ...counts, ...circle, verdict: ofHidden(counts, totals) }
  const found = Math.min(selected.count, totals.selected)
  const { low, high } = wilsonInterval(found, totals.selected)
  return {
    ...{ ...counts, ...circle },
    ...{ share: in100(found / totals.selected), low: in100(low), high: in100(high) },
    verdict:
      'count' in eligible
        ? verdictOf(eligible.count / totals.eligible, { low, high }, totals.selected)
        : whyHidden(eligible),
  }
}

/** A group that is left out altogether is still found: the largest that a small count can be decides. */
function ofHidden({ selected, eligible }: Counts, totals: Totals): FairVerdict {
  if (!('fewerThan' in selected) || isWithheld(selected)) return 'withheld'
  if (!('count' in eligible)) return whyHidden(eligible)
  const { high } = wilsonInterval(selected.fewerThan - 1, totals.selected)
  return eligible.count / totals.eligible > high ? 'fewer' : 'hidden'
}

const whyHidden = (count: Measure): FairVerdict => (isWithheld(count) ? 'withheld' : 'hidden')

const isWithheld = (count: Measure) => 'fewerThan' in count && count.fewerThan === 0

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
