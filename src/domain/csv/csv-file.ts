/**
 * In a spreadsheet a cell that begins so is a formula (OWASP, CSV injection), in full-width letters too, and whatever
 * blanks or invisible characters come before it.
 */
const formula = /^(?:[\t\r\n]|[\s\p{Cf}]*[=+\-@|%＝＋－＠﹢﹣﹦﹫−])/u

const cell = (text: string): string => {
  const plain = formula.test(text) ? `'${text}` : text
  return /["\r\n,;|\t]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** A file for a spreadsheet: no cell is a formula, and the file says that it is UTF-8. Our reader takes the marks off again. */
export const csvFile = (rows: readonly (readonly string[])[]): string => `\uFEFF${csvLines(rows)}`

/** More lines of such a file. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')

/** A text without what `csvFile` put before a formula. */
export const withoutFormulaMark = (text: string): string =>
  text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text
