const msPerDay = 86_400_000

/** Days that were written before, by their number: working out everybody writes the same ones again and again. */
const written = new Map<number, string>()
const mostWritten = 50_000

/**
 * The day as written in a text: of a date, or of an instant that was made with the service’s date (`instantIn`). The
 * day of any other instant depends on the service’s time zone: `dayOf` in zone.ts. This is the only place that cuts a
 * text.
 */
export const dayWritten = (text: string): string => text.slice(0, 10)

/** The month as written in a text, `YYYY-MM`. */
export const monthWritten = (text: string): string => text.slice(0, 7)

/** The first day of a FHIR date or instant: a year or a month alone counts from its first day. */
export const firstDayOf = (date: string): string =>
  date.length < 10 ? dayWritten(`${date}-01-01`) : dayWritten(date)

/** Whether it is a whole day that exists: 30 February does not. */
export function isWholeDay(text: string): boolean {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(moment) && reckonedDay(moment) === text
}

/** The day of a moment that was calculated as a calendar day, in UTC, and is not the time of an event. */
export const reckonedDay = (moment: number): string => {
  const day = Math.floor(moment / msPerDay)
  const known = written.get(day)
  if (known) return known
  const text = dayWritten(new Date(moment).toISOString())
  if (written.size >= mostWritten) written.clear()
  written.set(day, text)
  return text
}

/** The day of an instant in the offset of another one (`…+13:00`). */
export function dayByClockOf(clock: string, instant: string): string {
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):(\d\d)$/.exec(clock) ?? []
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return reckonedDay(Date.parse(instant) + ahead)
}

/** The moments at which days begin that were read before. */
const begun = new Map<string, number>()

function beginOf(day: string): number {
  const known = begun.get(day)
  if (known !== undefined) return known
  const moment = Date.parse(`${day}T00:00:00Z`)
  if (begun.size >= mostWritten) begun.clear()
  begun.set(day, moment)
  return moment
}

/** The day `count` days after `day` (`YYYY-MM-DD`); negative counts go back. */
export function addDays(day: string, count: number): string {
  return reckonedDay(beginOf(dayWritten(day)) + count * msPerDay)
}

/** Whole days from one day to another; negative if `to` is before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round(
    (Date.parse(`${dayWritten(to)}T00:00:00Z`) - Date.parse(`${dayWritten(from)}T00:00:00Z`)) /
      msPerDay,
  )
}
