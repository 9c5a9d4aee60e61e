/** A row as CSV with commas (RFC 4180), in quotation marks where a cell needs them. */
export const csvRowText = (cells: readonly string[]): string => cells.map(csvCell).join(',')

const csvCell = (text: string): string =>
  /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** A row that every reader takes for broken: text after a closing quotation mark. */
export const brokenCsvRow = '"broken"row'
