import type { I18n } from '@lingui/core'
import type { Language } from '#domain/language/languages.ts'
import { welshDate } from '#domain/language/welsh-date.ts'

/** Where the browser knows no dates in the language, it would use the language of the machine. */
export function datesIn(i18n: I18n, language: Language): void {
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf(language).length > 0
  if (isKnown) Reflect.deleteProperty(i18n, 'date')
  else i18n.date = (value, style = {}) => welshDate(new Date(value ?? Number.NaN), style)
}
