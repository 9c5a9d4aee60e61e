import type { XmrLimits, XmrValue } from './xmr-limits.ts'

/** Why a value is more than chance, in order of precedence. */
const xmrRules = ['outside', 'trend', 'two-of-three', 'one-side'] as const
export type XmrRule = (typeof xmrRules)[number]
export type XmrSide = 'high' | 'low'
/** Why one value is special, and to which side; undefined: chance alone explains it. */
export type XmrSignal = Readonly<{ rule: XmrRule; side: XmrSide }>

type Sign = -1 | 0 | 1

const runLength = 7

/**
 * The rules of Making Data Count within one group of values, in the order of NHSRplotthedots: outside a limit; seven
 * values that only rise or only fall; two of three beyond a near limit, with all three on one side of the mean; seven
 * on one side of the mean. A value that is equal to a limit, or to the mean, is on neither side of it.
 */
export function xmrSignals(
  values: readonly XmrValue[],
  limits: XmrLimits | undefined,
): readonly (XmrSignal | undefined)[] {
  if (!limits) return values.map(() => undefined)
  const compare = comparison(values, limits)
  const outside = values.map((value) => beyond(value, limits.upper, limits.lower, compare))
  const near = values.map((value, at) =>
    outside[at] === 0 ? beyond(value, limits.nearUpper, limits.nearLower, compare) : 0,
  )
  const side = values.map((value) => (value === null ? 0 : compare(value, limits.mean)))
  const steps = values.map((value, at) => {
    const before = values[at - 1] ?? null
    return value === null || before === null ? 0 : compare(value, before)
  })
  const trend = trendSides(steps)
  const pairs = twoOfThree(near, side)
  const runs = inRuns(side, runLength)
  return values.map((_, at) =>
    firstSignal([
      ['outside', outside[at] ?? 0],
      ['trend', trend[at] ?? 0],
      ['two-of-three', pairs[at] ?? 0],
      ['one-side', runs[at] ? (side[at] ?? 0) : 0],
    ]),
  )
}

function firstSignal(found: readonly (readonly [XmrRule, Sign])[]): XmrSignal | undefined {
  const [rule, sign] = found.find(([, each]) => each !== 0) ?? []
  return rule ? { rule, side: sign === 1 ? 'high' : 'low' } : undefined
}

type Compare = (one: number, other: number) => Sign

/** Sums and products of decimals differ in their last digits: that difference is none. */
function comparison(values: readonly XmrValue[], limits: XmrLimits): Compare {
  const sizes = [...values, limits.upper, limits.lower].map((value) => Math.abs(value ?? 0))
  const tolerance = Math.max(...sizes) * 1e-9
  return (one, other) => (one - other > tolerance ? 1 : other - one > tolerance ? -1 : 0)
}

function beyond(value: XmrValue, upper: number, lower: number, compare: Compare): Sign {
  if (value === null) return 0
  if (compare(value, upper) > 0) return 1
  return compare(value, lower) < 0 ? -1 : 0
}

/** Which places are in a run of at least so many equal signs. */
function inRuns(signs: readonly Sign[], length: number): readonly boolean[] {
  let start = 0
  const found = signs.map(() => false)
  signs.forEach((sign, at) => {
    if (sign !== signs[start]) start = at
    if (sign !== 0 && at - start + 1 >= length) found.fill(true, start, at + 1)
  })
  return found
}

/** Six steps the same way make seven values; where two trends meet, the later one says the side. */
function trendSides(steps: readonly Sign[]): readonly Sign[] {
  const long = inRuns(steps, runLength - 1)
  const isIn = steps.map((_, at) => long[at] === true || long[at + 1] === true)
  return steps.map((step, at) => {
    if (!isIn[at]) return 0
    return isIn[at + 1] ? (steps[at + 1] ?? 0) : step
  })
}

/** Only those beyond a near limit are marked, not the third beside them. */
function twoOfThree(near: readonly Sign[], side: readonly Sign[]): readonly Sign[] {
  const found: Sign[] = near.map(() => 0)
  for (let start = 0; start + 3 <= near.length; start += 1) {
    const places = [start, start + 1, start + 2]
    const way = side[start] ?? 0
    const isOneSide = way !== 0 && places.every((at) => side[at] === way)
    const beyondNear = places.filter((at) => near[at] !== 0)
    if (isOneSide && beyondNear.length >= 2) for (const at of beyondNear) found[at] = way
  }
  return found
}
