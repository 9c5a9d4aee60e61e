import type { CsvFault } from './csv-fault.ts'

/** How the dates of one file are read: `monthFirst` is true if some of them can only be month/day/year. */
export type CsvDateContext = Readonly<{ today: string; monthFirst: boolean }>

const oldest = 130
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/

/** True for a date such as 04/25/1950, which cannot be day/month/year. */
export function isMonthFirst(text: string): boolean {
  const [, first, second] = slashed.exec(text) ?? []
  return Number(second) > 12 && Number(first) <= 12
}

/** True for a date such as 03/04/1950, which is another day with the month first. */
export function isTwoWays(text: string): boolean {
  const [, first, second] = slashed.exec(text) ?? []
  return first !== undefined && Number(first) <= 12 && Number(second) <= 12 && first !== second
}

/** True for a date such as 25/04/1950, which can only be day/month/year. */
export function isDayFirst(text: string): boolean {
  const [, first, second] = slashed.exec(text) ?? []
  return Number(first) > 12 && Number(second) <= 12
}

/**
 * A day written as 1934-01-04, 19340104, 04/01/1934 (day first), or 4 Jan 1934. Refused if it cannot be read, does not
 * exist, is in the future or 130 years ago, or could be read two ways because the file has dates with the month first.
 */
export function csvDate(text: string, context: CsvDateContext): string | CsvFault {
  const parts = partsOf(text)
  if (!parts) return { code: 'date-unread', value: text }
  const [year, month, day] = parts
  const at = new Date(Date.UTC(year, month - 1, day))
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  const date = `${year}-${two(month)}-${two(day)}`
  if (!isReal || date > context.today || year < Number(context.today.slice(0, 4)) - oldest)
    return { code: 'date-impossible', value: text }
  const bothWays = slashed.test(text) && day <= 12 && day !== month
  return context.monthFirst && bothWays ? { code: 'date-two-ways', value: text } : date
}

const two = (part: number) => String(part).padStart(2, '0')

type Parts = readonly [year: number, month: number, day: number]

function partsOf(text: string): Parts | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(text) ?? []
  if (year) return [Number(year), Number(month), Number(day)]
  const [, first, second, last] = slashed.exec(text) ?? []
  if (first) return [Number(last), Number(second), Number(first)]
  const [, date, name = '', inYear] = /^(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})$/.exec(text) ?? []
  const named = months.indexOf(name.slice(0, 3).toLowerCase()) + 1
  return named > 0 ? [Number(inYear), named, Number(date)] : undefined
}
