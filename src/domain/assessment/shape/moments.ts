/** A FHIR dateTime: to the year, month or day, or with time and zone. */
const moment =
  /^\d{4}(-\d{2}(-\d{2}(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?)?$/
const time = /^([01]?\d|2[0-3])[:.]([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?$/

export const isMoment = (text: string): boolean =>
  moment.test(text) && !Number.isNaN(Date.parse(text))

/** A FHIR time (`09:30:00`) from what was typed (`9:30`, `9.30`); undefined if it is none. */
export function timeWritten(text: string): string | undefined {
  const [, hour, minute, second = '00'] = time.exec(text.trim()) ?? []
  return hour && minute ? `${hour.padStart(2, '0')}:${minute}:${second}` : undefined
}
