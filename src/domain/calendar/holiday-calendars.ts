import { isBankHoliday, weekdayOf } from './bank-holidays.ts'
import { addDays } from './days.ts'

/** Whose days off count: three parts of the United Kingdom, which differ, and the federal ones of the United States. */
export const holidayCalendars = [
  'england-and-wales',
  'scotland',
  'northern-ireland',
  'us-federal',
] as const
export type HolidayCalendar = (typeof holidayCalendars)[number]

/**
 * The days themselves, not a rule: a rule knows nothing of a day that is proclaimed once, such as 15 June 2026 in Scotland.
 * United Kingdom: gov.uk/bank-holidays, where one that falls on a weekend stands on the day it is kept. United States: 5 U.S.C.
 * 6103 and opm.gov “Federal Holidays”; one on a Saturday is kept the Friday before, one on a Sunday the Monday after.
 */
const tables: Readonly<Record<HolidayCalendar, Readonly<Record<number, string>>>> = {
  'england-and-wales': {
    2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
    2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
    2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
    2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  },
  scotland: {
    2025: '01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26',
    // 15 June: the World Cup, by proclamation
    2026: '01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28',
    2027: '01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28',
    2028: '01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26',
  },
  'northern-ireland': {
    2025: '01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26',
    2026: '01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28',
    2027: '01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28',
    2028: '01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26',
  },
  'us-federal': {
    2025: '01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25',
    2026: '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25',
    // 31 December: New Year’s Day 2028 is a Saturday
    2027: '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31',
    2028: '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25',
  },
}

const days = new Map<HolidayCalendar, ReadonlySet<string>>(
  holidayCalendars.map((calendar) => [
    calendar,
    new Set(
      Object.entries(tables[calendar]).flatMap(([year, list]) =>
        list.split(' ').map((day) => `${year}-${day}`),
      ),
    ),
  ]),
)

const yearOf = (day: string) => Number(day.split('-')[0])

/** Whether the holidays of the year of this day are in the table. */
export const isHolidayKnown = (calendar: HolidayCalendar, day: string): boolean =>
  tables[calendar][yearOf(day)] !== undefined

export const isHolidayIn = (calendar: HolidayCalendar, day: string): boolean =>
  days.get(calendar)?.has(day) ?? false

/**
 * A holiday, in a year that is not in the table too: the days of England and Wales follow from their law; of other calendars
 * none is known then.
 */
export const isDayOff = (calendar: HolidayCalendar, day: string): boolean =>
  isHolidayIn(calendar, day) ||
  (calendar === 'england-and-wales' && !isHolidayKnown(calendar, day) && isBankHoliday(day))

/** Monday to Friday, and no holiday. In a year that is not in the table only the weekday is known. */
export function isWorkingDay(calendar: HolidayCalendar, day: string): boolean {
  const at = weekdayOf(day)
  return at !== 0 && at !== 6 && !isHolidayIn(calendar, day)
}

/** The working day that comes `count` working days after this day; the day itself is not counted. */
export function workingDayAfter(calendar: HolidayCalendar, day: string, count: number): string {
  let left = count
  let at = day
  while (left > 0) {
    at = addDays(at, 1)
    if (isWorkingDay(calendar, at)) left -= 1
  }
  return at
}
