/** Milliseconds since 1970 in UTC; `to` is the first instant after it. */
export type DateRange = Readonly<{ from: number; to: number }>

const shape =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/**
 * The range of time of a FHIR date, dateTime or instant, as precise as it is written: `1980-02` is the whole of
 * February 1980, leap day included. A time without a zone is UTC. Undefined if malformed.
 */
export function dateRange(text: string): DateRange | undefined {
  const parts = shape.exec(text)
  if (!parts) return undefined
  const [, year = '', month, day, hour, minute = '00', second, fraction, zone] = parts
  const date = { year: Number(year), month: Number(month ?? '1'), day: Number(day ?? '1') }
  if (!isReal(date)) return undefined
  const from = utc(date.year, date.month - 1, date.day)
  if (month === undefined) return { from, to: utc(date.year + 1, 0, 1) }
  if (day === undefined) return { from, to: utc(date.year, date.month, 1) }
  if (hour === undefined) return { from, to: from + 86_400_000 }
  return timeRange(from, { hour, minute, second, fraction, zone })
}

function isReal({ year, month, day }: { year: number; month: number; day: number }): boolean {
  const date = new Date(utc(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day)
}

type Time = {
  hour: string
  minute: string
  second: string | undefined
  fraction: string | undefined
  zone: string | undefined
}

function timeRange(day: number, time: Time): DateRange | undefined {
  const { second, fraction } = time
  if (Number(time.hour) > 24 || Number(time.minute) > 59 || Number(second ?? '0') > 60)
    return undefined
  const whole =
    Number(time.hour) * 3_600_000 + Number(time.minute) * 60_000 + Number(second ?? '0') * 1000
  const from = day + whole + thousandths(fraction) - zoneOffset(time.zone)
  if (second === undefined) return { from, to: from + 60_000 }
  return {
    from,
    to: from + (fraction === undefined ? 1000 : 10 ** Math.max(0, 3 - fraction.length)),
  }
}

function thousandths(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3))
}

function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
