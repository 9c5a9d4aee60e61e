/** Words for finding people: lower case, no accents, no apostrophes; anything else that is no letter or digit parts words. */
export function plainWords(text: string): readonly string[] {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}
