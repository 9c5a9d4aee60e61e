import { dayOf } from '#domain/calendar/zone.ts'

const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The day of a FHIR date or instant in English: “4 January 1934”, “January 1934” or “1934”, as much as is known. */
export function englishDay(at: string, zone: string): string {
  const day = dayOf(at, zone)
  const moment = Date.parse(day)
  if (Number.isNaN(moment) || day.length === 4) return day
  return (day.length === 7 ? month : long).format(moment)
}
