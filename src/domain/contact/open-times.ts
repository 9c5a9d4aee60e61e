import { weekdayOf } from '#domain/calendar/bank-holidays.ts'
import { addDays } from '#domain/calendar/days.ts'
import { type HolidayCalendar, isDayOff } from '#domain/calendar/holiday-calendars.ts'
import { momentAt } from '#domain/calendar/zone.ts'
import { type ServiceHours, weekdays } from './service-hours.ts'

/** When a team works, as far as it is recorded, and whose bank holidays it keeps. */
export type TeamHours = Readonly<{ hours?: ServiceHours; calendar?: HolidayCalendar }>

/** Where an organisation has not said when it works: our own choice. */
const usualHours: ServiceHours = {
  times: [
    {
      ...{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:00' },
      ...{ allDay: false, onHolidays: false, closed: [] },
    },
  ],
}

type OpenTimeOfDay = Readonly<{ day: string; from: Date; until: Date }>

/**
 * When a team works within so many days, in the order of time, by the clock on the wall of its zone: from an hour that comes twice
 * until another is an hour longer. Bank holidays and closed days are left out.
 */
export function openTimes(
  { hours = usualHours, calendar = hours.calendar ?? 'england-and-wales' }: TeamHours,
  { zone, from, days }: Readonly<{ zone: string; from: string; days: number }>,
): readonly OpenTimeOfDay[] {
  return Array.from({ length: days }, (_, count) => addDays(from, count)).flatMap((day) => {
    const isHoliday = isDayOff(calendar, day)
    const weekday = weekdays[(weekdayOf(day) + 6) % 7] ?? 'mon'
    const moment = (time: string) =>
      new Date(
        time === '24:00'
          ? momentAt(Date.parse(`${addDays(day, 1)}T00:00:00Z`), zone)
          : momentAt(Date.parse(`${day}T${time}:00Z`), zone),
      )
    return hours.times
      .filter(
        (each) =>
          each.days.includes(weekday) &&
          (each.allDay || each.onHolidays || !isHoliday) &&
          !each.closed.some((gone) => gone.from <= day && day <= gone.until),
      )
      .map((each) => ({ day, from: moment(each.from), until: moment(each.until) }))
      .toSorted((one, other) => Number(one.from) - Number(other.from))
  })
}
