import { addDays } from '#domain/calendar/days.ts'
import { kindFacts, type Reading, type ReadingKind } from './reading.ts'

/**
 * What was agreed with one person for one kind of reading: not below, not above, and not up by `riseOver` within
 * `riseDays` days. A limit on blood pressure is one on its upper number. All in the unit of the kind.
 */
export type ReadingLimit = Readonly<{
  kind: ReadingKind
  low?: number
  high?: number
  riseOver?: number
  riseDays?: number
}>

export type Breach = Readonly<{
  why: 'low' | 'high' | 'rise'
  reading: Reading
  limit: ReadingLimit
  /** how much it went up, for a rise */
  rise?: number
}>

const round = (value: number) => Math.round(value * 10) / 10

/** Whether the latest reading of a kind lies outside what was agreed; readings in any order, of any kind. */
export function outsideLimits(
  readings: readonly Reading[],
  limits: readonly ReadingLimit[],
): readonly Breach[] {
  return limits.flatMap((limit) => breachOf(readings, limit) ?? [])
}

function breachOf(readings: readonly Reading[], limit: ReadingLimit): Breach | undefined {
  const ours = readings
    .filter((each) => each.kind === limit.kind)
    .toSorted((one, other) => one.at.localeCompare(other.at))
  const reading = ours.at(-1)
  if (!reading) return undefined
  if (limit.low !== undefined && reading.value < limit.low) return { why: 'low', reading, limit }
  if (limit.high !== undefined && reading.value > limit.high) return { why: 'high', reading, limit }
  const rise = riseOf(ours, reading, limit)
  return rise === undefined ? undefined : { why: 'rise', reading, limit, rise }
}

/** Up from the lowest of the days before, when that is more than agreed. */
function riseOf(ours: readonly Reading[], last: Reading, limit: ReadingLimit): number | undefined {
  if (limit.riseOver === undefined) return undefined
  const since = addDays(last.at.slice(0, 10), -(limit.riseDays ?? 3))
  const before = ours.filter((each) => each.at.slice(0, 10) >= since).map((each) => each.value)
  const rise = round(last.value - Math.min(...before))
  return rise > limit.riseOver ? rise : undefined
}

export type LimitProblem = 'empty' | 'not-possible' | 'crossed' | 'rise'

/** Why a limit makes no sense; undefined when it does. */
export function problemWithLimit(limit: ReadingLimit): LimitProblem | undefined {
  const { kind, low, high, riseOver } = limit
  const given = [low, high].filter((each) => each !== undefined)
  if (given.length === 0 && riseOver === undefined) return 'empty'
  const [least, most] = kindFacts[kind].possible
  if (given.some((each) => !(each >= least && each <= most))) return 'not-possible'
  if (low !== undefined && high !== undefined && low >= high) return 'crossed'
  return riseOver !== undefined && !(riseOver > 0) ? 'rise' : undefined
}
