import { isUnreviewed, type Language, languages } from '#domain/language/languages.ts'
import { englishPhrases, type PlanPhrases } from './plan-phrases.ts'
import translated from './translated-phrases.json' with { type: 'json' }

type Table = Readonly<Record<string, string>>
const tables: Readonly<Record<Exclude<Language, 'en'>, Table>> = translated

const unreviewed = 'This translation has not been reviewed yet.'

const made = new Map<Language, PlanPhrases>([['en', englishPhrases]])

/** The phrases of a written plan in a language, for screens: translated with everything else that they say. */
export function screenPhrases(language: Language): PlanPhrases {
  const known = made.get(language)
  if (known || language === 'en') return known ?? englishPhrases
  const phrases = { ...spoken(englishPhrases, language), language: languages[language].locale }
  made.set(language, phrases)
  return phrases
}

/** The same for a file: what must not be misunderstood has its English beside it. */
export function phrasesIn(language: Language): PlanPhrases {
  if (language === 'en') return englishPhrases
  const phrases = screenPhrases(language)
  const { green, amber, red } = phrases.levels
  const { levels } = englishPhrases
  return {
    ...phrases,
    levels: {
      green: `${green} (${levels.green})`,
      amber: `${amber} (${levels.amber})`,
      red: `${red} (${levels.red})`,
    },
  }
}

/** In both languages that nobody has reviewed a translation; nothing if there is nothing to review. */
export const translationNotes = (language: Language): readonly string[] =>
  language !== 'en' && isUnreviewed(language)
    ? [tables[language][unreviewed] ?? unreviewed, unreviewed]
    : []

/** Every text in it, and every text that one of its functions writes. */
function spoken<T>(phrases: T, language: Exclude<Language, 'en'>): T {
  const say = (english: string) => tables[language][english] || english
  if (typeof phrases === 'string') return say(phrases) as T
  if (typeof phrases === 'function') {
    return ((...given: readonly string[]) => {
      const places = given.map((_each, place) => `{${place}}`)
      return filled(say(phrases(...places)), given, languages[language].direction)
    }) as T
  }
  const entries = Object.entries(phrases as object).map(([key, each]) => [
    key,
    spoken(each, language),
  ])
  return (
    Array.isArray(phrases) ? entries.map(([, each]) => each) : Object.fromEntries(entries)
  ) as T
}

/** Between these characters a name or a number keeps its own direction in a sentence that runs right to left. */
const filled = (text: string, given: readonly string[], direction: 'ltr' | 'rtl') =>
  text.replaceAll(/\{(\d+)\}/g, (_whole, place: string) => {
    const words = given[Number(place)] ?? ''
    return direction === 'rtl' ? `\u2068${words}\u2069` : words
  })
