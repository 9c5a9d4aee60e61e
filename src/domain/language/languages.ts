/** A language in which persons and carers can read their pages. */
export type Language = 'en' | 'cy' | 'pl' | 'ur'

/**
 * `reviewed`: who, speaking the language and knowing care, has read the whole translation, and when. Until then every page in
 * it says that nobody has.
 */
type About = Readonly<{
  /** as its speakers call it */
  name: string
  direction: 'ltr' | 'rtl'
  /** for dates and numbers */
  locale: string
  reviewed?: Readonly<{ by: string; on: string }>
}>

export const languages: Readonly<Record<Language, About>> = {
  en: { name: 'English', direction: 'ltr', locale: 'en-GB' },
  cy: { name: 'Cymraeg', direction: 'ltr', locale: 'cy' },
  pl: { name: 'Polski', direction: 'ltr', locale: 'pl' },
  ur: { name: 'اردو', direction: 'rtl', locale: 'ur' },
}

/** Offered to persons and carers: English, and what is translated completely. */
export const offeredLanguages: readonly Language[] = ['en', 'cy', 'pl', 'ur']

export const isLanguage = (code: string | null | undefined): code is Language =>
  offeredLanguages.some((each) => each === code)

/** The language of a BCP 47 tag such as `ur-PK`, if Gable speaks it. */
export function languageOf(tag: string | undefined): Language | undefined {
  const code = tag?.split('-')[0]?.toLowerCase()
  return isLanguage(code) ? code : undefined
}

/** Translated, and not reviewed by anybody yet. */
export const isUnreviewed = (language: Language): boolean =>
  language !== 'en' && !languages[language].reviewed
