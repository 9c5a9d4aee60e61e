/**
 * A row of a CSV file: its number as a spreadsheet shows it (the headings are row 1), and its cells, trimmed.
 * `broken`: it has a quotation mark that is not closed, or text after a closing one; its cells cannot be trusted.
 * `isLast`: the file ends in it without a line end.
 */
export type CsvRow = Readonly<{
  row: number
  cells: readonly string[]
  broken?: true
  isLast?: true
}>

/**
 * Reads CSV as RFC 4180 has it: cells in quotation marks may contain separators, line ends and doubled quotation marks.
 * Also accepted: a byte order mark, semicolons, tabs or pipes between the cells, any line end, quotation marks inside a
 * cell that does not begin with one. Empty rows are left out, but counted. A broken row ends with its line, and the next
 * one is read.
 */
export function csvRows(text: string): readonly CsvRow[] {
  const reader = csvReader()
  return [...reader.push(text), ...reader.end()]
}

/**
 * The file stops in this row: its last line has no line end and fewer cells than headings, or a quotation mark that is never
 * closed. Whatever wrote the file, or brought it, stopped there.
 */
export function endsInside({ cells, broken, isLast }: CsvRow, headings: number): boolean {
  return isLast === true && (broken === true || cells.length < headings)
}

/** A row that is longer has a quotation mark that was never closed: the longest real ones have a few thousand characters. */
const longestRow = 65_536

export type CsvReader = Readonly<{
  /** the rows that are complete with this part of the text */
  push: (part: string) => readonly CsvRow[]
  /** the rows that are left */
  end: () => readonly CsvRow[]
  /** what stands between the cells; known once the first line was read */
  separator: () => string
}>

/** Reads a file part by part: it holds one row and one part, however long the file is. */
export function csvReader(): CsvReader {
  const state: Reading = { marks: undefined, body: '', row: 1, isBegun: false }
  return {
    push(part) {
      state.body += part
      begin(state, false)
      return takeRows(state, false)
    },
    end() {
      begin(state, true)
      return takeRows(state, true)
    },
    separator: () => state.marks?.separator ?? ',',
  }
}

type Reading = { marks: Marks | undefined; body: string; row: number; isBegun: boolean }

/** The separator is known with the first line. */
function begin(state: Reading, isEnd: boolean): void {
  if (!state.isBegun && state.body !== '') {
    state.body = state.body.replace(/^\uFEFF/, '')
    state.isBegun = true
  }
  if (!state.marks && (isEnd || /[\r\n]./s.test(state.body))) state.marks = marksOf(state.body)
}

function takeRows(state: Reading, isEnd: boolean): readonly CsvRow[] {
  const { body, marks } = state
  const rows: CsvRow[] = []
  let at = 0
  while (marks && at < body.length) {
    const { cells, broken, next } = rowFrom(body, at, marks)
    if (!isEnd && isUnsure({ broken, next }, at, body.length)) break
    if (broken || cells.some((each) => each !== ''))
      rows.push({ ...{ row: state.row, cells }, ...marksOfRow({ broken, next }) })
    state.row += 1
    at = next ?? body.length
  }
  state.body = body.slice(at)
  return rows
}

type RowRead = Readonly<{ broken?: true | undefined; next: number | undefined }>

const marksOfRow = ({ broken, next }: RowRead): Pick<CsvRow, 'broken' | 'isLast'> => ({
  ...(broken ? { broken } : {}),
  ...(next === undefined ? { isLast: true } : {}),
})

/** Whether the next part of the text may change where this row ends, and so what it says. */
function isUnsure({ broken, next }: RowRead, from: number, length: number): boolean {
  return broken ? length - from < longestRow : next === undefined || next >= length
}

type Marks = Readonly<{ pattern: RegExp; separator: string }>

function marksOf(body: string): Marks {
  const separator = separatorOf(body)
  return { separator, pattern: cellPattern(separator) }
}

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
  const end = `([${separator}]|\\r\\n|\\n|\\r|$)`
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
  return [',', ';', '\t', '|'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}
