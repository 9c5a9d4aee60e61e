import { dayOf } from '#domain/calendar/zone.ts'
import { type Language, languages } from '#domain/language/languages.ts'

const style = { timeZone: 'UTC' } as const
const parts = { day: '2-digit', month: '2-digit', year: 'numeric' } as const

/**
 * The day of a FHIR date or instant in words: “4 January 1934”, “January 1934” or “1934”, as much as is known. In figures
 * where this machine cannot say it in the language: Chromium knows no Welsh months.
 */
export function writtenDay(at: string, zone: string, language: Language = 'en'): string {
  const day = dayOf(at, zone)
  const moment = Date.parse(day)
  if (Number.isNaN(moment) || day.length === 4) return day
  const { locale } = languages[language]
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0
  if (!isKnown) {
    const { day: _day, ...month } = parts
    return new Intl.DateTimeFormat('en-GB', {
      ...style,
      ...(day.length === 7 ? month : parts),
    }).format(moment)
  }
  const words =
    day.length === 7
      ? ({ month: 'long', year: 'numeric' } as const)
      : ({ dateStyle: 'long' } as const)
  return new Intl.DateTimeFormat(locale, { ...style, ...words }).format(moment)
}
