/** A row of a CSV file: its number as a spreadsheet shows it (the headings are row 1), and its cells, blanks trimmed. */
export type CsvRow = Readonly<{ row: number; cells: readonly string[] }>

/** `brokenAt` is the row with a quotation mark that is not closed or stands in the middle of a cell. */
export type Csv = Readonly<{ rows: readonly CsvRow[]; brokenAt?: number }>

/**
 * Reads CSV as RFC 4180 has it: cells in quotation marks may hold separators, line ends and doubled quotation marks. Also
 * taken: a byte order mark, semicolons or tabs between the cells, any line end. Empty rows are left out, but counted.
 */
export function csvRows(text: string): Csv {
  const body = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(body)
  const pattern = cellPattern(separator)
  const rows: CsvRow[] = []
  let cells: string[] = []
  for (let row = 1; ; ) {
    const cell = nextCell(body, pattern)
    if (!cell) return { rows, brokenAt: row }
    cells.push(cell.text)
    if (cell.end === separator) continue
    if (cells.some((each) => each !== '')) rows.push({ row, cells })
    if (cell.end === '') return { rows }
    cells = []
    row += 1
  }
}

/** A cell in quotation marks or without, and what ends it: the separator, a line end, or nothing more. */
function cellPattern(separator: string): RegExp {
  const end = `(${separator}|\\r\\n|\\n|\\r|$)`
  return new RegExp(`[ ]*"([^"]*(?:""[^"]*)*)"[ ]*${end}|([^"${separator}\\r\\n]*)${end}`, 'y')
}

function nextCell(body: string, pattern: RegExp): { text: string; end: string } | undefined {
  const found = pattern.exec(body)
  if (!found) return undefined
  const [, quoted, quotedEnd, plain = '', plainEnd = ''] = found
  return {
    text: (quoted?.replaceAll('""', '"') ?? plain).trim(),
    end: quotedEnd ?? plainEnd,
  }
}

/** What stands between the cells: the mark that the headings hold most of, a comma when there is none. */
function separatorOf(text: string): string {
  const [headings = ''] = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1)
  const count = (mark: string) => headings.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}
