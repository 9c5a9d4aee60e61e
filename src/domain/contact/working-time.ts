import { dayIn } from '#domain/calendar/zone.ts'
import { openTimes, type TeamHours } from './open-times.ts'

const msPerMinute = 60_000

/** Longer than any team is away: a search ends there. */
const mostDays = 40

/**
 * The moment at which this much working time of a team is over: what lies outside its hours does not count, and nor do its bank
 * holidays and closed days. An hour that comes twice counts twice, one that is skipped does not count, and two services that are
 * open at once count once. A team that does not work within the next weeks is not waited for: then the clock alone counts.
 */
export function workingTimeAfter(
  moment: Date,
  minutes: number,
  { hours, zone }: Readonly<{ hours: TeamHours; zone: string }>,
): Date {
  let left = minutes * msPerMinute
  let past = Number(moment)
  for (const { from, until } of openTimes(hours, {
    ...{ zone, from: dayIn(zone, moment), days: mostDays },
  })) {
    const begins = Math.max(past, Number(from))
    const open = Number(until) - begins
    if (open <= 0) continue
    if (left <= open) return new Date(begins + left)
    left -= open
    past = Number(until)
  }
  return new Date(Number(moment) + minutes * msPerMinute)
}
