/** The numbers are those of Making Data Count (NHS England), as the R package NHSRplotthedots works them out. */
const limitFactor = 2.66
/** Two thirds of the way to a limit. */
const nearFactor = 1.7733
const screeningFactor = 3.267
const fewestForLimits = 13

/** A value that is not shown is a gap: nothing is worked out across it. */
export type XmrValue = number | null

export type XmrLimits = Readonly<{
  mean: number
  /** mean of the moving ranges that were used */
  movingRange: number
  upper: number
  lower: number
  nearUpper: number
  nearLower: number
  /** moving ranges that the screening left out */
  screenedOut: number
  /** fewer than 13 values: the limits will still move */
  isTrial: boolean
}>

type Basis = Readonly<{ screening: boolean; fixAfter?: number | undefined }>

/** The limits of one group of values; undefined where no two values stand beside each other. */
export function xmrLimits(
  values: readonly XmrValue[],
  { screening, fixAfter }: Basis,
): XmrLimits | undefined {
  const used = fixAfter === undefined ? values : firstKnown(values, fixAfter)
  const known = used.filter((value) => value !== null)
  const ranges = used.flatMap((value, at) => {
    const before = used[at - 1] ?? null
    return value === null || before === null ? [] : [Math.abs(value - before)]
  })
  if (ranges.length === 0) return undefined
  const { movingRange, screenedOut } = meanRange(ranges, screening)
  const mean = meanOf(known)
  return {
    ...{ mean, movingRange, screenedOut },
    upper: mean + limitFactor * movingRange,
    lower: mean - limitFactor * movingRange,
    nearUpper: mean + nearFactor * movingRange,
    nearLower: mean - nearFactor * movingRange,
    isTrial: values.filter((value) => value !== null).length < fewestForLimits,
  }
}

const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length

/** Up to and with the value that is the nth known one. */
function firstKnown(values: readonly XmrValue[], count: number): readonly XmrValue[] {
  let known = 0
  const end = values.findIndex((value) => {
    if (value !== null) known += 1
    return known === count
  })
  return end < 0 ? values : values.slice(0, end + 1)
}

/** Screening drops moving ranges of at least 3.267 times their mean. Where all are equal to it, none is dropped. */
function meanRange(ranges: readonly number[], screening: boolean) {
  const all = meanOf(ranges)
  const kept = screening ? ranges.filter((range) => range < screeningFactor * all) : ranges
  if (kept.length === 0) return { movingRange: all, screenedOut: 0 }
  return { movingRange: meanOf(kept), screenedOut: ranges.length - kept.length }
}
