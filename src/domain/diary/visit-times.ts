import { addDays, isWholeDay } from '#domain/calendar/days.ts'
import { momentAt } from '#domain/calendar/zone.ts'

export type VisitTimesFault = 'no-day' | 'no-time' | 'no-length' | 'too-often' | 'past'

type Asked = Readonly<{
  day: string
  /** by the clock on the wall, `09:30` */
  time: string
  minutes: number
  /** how many visits, each so many days after the last */
  count: number
  everyDays: number
}>

const mostVisits = 26
const longestMinutes = 8 * 60

/**
 * The moments of a visit, or of several with some days between them: each at the same time by the clock on the wall, also when
 * the clocks change in between.
 */
export function visitTimes(
  { day, time, minutes, count, everyDays }: Asked,
  { zone, now }: Readonly<{ zone: string; now: Date }>,
):
  | Readonly<{ times: readonly Readonly<{ start: string; end: string }>[] }>
  | Readonly<{ fault: VisitTimesFault }> {
  const fault = askedFault({ day, time, minutes, count, everyDays })
  if (fault) return { fault }
  const times = Array.from({ length: count }, (_, place) => {
    const start = momentAt(Date.parse(`${addDays(day, place * everyDays)}T${time}:00Z`), zone)
    return {
      start: new Date(start).toISOString(),
      end: new Date(start + minutes * 60_000).toISOString(),
    }
  })
  const [first] = times
  return first && Date.parse(first.start) < Number(now) ? { fault: 'past' } : { times }
}

function askedFault({ day, time, minutes, count, everyDays }: Asked): VisitTimesFault | undefined {
  if (!isWholeDay(day)) return 'no-day'
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return 'no-time'
  if (!isBetween(minutes, 5, longestMinutes)) return 'no-length'
  if (!isBetween(count, 1, mostVisits)) return 'too-often'
  return count === 1 || isBetween(everyDays, 1, 366) ? undefined : 'too-often'
}

const isBetween = (count: number, least: number, most: number) =>
  Number.isInteger(count) && count >= least && count <= most
