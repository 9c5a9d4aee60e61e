import { addDays } from '#domain/calendar/days.ts'
import { dayOf, usualZone } from '#domain/calendar/zone.ts'
import { kindFacts, type Reading, type ReadingKind } from './reading.ts'

/**
 * The agreed limit of one person for one kind of reading: not below, not above, and not up by `riseOver` within
 * `riseDays` days. A limit on blood pressure is one on its upper number. All in the unit of the kind.
 */
export type ReadingLimit = Readonly<{
  kind: ReadingKind
  low?: number
  high?: number
  riseOver?: number
  riseDays?: number
  /** when it was first agreed, day or instant: it does not apply to readings before */
  since?: string
}>

export type Breach = Readonly<{
  why: 'low' | 'high' | 'rise'
  reading: Reading
  limit: ReadingLimit
  /** how much it went up, for a rise */
  rise?: number
}>

const msPerDay = 86_400_000
const round = (value: number) => Math.round(value * 10) / 10
const time = (each: Readonly<{ at: string }>) => Date.parse(each.at)

/** Earlier before later, as times: `09:00+02:00` comes before `08:00Z`. */
export const byTime = (one: Readonly<{ at: string }>, other: Readonly<{ at: string }>) =>
  time(one) - time(other)

/**
 * Every reading outside the limits, oldest first within a limit. A later reading within the limits closes nothing:
 * each stays open until somebody deals with it.
 */
export function everyOutside(
  readings: readonly Reading[],
  limits: readonly ReadingLimit[],
  zone = usualZone,
): readonly Breach[] {
  return limits.flatMap((limit) => {
    const ours = oursOf(readings, limit)
    return ours.flatMap((reading, place) =>
      breachOf(ours.slice(0, place + 1), reading, { limit, zone }),
    )
  })
}

const oursOf = (readings: readonly Reading[], { kind }: ReadingLimit) =>
  readings.filter((each) => each.kind === kind).toSorted(byTime)

type Under = Readonly<{ limit: ReadingLimit; zone: string }>

function breachOf(
  upTo: readonly Reading[],
  reading: Reading,
  { limit, zone }: Under,
): readonly Breach[] {
  if (!isUnder(limit, reading)) return []
  if (limit.low !== undefined && reading.value < limit.low) return [{ why: 'low', reading, limit }]
  if (limit.high !== undefined && reading.value > limit.high)
    return [{ why: 'high', reading, limit }]
  const rise = riseOf(upTo, reading, { limit, zone })
  return rise === undefined ? [] : [{ why: 'rise', reading, limit, rise }]
}

/** Limits without a start date apply since the case began. */
export function standingSince(
  limits: readonly ReadingLimit[],
  caseSince: string | undefined,
): readonly ReadingLimit[] {
  return caseSince ? limits.map((limit) => ({ since: caseSince, ...limit })) : limits
}

/**
 * Taken while the limit was in force. A limit without a start date has always been in force; a reading of which only
 * the day is known may have been taken at the end of it.
 */
export function isUnder({ since }: ReadingLimit, reading: Readonly<{ at: string }>): boolean {
  const latest = time(reading) + (reading.at.length > 10 ? 0 : msPerDay - 1)
  return !(since !== undefined && latest < Date.parse(since))
}

/** Up from the lowest of the days before (days of the service), if that is more than agreed. */
function riseOf(
  upTo: readonly Reading[],
  last: Reading,
  { limit, zone }: Under,
): number | undefined {
  if (limit.riseOver === undefined) return undefined
  const since = addDays(dayOf(last.at, zone), -(limit.riseDays ?? 3))
  const before = upTo.filter((each) => dayOf(each.at, zone) >= since).map((each) => each.value)
  const rise = round(last.value - Math.min(...before))
  return rise > limit.riseOver ? rise : undefined
}

/** The readings of the days in which a rise was found, the last one at the end. */
export function riseBasis(
  { reading, limit }: Breach,
  readings: readonly Reading[],
  zone = usualZone,
): readonly Reading[] {
  const since = addDays(dayOf(reading.at, zone), -(limit.riseDays ?? 3))
  return oursOf(readings, limit).filter(
    (each) => byTime(each, reading) <= 0 && dayOf(each.at, zone) >= since,
  )
}

export type LimitProblem = 'empty' | 'not-possible' | 'crossed' | 'rise' | 'days'

/** A rise is searched for over this many days at most. */
const mostDays = 14

/** Why a limit makes no sense; undefined if it does. */
export function problemWithLimit(limit: ReadingLimit): LimitProblem | undefined {
  const { kind, low, high } = limit
  const given = [low, high].filter((each) => each !== undefined)
  if (given.length === 0 && limit.riseOver === undefined && limit.riseDays === undefined)
    return 'empty'
  const [least, most] = kindFacts[kind].possible
  if (given.some((each) => !(each >= least && each <= most))) return 'not-possible'
  if (low !== undefined && high !== undefined && low >= high) return 'crossed'
  return problemWithRise(limit)
}

function problemWithRise({ riseOver, riseDays }: ReadingLimit): LimitProblem | undefined {
  if (riseOver === undefined && riseDays === undefined) return undefined
  if (riseOver === undefined || !(riseOver > 0)) return 'rise'
  if (riseDays === undefined) return undefined
  const isPossible = Number.isInteger(riseDays) && riseDays >= 1 && riseDays <= mostDays
  return isPossible ? undefined : 'days'
}
