import { expect, test } from 'vitest'
import { bankHolidaysIn, weekdayOf } from './bank-holidays.ts'
import { addDays, daysBetween } from './days.ts'
import {
  type HolidayCalendar,
  holidayCalendars,
  isHolidayIn,
  isHolidayKnown,
  isWorkingDay,
  workingDayAfter,
} from './holiday-calendars.ts'

const years = [2025, 2026, 2027, 2028] as const
const daysOf = (year: number) =>
  Array.from({ length: daysBetween(`${year}-01-01`, `${year + 1}-01-01`) }, (_, at) =>
    addDays(`${year}-01-01`, at),
  )
const holidaysOf = (calendar: HolidayCalendar, year: number) =>
  daysOf(year).filter((day) => isHolidayIn(calendar, day))

test.each(years)(
  'the table of England and Wales for %i is what the rule of the Act gives',
  (year) => {
    expect(holidaysOf('england-and-wales', year)).toEqual([...bankHolidaysIn(year)].toSorted())
  },
)

test.each([
  ['england-and-wales', [8, 8, 8, 8]],
  ['scotland', [9, 10, 9, 9]],
  ['northern-ireland', [10, 10, 10, 10]],
  // New Year’s Day 2028 is kept in 2027
  ['us-federal', [11, 11, 12, 10]],
] as const)('%s has so many holidays in each year', (calendar, counts) => {
  expect(years.map((year) => holidaysOf(calendar, year).length)).toEqual(counts)
})

test.each(holidayCalendars)('no holiday of %s is on a weekend', (calendar) => {
  const all = years.flatMap((year) => holidaysOf(calendar, year))
  expect(all.filter((day) => [0, 6].includes(weekdayOf(day)))).toEqual([])
})

test.each([
  ['2 January is kept in Scotland alone', '2026-01-02', ['scotland']],
  ['Easter Monday is none in Scotland', '2026-04-06', ['england-and-wales', 'northern-ireland']],
  ['St Patrick’s Day is kept in Northern Ireland', '2027-03-17', ['northern-ireland']],
  ['the day that was proclaimed once is kept in Scotland', '2026-06-15', ['scotland']],
  ['12 July on a Sunday is kept on the Monday', '2026-07-13', ['northern-ireland']],
  ['August begins with one in Scotland', '2026-08-03', ['scotland']],
  ['August ends with one elsewhere', '2026-08-31', ['england-and-wales', 'northern-ireland']],
  ['St Andrew’s Day on a Sunday is kept on the Monday', '2025-12-01', ['scotland']],
  ['Thanksgiving is federal', '2026-11-26', ['us-federal']],
  ['4 July on a Saturday is kept on the Friday', '2026-07-03', ['us-federal']],
  ['4 July on a Sunday is kept on the Monday', '2027-07-05', ['us-federal']],
  ['Christmas is kept by all', '2026-12-25', [...holidayCalendars]],
] as const)('%s', (_title, day, kept) => {
  expect(holidayCalendars.filter((calendar) => isHolidayIn(calendar, day))).toEqual(kept)
})

test.each(holidayCalendars)(
  'every working day of %s in three years is counted, and no other',
  (calendar) => {
    for (const day of [2026, 2027, 2028].flatMap(daysOf)) {
      const next = workingDayAfter(calendar, day, 1)
      const between = Array.from({ length: daysBetween(day, next) - 1 }, (_, at) =>
        addDays(day, at + 1),
      )
      expect(next > day && isWorkingDay(calendar, next), `${day} → ${next}`).toBe(true)
      expect(between.filter((each) => isWorkingDay(calendar, each))).toEqual([])
      expect(workingDayAfter(calendar, day, 2)).toBe(workingDayAfter(calendar, next, 1))
    }
  },
)

test('a year that is not in the table says so', () => {
  expect(
    [2024, 2025, 2028, 2029].map((year) => isHolidayKnown('scotland', `${year}-05-01`)),
  ).toEqual([false, true, true, false])
})
