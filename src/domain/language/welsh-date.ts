const months =
  'Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr'.split(
    ' ',
  )
const days = 'Dydd Llun,Dydd Mawrth,Dydd Mercher,Dydd Iau,Dydd Gwener,Dydd Sadwrn,Dydd Sul'.split(
  ',',
)
const english = (style: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', style)

function welshWord({ type, value }: Intl.DateTimeFormatPart): string {
  if (type === 'month') return wordIn(value, 12, { month: 'long' }, months)
  if (type === 'weekday') return wordIn(value, 7, { weekday: 'long' }, days)
  return type === 'literal' ? value.replace(' at ', ' am ') : value
}

/** The Welsh word for an English month or day of the week, written out or cut to its first letters. */
function wordIn(
  value: string,
  count: number,
  style: Intl.DateTimeFormatOptions,
  words: readonly string[],
): string {
  const isMonth = style.month !== undefined
  for (let at = 0; at < count; at += 1) {
    // 1 January 2024 was a Monday
    const day = new Date(Date.UTC(2024, isMonth ? at : 0, isMonth ? 1 : at + 1))
    if (
      english({ ...style, timeZone: 'UTC' })
        .format(day)
        .startsWith(value)
    )
      return words[at] ?? value
  }
  return value
}

/**
 * A day or moment in Welsh where the machine cannot say it: Chromium formats no Welsh dates, and would use English. The order is
 * the British one, so that only the words have to be replaced.
 */
export const welshDate = (moment: Date | number, style: Intl.DateTimeFormatOptions): string =>
  english(style).formatToParts(moment).map(welshWord).join('')
