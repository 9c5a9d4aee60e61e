import { numbersOf } from '#domain/decimal/digits.ts'
import {
  type Breach,
  byTime,
  everyOutside,
  isUnder,
  type ReadingLimit,
} from '#domain/reading/limits.ts'
import type { Reading, ReadingKind, UncomparedReading } from '#domain/reading/reading.ts'
import type { AlertFound, AlertWhy } from './alert-duty.ts'
import type { RaisedAlert } from './raised-alert.ts'

type Point = Readonly<{ at: string; value: number }>

/** What nobody has dealt with of one kind of reading: one row, however many readings it includes. */
export type OpenAlert = Readonly<{
  kind: ReadingKind
  /** empty if none is agreed: the alert is about a trend */
  limit: ReadingLimit
  why: AlertWhy
  /** id of the last of them */
  reading: string
  /** when the first of them was taken */
  since: string
  /** as recorded, if it cannot be compared; otherwise empty */
  written: string
  rise?: number
  /** ids of all of them, oldest first */
  alerts: readonly string[]
  points: readonly Point[]
  worst?: Point
  latest?: Point
  /** rules about trends that found something, oldest first */
  trends?: readonly AlertFound[]
  /** whose it is, once the service has raised it */
  raised?: RaisedAlert
}>

export type AlertFacts = Readonly<{
  readings: readonly Reading[]
  uncompared?: readonly UncomparedReading[]
  limits: readonly ReadingLimit[]
  /** ids of records whose alert somebody has closed */
  closed: readonly string[]
  /** the service's time zone: a rise is counted in its days */
  zone?: string
  /** the alerts that the service has raised and nobody has closed */
  raised?: readonly RaisedAlert[]
}>

type OpenBreach = Omit<Breach, 'why'> &
  Readonly<{ why: Breach['why'] | 'trend'; found?: AlertFound }>

/**
 * The open alerts: readings outside the agreed limits, and readings that cannot be compared with them, until somebody
 * closes each. A later normal reading closes nothing.
 */
export function openAlerts(facts: AlertFacts): readonly OpenAlert[] {
  const isOpen = (id: string) => !facts.closed.includes(id)
  const breaches = [
    ...everyOutside(facts.readings, facts.limits, facts.zone),
    ...trendBreaches(facts),
  ].filter((each) => isOpen(each.reading.id))
  const byKind = Map.groupBy(breaches, (each) => each.limit.kind)
  const outside = [...byKind.values()].flatMap((each) => folded(each, facts.readings))
  const oneAKind = new Map(facts.limits.map((limit) => [limit.kind, limit]))
  const unread = [...oneAKind.values()].flatMap((limit) =>
    foldedUncompared(
      limit,
      (facts.uncompared ?? []).filter(
        (each) => each.kind === limit.kind && isUnder(limit, each) && isOpen(each.id),
      ),
    ),
  )
  return [...outside, ...unread].map((alert) => withRaised(alert, facts.raised ?? []))
}

/** What the service found by rules about trends; nothing, once the reading that it was told of is withdrawn. */
const trendBreaches = ({ raised = [], readings, limits }: AlertFacts): readonly OpenBreach[] =>
  raised.flatMap(({ duty }) =>
    duty.found.flatMap((found): readonly OpenBreach[] => {
      const reading = readings.find((each) => each.id === found.reading)
      if (found.why !== 'trend' || !reading) return []
      const limit = limits.find((each) => each.kind === duty.kind) ?? { kind: duty.kind }
      return [{ why: 'trend', reading, limit, found }]
    }),
  )

/** The first that was raised about one of these readings. */
function withRaised(alert: OpenAlert, raised: readonly RaisedAlert[]): OpenAlert {
  const [ours] = raised
    .filter(
      ({ about, duty }) =>
        duty.kind === alert.kind &&
        [about, ...duty.found.map(({ reading }) => reading)].some((id) =>
          alert.alerts.includes(id),
        ),
    )
    .toSorted((one, other) => (one.duty.raised < other.duty.raised ? -1 : 1))
  return ours ? { ...alert, raised: ours } : alert
}

function folded(
  breaches: readonly OpenBreach[],
  readings: readonly Reading[],
): readonly OpenAlert[] {
  const ordered = breaches.toSorted((one, other) => byTime(one.reading, other.reading))
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (!first || !last) return []
  const worst = ordered.toSorted((one, other) => howFar(other) - howFar(one))[0]?.reading
  const ours = readings.filter((each) => each.kind === last.reading.kind).toSorted(byTime)
  const latest = ours.at(-1)
  const trends = ordered.flatMap(({ found }) => found ?? [])
  return [
    {
      ...{ kind: last.reading.kind, limit: last.limit, why: last.why, written: '' },
      ...{ reading: last.reading.id, since: first.reading.at },
      ...(last.rise === undefined ? {} : { rise: last.rise }),
      ...(trends.length > 0 ? { trends } : {}),
      alerts: [...new Set(ordered.map((each) => each.reading.id))],
      points: weekUpTo(ours, last.reading),
      ...(worst && worst.id !== last.reading.id ? { worst: pointOf(worst) } : {}),
      ...(latest && byTime(latest, last.reading) > 0 ? { latest: pointOf(latest) } : {}),
    },
  ]
}

/** How far outside the limit, in the unit of the kind. */
function howFar({ why, reading, limit, rise = 0 }: OpenBreach): number {
  if (why === 'trend') return 0
  if (why === 'low') return (limit.low ?? 0) - reading.value
  return why === 'high' ? reading.value - (limit.high ?? 0) : rise - (limit.riseOver ?? 0)
}

const pointOf = (reading: Reading): Point => ({
  ...{ at: reading.at, value: reading.value },
  ...numbersOf({ value: [reading, 'value'] }),
})

const week = 7 * 86_400_000

function weekUpTo(ours: readonly Reading[], last: Reading): readonly Point[] {
  return ours.filter((each) => byTime(each, last) <= 0 && byTime(last, each) <= week).map(pointOf)
}

function foldedUncompared(
  limit: ReadingLimit,
  uncompared: readonly UncomparedReading[],
): readonly OpenAlert[] {
  const ordered = uncompared.toSorted(byTime)
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (!first || !last) return []
  return [
    {
      ...{ kind: limit.kind, limit, why: 'unit', written: last.written, points: [] },
      ...{ reading: last.id, since: first.at, alerts: ordered.map((each) => each.id) },
    },
  ]
}
