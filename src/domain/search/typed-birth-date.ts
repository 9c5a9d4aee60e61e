/** A date of birth as somebody types it into a search, day first, as `YYYY-MM-DD`; undefined if it is none. */
export function typedBirthDate(text: string): string | undefined {
  const said = text.trim()
  const british = /^(\d{1,2})[\s/.-](\d{1,2})[\s/.-](\d{4})$/.exec(said)
  const [, day = '', month = '', year = ''] = british ?? []
  const iso = british ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : said
  if (!/^(18|19|20)\d\d-\d\d-\d\d$/.test(iso)) return undefined
  const moment = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : undefined
}
