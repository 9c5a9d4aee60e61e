/**
 * A row of a CSV file: its number as a spreadsheet shows it (the headings are row 1), and its cells, trimmed.
 * `broken`: it has a quotation mark that is not closed, or text after a closing one; its cells cannot be trusted.
 */
export type CsvRow = Readonly<{ row: number; cells: readonly string[]; broken?: true }>

/**
 * Reads CSV as RFC 4180 has it: cells in quotation marks may contain separators, line ends and doubled quotation marks.
 * Also accepted: a byte order mark, semicolons or tabs between the cells, any line end, quotation marks inside a cell
 * that does not begin with one. Empty rows are left out, but counted. A broken row ends with its line, and the next one
 * is read.
 */
export function csvRows(text: string): readonly CsvRow[] {
  const body = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(body)
  const pattern = cellPattern(separator)
  const rows: CsvRow[] = []
  for (let row = 1, at = 0; ; row += 1) {
    const read = rowFrom(body, at, { pattern, separator })
    const { cells, broken, next } = read
    if (broken) rows.push({ row, cells, broken })
    else if (cells.some((each) => each !== '')) rows.push({ row, cells })
    if (next === undefined) return rows
    at = next
  }
}

type Marks = Readonly<{ pattern: RegExp; separator: string }>

/** The cells of the row that starts here, and where the next one does; undefined at the end. */
function rowFrom(body: string, from: number, { pattern, separator }: Marks) {
  const cells: string[] = []
  pattern.lastIndex = from
  for (;;) {
    const at = pattern.lastIndex
    const cell = nextCell(body, pattern)
    if (!cell) return { cells, broken: true as const, next: endOfLine(body, at) }
    cells.push(cell.text)
    if (cell.end !== separator)
      return { cells, next: cell.end === '' ? undefined : pattern.lastIndex }
  }
}

/** Where the next line starts; undefined if this is the last. */
function endOfLine(body: string, from: number): number | undefined {
  const found = /\r\n|\n|\r/g
  found.lastIndex = from
  return found.exec(body) && found.lastIndex < body.length ? found.lastIndex : undefined
}

/** A cell in quotation marks or without, and what ends it: the separator, a line end, or nothing more. */
function cellPattern(separator: string): RegExp {
  const end = `(${separator}|\\r\\n|\\n|\\r|$)`
  return new RegExp(
    `[ ]*"([^"]*(?:""[^"]*)*)"[ ]*${end}|((?![ ]*")[^${separator}\\r\\n]*)${end}`,
    'y',
  )
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

/** The separator of the cells: the one that the headings contain most of, a comma if there is none. */
function separatorOf(text: string): string {
  const [headings = ''] = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1)
  const count = (mark: string) => headings.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}
