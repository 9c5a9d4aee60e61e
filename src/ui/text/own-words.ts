/** Letters that only one of the languages uses. */
const letters: readonly (readonly [string, RegExp])[] = [
  ['ur', /\p{Script=Arabic}/u],
  ['pl', /[ąćęłńśźżĄĆĘŁŃŚŹŻ]/],
  ['cy', /[ŵŷŴŶ]/],
]

/**
 * In which language somebody probably wrote, by their letters: records do not say it, and a voice that reads English words
 * by the rules of Urdu cannot be understood. English is what a service here writes.
 */
function wordsLanguage(words: string): string {
  return letters.find(([, sign]) => sign.test(words))?.[0] ?? 'en'
}

/** How somebody's own words are marked on a page in any language: they are never translated. */
export const ownWords = (words: unknown): Readonly<{ dir: 'auto'; lang?: string }> =>
  typeof words === 'string' ? { dir: 'auto', lang: wordsLanguage(words) } : { dir: 'auto' }
