const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'],
  ...['october', 'november', 'december'],
]

/** `1`, `Jan`, `Sept` and `January`; what is no month gives no day. */
function monthNumber(said: string): string {
  if (/^\d/.test(said)) return said.padStart(2, '0')
  const place = months.findIndex((each) => each.startsWith(said.toLowerCase()))
  return String(place + 1).padStart(2, '0')
}

/** A date of birth as somebody types it into a search, day first, as `YYYY-MM-DD`; undefined if it is none. */
export function typedBirthDate(text: string): string | undefined {
  const said = text.trim()
  const british = /^(\d{1,2})[\s/.-]+(\d{1,2}|[a-z]{3,9})[\s/.,-]+(\d{4})$/i.exec(said)
  const [, day = '', month = '', year = ''] = british ?? []
  const iso = british ? `${year}-${monthNumber(month)}-${day.padStart(2, '0')}` : said
  if (!/^(18|19|20)\d\d-\d\d-\d\d$/.test(iso)) return undefined
  const moment = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : undefined
}
