/** A date as somebody types it into three boxes. */
export type DateParts = Readonly<{ day: string; month: string; year: string }>

const blank: DateParts = { day: '', month: '', year: '' }
/** A prefix for an unfinished date: it sorts before every date, and no server mistakes it for one. */
const unfinished = '0000:'

/** The content of the boxes for a value of `dateFromParts`; a day without leading zeros. */
export function datePartsOf(value: string): DateParts {
  if (value.startsWith(unfinished)) {
    const [day = '', month = '', year = ''] = value.slice(unfinished.length).split('/')
    return { day, month, year }
  }
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(value) ?? []
  if (!year || !month || !day) return blank
  return { day: day.replace(/^0/, ''), month: month.replace(/^0/, ''), year }
}

/**
 * `YYYY-MM-DD` if the boxes contain a real date, empty if they are empty, otherwise a text that keeps what was typed
 * and is not a date (`isUnfinished`). The year has four digits.
 */
export function dateFromParts(parts: DateParts): string {
  const [day, month, year] = [parts.day, parts.month, parts.year].map((each) => each.trim())
  if (!day && !month && !year) return ''
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isDay(date) ? date : `${unfinished}${parts.day}/${parts.month}/${parts.year}`
}

/** A day past the end of its month would roll over into the next: it is invalid. */
function isDay(date: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false
  const moment = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date)
}

/** The boxes contain something that is not a date: it must not be saved. */
export const isUnfinished = (value: string | undefined): boolean =>
  value?.startsWith(unfinished) ?? false
