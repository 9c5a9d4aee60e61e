import type { Language } from './languages.ts'

/** Letters that only one of the languages uses. */
const letters: readonly (readonly [Language, RegExp])[] = [
  ['ur', /\p{Script=Arabic}/u],
  ['pl', /[ąćęłńśźżĄĆĘŁŃŚŹŻ]/],
  ['cy', /[ŵŷŴŶ]/],
]

/**
 * In which language somebody probably wrote, by their letters: records do not say it, and a voice that reads English words
 * by the rules of Urdu cannot be understood. English is what the service writes.
 */
export function wordsLanguage(words: string): Language {
  return letters.find(([, sign]) => sign.test(words))?.[0] ?? 'en'
}
