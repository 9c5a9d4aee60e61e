/** A day as somebody types it into three boxes. */
export type DateParts = Readonly<{ day: string; month: string; year: string }>

const blank: DateParts = { day: '', month: '', year: '' }
/** Stands before what is no day yet: it sorts before every day, and no server takes it for one. */
const unfinished = '0000:'

/** What stands in the boxes for a value of `dateFromParts`; a day without leading noughts. */
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
 * `YYYY-MM-DD` when the boxes name a day that there is, empty when nothing stands in them, and else a text that keeps what
 * was typed and is no day (`isUnfinished`). The year has four digits.
 */
export function dateFromParts(parts: DateParts): string {
  const [day, month, year] = [parts.day, parts.month, parts.year].map((each) => each.trim())
  if (!day && !month && !year) return ''
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isDay(date) ? date : `${unfinished}${parts.day}/${parts.month}/${parts.year}`
}

/** A day past the end of its month would roll over into the next: it is none. */
function isDay(date: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false
  const moment = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date)
}

/** Something stands in the boxes, and it is no day: it must not be saved. */
export const isUnfinished = (value: string | undefined): boolean =>
  value?.startsWith(unfinished) ?? false
