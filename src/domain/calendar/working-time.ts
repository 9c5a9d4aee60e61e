import { addDays } from './days.ts'
import { type HolidayCalendar, isWorkingDay } from './holiday-calendars.ts'
import { dayIn, momentAt } from './zone.ts'

/** When somebody works: from one time of the day until another, on working days. */
export type WorkingHours = Readonly<{
  calendar: HolidayCalendar
  /** `09:00` */
  from: string
  until: string
}>

const msPerMinute = 60_000

/** More days off in a row than there ever are: a search ends there. */
const mostDays = 40

/**
 * The moment at which this much working time is over, in the hours of the wall clock of a zone: nights, weekends and holidays
 * do not count. An hour that comes twice counts twice, one that is skipped does not count.
 */
export function workingTimeAfter(
  moment: Date,
  minutes: number,
  { hours, zone }: Readonly<{ hours: WorkingHours; zone: string }>,
): Date {
  let left = minutes * msPerMinute
  let day = dayIn(zone, moment)
  for (let count = 0; count < mostDays; count++, day = addDays(day, 1)) {
    if (!isWorkingDay(hours.calendar, day)) continue
    const begins = Math.max(Number(moment), momentAt(Date.parse(`${day}T${hours.from}:00Z`), zone))
    const ends = momentAt(Date.parse(`${day}T${hours.until}:00Z`), zone)
    const open = ends - begins
    if (open <= 0) continue
    if (left <= open) return new Date(begins + left)
    left -= open
  }
  return new Date(Number(moment) + minutes * msPerMinute)
}
