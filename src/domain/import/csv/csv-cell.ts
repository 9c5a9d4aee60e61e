import { withoutFormulaMark } from '#domain/csv/csv-file.ts'

/**
 * Invisible characters, left by web pages and spreadsheets: zero-width space, soft hyphen, writing directions, a byte
 * order mark.
 */
const unseen = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g

/**
 * The text of a cell as it was meant: invisible characters removed, every kind of white space replaced by one space.
 */
export function csvCellText(text: string): string {
  // what we put before a formula in a file that we write
  const plain = withoutFormulaMark(text.replace(unseen, ''))
  return plain.replace(/\s+/gu, ' ').trim()
}

/** What a spreadsheet or a database writes for a missing value: it is nobody’s name or number. */
export function isNoValue(text: string): boolean {
  return (
    /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#+)$/i.test(text) || text === 'NULL'
  )
}

/** A number that a spreadsheet has shortened (`4.477E+11`): its last digits are lost. */
export function isShortened(text: string): boolean {
  return /^\d+([.,]\d+)?E\+?\d+$/i.test(text)
}

/** The digits of a number, whatever is between them; a `.0` after it is a spreadsheet’s. */
export function digitsIn(text: string): string {
  return text.replace(/\.0+$/, '').replace(/[\s\p{Pd}]/gu, '')
}

/** A telephone number of ten digits has lost its leading zero: British ones have eleven with it. */
export function phoneText(text: string): string {
  const plain = text.replace(/\.0+$/, '')
  return /^[1-9]\d{9}$/.test(digitsIn(plain)) ? `0${plain}` : plain
}

/**
 * A British postcode in its usual form: capitals, and a space before its last three characters. Others are left as they
 * are.
 */
export function postcodeText(text: string): string {
  const plain = text.toUpperCase().replaceAll(' ', '')
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(plain)
    ? `${plain.slice(0, -3)} ${plain.slice(-3)}`
    : text.toUpperCase()
}
