import { addDays } from '#domain/calendar/days.ts'
import { dayOf, usualZone } from '#domain/calendar/zone.ts'
import { byTime, isUnder } from '#domain/reading/limits.ts'
import type { Reading } from '#domain/reading/reading.ts'
import type { TrendRule, TrendShape } from './trend-rules.ts'

/** A rule that is watched for one person. */
export type WatchedTrend = Readonly<{
  rule: TrendRule
  /** when it was agreed, day or instant: it says nothing about readings before */
  since?: string
}>

/** What a rule found: `amount` in the unit of its shape, `basis` the readings it was worked out from, oldest first. */
export type Trend = Readonly<{
  rule: TrendRule
  /** the reading with which it began, or became worse by as much again */
  reading: Reading
  basis: readonly Reading[]
  amount: number
}>

/** How things stand with a rule now. `unknown`: there are not enough readings to say anything; that is never good news. */
export type TrendStand = Readonly<{
  is: 'found' | 'quiet' | 'unknown'
  amount?: number
  /** how many readings there are in its days, and how many it needs */
  has: number
  needs: number
  last?: Reading
}>

type Seen = Readonly<{ amount: number; holds: boolean; basis: readonly Reading[] }>

const toThousandths = (value: number) => Math.round(value * 1000) / 1000
const least = (each: readonly Reading[]) =>
  each.reduce((one, other) => (other.value < one.value ? other : one))
const most = (each: readonly Reading[]) =>
  each.reduce((one, other) => (other.value > one.value ? other : one))

/** `near`: the readings of the days up to the last one, oldest first. */
type Look<Shape> = (shape: Shape, near: readonly Reading[]) => Seen | undefined

const looks: Readonly<{ [Is in TrendShape['is']]: Look<Extract<TrendShape, { is: Is }>> }> = {
  up({ by }, near) {
    const last = near.at(-1)
    if (!last || near.length < 2) return undefined
    const from = least(near)
    const amount = toThousandths(last.value - from.value)
    return { amount, holds: amount >= by, basis: [from, last] }
  },
  'down-share'({ by }, near) {
    const last = near.at(-1)
    if (!last || near.length < 2) return undefined
    const from = most(near)
    const amount = toThousandths(((from.value - last.value) / from.value) * 100)
    return { amount, holds: amount >= by, basis: [from, last] }
  },
  'low-in-a-row'({ by, share }, near) {
    // the best has to be known from outside the row
    if (near.length <= by) return undefined
    const best = most(near)
    const isLow = (each: Reading) => toThousandths((each.value / best.value) * 100) < share
    const row = near.slice(near.findLastIndex((each) => !isLow(each)) + 1)
    return { amount: row.length, holds: row.length >= by, basis: [best, ...row] }
  },
  'mean-up'({ by, count }, near) {
    const looked = near.slice(-2 * count)
    if (looked.length < 2 * count) return undefined
    const mean = (each: readonly Reading[]) =>
      each.reduce((sum, { value }) => sum + value, 0) / each.length
    const amount = toThousandths(mean(looked.slice(count)) - mean(looked.slice(0, count)))
    return { amount, holds: amount >= by, basis: looked }
  },
}

const lookAt = (shape: TrendShape, near: readonly Reading[]): Seen | undefined =>
  (looks[shape.is] as Look<TrendShape>)(shape, near)

/** What a rule sees in exactly these readings, at the last of them: what it found is worked out again. */
export const trendIn = (
  { shape }: TrendRule,
  readings: readonly Reading[],
): Pick<Seen, 'amount' | 'holds'> | undefined => lookAt(shape, readings.toSorted(byTime))

/**
 * What a rule found, oldest first: at the reading with which a trend begins, and again each time it has become worse by as
 * much again. A trend that goes on as it was is not told twice; one that ended and comes back is a new one. One that goes on
 * when the rule is agreed is told at the first reading after that. A day without a reading changes nothing, and never counts
 * as good.
 */
export function findTrends(
  readings: readonly Reading[],
  { rule, since }: WatchedTrend,
  zone = usualZone,
): readonly Trend[] {
  const under = { kind: rule.kind, ...(since === undefined ? {} : { since }) }
  const all = seenAt(readings, rule, zone)
  // what could have been told before the rule was agreed was told to nobody
  return newTrends(
    rule,
    all.filter(({ reading }) => isUnder(under, reading)),
  )
}

type SeenAt = Readonly<{ reading: Reading; seen: Seen | undefined }>

/** What the rule sees at each reading, with those of its days before. */
function seenAt(
  readings: readonly Reading[],
  { kind, shape }: TrendRule,
  zone: string,
): readonly SeenAt[] {
  const ours = readings.filter((each) => each.kind === kind).toSorted(byTime)
  const days = ours.map((each) => dayOf(each.at, zone))
  let from = 0
  return ours.map((reading, place) => {
    const first = addDays(days[place] ?? '', -shape.days)
    while ((days[from] ?? '') < first) from++
    return { reading, seen: lookAt(shape, ours.slice(from, place + 1)) }
  })
}

function newTrends(rule: TrendRule, all: readonly SeenAt[]): readonly Trend[] {
  const found: Trend[] = []
  let told: number | undefined
  for (const { reading, seen } of all) {
    if (!seen?.holds) told = undefined
    else if (told === undefined || seen.amount >= told + rule.shape.by) {
      told = seen.amount
      found.push({ rule, reading, basis: seen.basis, amount: seen.amount })
    }
  }
  return found
}

/** The least number of readings that a rule can say anything about. */
function neededFor(shape: TrendShape): number {
  if (shape.is === 'mean-up') return 2 * shape.count
  return shape.is === 'low-in-a-row' ? shape.by + 1 : 2
}

/**
 * How things stand on a day: the days of the rule count back from it, so that a rule whose last reading is too old says
 * that nothing is known.
 */
export function trendStand(
  readings: readonly Reading[],
  { rule }: WatchedTrend,
  { today, zone = usualZone }: Readonly<{ today: string; zone?: string }>,
): TrendStand {
  const since = addDays(today, -rule.shape.days)
  const ours = readings
    .filter((each) => each.kind === rule.kind && dayOf(each.at, zone) >= since)
    .toSorted(byTime)
  const last = ours.at(-1)
  const counts = {
    ...{ has: ours.length, needs: neededFor(rule.shape) },
    ...(last ? { last } : {}),
  }
  const seen = lookAt(rule.shape, ours)
  if (!seen) return { is: 'unknown', ...counts }
  return { is: seen.holds ? 'found' : 'quiet', amount: seen.amount, ...counts }
}
