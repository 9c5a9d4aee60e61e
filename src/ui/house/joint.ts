/** What stands between two texts of a list in one line: after a whole sentence a space is enough. */
export const joint = (before: string): string => (/[.!?…]$/.test(before.trim()) ? ' ' : '; ')

/** All of them in one line. */
export const joined = (texts: readonly string[]): string =>
  texts.map((each, place) => (place > 0 ? joint(texts[place - 1] ?? '') : '') + each).join('')
