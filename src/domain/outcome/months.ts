import { addDays, monthWritten } from '#domain/calendar/days.ts'

/** The month so many after this one (before it, if negative), as `2026-10`. */
export function addMonths(month: string, count: number): string {
  const [year = 0, at = 1] = month.split('-').map(Number)
  const whole = year * 12 + at - 1 + count
  const rest = ((whole % 12) + 12) % 12
  return `${String((whole - rest) / 12).padStart(4, '0')}-${String(rest + 1).padStart(2, '0')}`
}

/** The last month that is over on this day. */
export const lastWholeMonth = (day: string): string => addMonths(monthWritten(day), -1)

export const lastDayOfMonth = (month: string): string => addDays(`${addMonths(month, 1)}-01`, -1)

/** From one month to another, both included. */
export function monthsFrom(from: string, to: string): readonly string[] {
  const months: string[] = []
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month)
  return months
}
