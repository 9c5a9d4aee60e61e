/** Milliseconds since 1970 in UTC; `to` is the first instant that no longer belongs to it. */
export type DateRange = Readonly<{ from: number; to: number }>

const shape =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/**
 * The span of time that a FHIR date, dateTime or instant names, as precise as it is written:
 * `1980-02` is the whole of February 1980, leap day included. A time without a zone is UTC. Undefined when malformed.
 */
export function dateRange(text: string): DateRange | undefined {
  const parts = shape.exec(text)
  if (!parts) return undefined
  const [, year = '', month, day, hour, minute, second, fraction, zone] = parts
  const start = utc(Number(year), Number(month ?? '1') - 1, Number(day ?? '1'))
  const isReal =
    start.getUTCMonth() === Number(month ?? '1') - 1 && Number(day ?? '1') === start.getUTCDate()
  if (!isReal || Number(month ?? '1') < 1 || Number(day ?? '1') < 1) return undefined
  if (month === undefined)
    return { from: start.getTime(), to: utc(Number(year) + 1, 0, 1).getTime() }
  if (day === undefined)
    return { from: start.getTime(), to: utc(Number(year), Number(month), 1).getTime() }
  if (hour === undefined) return { from: start.getTime(), to: start.getTime() + 86_400_000 }
  return timeRange(start.getTime(), { hour, minute: minute ?? '00', second, fraction, zone })
}

function utc(year: number, month: number, day: number): Date {
  const date = new Date(Date.UTC(2000, month, day))
  date.setUTCFullYear(year, month, day)
  return date
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
