/** Letters that stay one letter without their marks, and how people write them without a special keyboard. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', ß: 'ss', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th', ħ: 'h' },
  ...{ ŧ: 't', ŋ: 'n', ĸ: 'k', ŀ: 'l', ƒ: 'f', ɨ: 'i', ƶ: 'z', ǥ: 'g', ə: 'e', ſ: 's' },
}
const special = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu')

/** Whatever is typed for the apostrophe in O’Neill. */
const apostrophes = /['’‘‛ʼʻʽʹʾʿˈˊˋ`´′＇᾽᾿΄]/gu

/**
 * The one rule for comparing and finding names: without case, accents, apostrophes and joined letters, so that
 * Łukasiewicz is found as Lukasiewicz and O’Neill as ONeill.
 */
export function folded(text: string): string {
  return text
    .replace(apostrophes, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(special, (letter) => plainLetters[letter] ?? letter)
}
