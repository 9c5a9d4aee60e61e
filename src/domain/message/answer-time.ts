import { weekdayOf } from '#domain/calendar/bank-holidays.ts'
import { addDays } from '#domain/calendar/days.ts'
import { type HolidayCalendar, isDayOff } from '#domain/calendar/holiday-calendars.ts'
import { dayIn, momentAt } from '#domain/calendar/zone.ts'
import { type ServiceHours, weekdays } from '#domain/contact/service-hours.ts'

/** Where an organisation has not said when it works: our own choice. */
const usualHours: ServiceHours = {
  times: [
    {
      ...{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:00' },
      ...{ allDay: false, onHolidays: false, closed: [] },
    },
  ],
}

/** Moments: from when on somebody of the team reads a message, and by when somebody has seen it. */
export type AnswerTime = Readonly<{
  from: Date
  by: Date
  /** the team works at this moment */
  isNow: boolean
  /** the hours are recorded; false: usual office hours are assumed */
  isKnown: boolean
}>

/** When a team works, as far as it is recorded, and whose bank holidays it keeps. */
export type TeamHours = Readonly<{ hours?: ServiceHours; calendar?: HolidayCalendar }>

/**
 * Messages are read on the days on which the team works. One that comes while it works is seen by the end of the next such day;
 * one that comes at night, at a weekend or on a holiday by the end of the first. That is our own promise, and a slow one: what
 * is urgent is never a message. Undefined if the team does not work within the next weeks.
 */
export function answerTime(
  at: Date,
  { hours, calendar }: TeamHours,
  zone: string,
): AnswerTime | undefined {
  const known = { ...(hours ?? usualHours), ...(calendar ? { calendar } : {}) }
  const open = openTimes(known, { zone, from: dayIn(zone, at) })
  const first = open.find(({ until }) => until > at)
  if (!first) return undefined
  const isNow = first.from <= at
  const day = isNow ? open.find(({ day: next }) => next > dayIn(zone, at))?.day : first.day
  const last = open.filter((each) => each.day === day).at(-1)
  if (!last) return undefined
  return { from: isNow ? at : first.from, by: last.until, isNow, isKnown: hours !== undefined }
}

type Open = Readonly<{ day: string; from: Date; until: Date }>
const daysAhead = 30

/** When the team works, in the order of time, by the clock on the wall of its zone. */
function openTimes(
  { times, calendar = 'england-and-wales' }: ServiceHours,
  { zone, from }: Readonly<{ zone: string; from: string }>,
): readonly Open[] {
  return Array.from({ length: daysAhead }, (_, count) => addDays(from, count)).flatMap((day) => {
    const isHoliday = isDayOff(calendar, day)
    const weekday = weekdays[(weekdayOf(day) + 6) % 7] ?? 'mon'
    const moment = (time: string) =>
      new Date(
        time === '24:00'
          ? momentAt(Date.parse(`${addDays(day, 1)}T00:00:00Z`), zone)
          : momentAt(Date.parse(`${day}T${time}:00Z`), zone),
      )
    return times
      .filter(
        ({ days, allDay, onHolidays, closed }) =>
          days.includes(weekday) &&
          (allDay || onHolidays || !isHoliday) &&
          !closed.some((each) => each.from <= day && day <= each.until),
      )
      .map((each): Open => ({ day, from: moment(each.from), until: moment(each.until) }))
      .toSorted((one, other) => Number(one.from) - Number(other.from))
  })
}
