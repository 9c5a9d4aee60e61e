import { momentAt } from '#domain/calendar/zone.ts'

/**
 * An HL7 time (YYYY[MM[DD[HHMM[SS[.S…]]]]][±ZZZZ]) as a FHIR dateTime: an instant in UTC, or a date if no hour was
 * written. Without an offset it is the local time of `zone` (IANA name). Undefined if it cannot be read.
 */
export function momentOf(text: string, zone: string): string | undefined {
  const found =
    /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)(?:(\d\d)(?:\.(\d{1,4}))?)?)?)?)?([+-]\d{4})?$/.exec(
      text,
    )
  if (!found) return undefined
  const [, year = '', month, day, hour, minute = '00', second = '00', part = '0', offset] = found
  if (!isRealDay(year, month ?? '01', day ?? '01')) return undefined
  if (hour === undefined) return [year, month, day].filter(Boolean).join('-')
  const fraction = part.padEnd(3, '0').slice(0, 3)
  const wall = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`)
  if (Number.isNaN(wall)) return undefined
  const moment = offset ? wall - minutesOf(offset) * 60_000 : momentAt(wall, zone)
  return new Date(moment).toISOString()
}

function isRealDay(year: string, month: string, day: string): boolean {
  const text = `${year}-${month}-${day}`
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function minutesOf(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3))
  return offset.startsWith('-') ? -minutes : minutes
}
