import { dayOf } from '#domain/calendar/zone.ts'
import { type Language, languages } from '#domain/language/languages.ts'
import { welshDate } from '#domain/language/welsh-date.ts'

const style = { timeZone: 'UTC' } as const

/**
 * The day of a FHIR date or instant in words: “4 January 1934”, “January 1934” or “1934”, as much as is known, also on a
 * machine that cannot say it in the language.
 */
export function writtenDay(at: string, zone: string, language: Language = 'en'): string {
  const day = dayOf(at, zone)
  const moment = Date.parse(day)
  if (Number.isNaN(moment) || day.length === 4) return day
  const { locale } = languages[language]
  const words =
    day.length === 7
      ? ({ ...style, month: 'long', year: 'numeric' } as const)
      : ({ ...style, dateStyle: 'long' } as const)
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0
  return isKnown ? new Intl.DateTimeFormat(locale, words).format(moment) : welshDate(moment, words)
}
