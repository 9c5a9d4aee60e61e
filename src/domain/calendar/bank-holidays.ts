import { addDays } from './days.ts'

/**
 * The bank holidays of England and Wales in a year, as `YYYY-MM-DD`: Banking and Financial Dealings Act 1971, schedule 1, and
 * the days named each year by proclamation since 1978 (gov.uk/bank-holidays). One that falls on a weekend is kept on the next
 * weekday. Holidays proclaimed for one year only, as for a coronation, are not known here.
 */
export function bankHolidaysIn(year: number): readonly string[] {
  const easter = easterIn(year)
  const christmas = weekdayOf(`${year}-12-25`)
  return [
    nextWeekday(`${year}-01-01`),
    addDays(easter, -2),
    addDays(easter, 1),
    firstMonday(`${year}-05-01`),
    addDays(firstMonday(`${year}-06-01`), -7),
    addDays(firstMonday(`${year}-09-01`), -7),
    // the second of the two days moves on if the first one took its place
    ...(christmas === saturday
      ? [`${year}-12-27`, `${year}-12-28`]
      : christmas === sunday
        ? [`${year}-12-26`, `${year}-12-27`]
        : [`${year}-12-25`, nextWeekday(`${year}-12-26`)]),
  ]
}

export const isBankHoliday = (day: string): boolean =>
  bankHolidaysIn(Number(day.split('-')[0])).includes(day)

const sunday = 0
const monday = 1
const saturday = 6

/** 0: Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay()

function nextWeekday(day: string): string {
  const at = weekdayOf(day)
  if (at === saturday) return addDays(day, 2)
  return at === sunday ? addDays(day, 1) : day
}

const firstMonday = (from: string) => addDays(from, (monday + 7 - weekdayOf(from)) % 7)

/** Easter Sunday in the Gregorian calendar: the anonymous method (Meeus, Astronomical Algorithms, chapter 8). */
function easterIn(year: number): string {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  const two = (part: number) => String(part).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}`
}
