import { type CsvRow, csvRows } from '#domain/import/csv/csv.ts'
import { csvCellText } from '#domain/import/csv/csv-cell.ts'
import { isMonthFirst } from '#domain/import/csv/csv-dates.ts'
import { type FeedColumns, type FeedField, feedColumns, feedDateFields } from './feed-columns.ts'
import type { FeedFault } from './feed-fault.ts'
import type { FeedKind, FeedLine, FeedPerson } from './feed-line.ts'
import { type FeedRow, feedNumberOf, feedSourceOf } from './feed-row.ts'
import { feedKindOf, readFeedLine } from './read-feed-line.ts'

/** One row of a feed: its line and whose it is, or everything that is wrong with it. */
export type ReadFeedRow = Readonly<{ row: number }> &
  (
    | Readonly<{ line: FeedLine; person: FeedPerson }>
    | Readonly<{ faults: readonly FeedFault[]; source: string; kind: FeedKind; number: string }>
  )

export type Feed = Readonly<{
  headings: readonly string[]
  columns: FeedColumns
  rows: readonly CsvRow[]
}>

/** The rows of a feed; undefined if the first row has not the headings of one. */
export function feedIn(text: string): Feed | undefined {
  const [head, ...rows] = csvRows(text)
  const columns = head && feedColumns(head.cells)
  return columns && { headings: head.cells, columns, rows }
}

/** Whether some of its dates can only be month/day/year. */
export const feedIsMonthFirst = ({ columns, rows }: Feed): boolean =>
  rows.some(({ cells }) =>
    columns.fields.some(
      (field, at) => field && feedDateFields.includes(field) && isMonthFirst(cells[at] ?? ''),
    ),
  )

/** Reads every row as of `today`. */
export function readFeed(
  { columns, rows }: Pick<Feed, 'columns' | 'rows'>,
  context: Readonly<{ today: string; monthFirst: boolean }>,
): readonly ReadFeedRow[] {
  return rows.map((row) => {
    const said = cellsOf(row, columns)
    const wrong = moved(row, columns)
    const read = wrong ? { faults: [wrong] } : readFeedLine(said, columns.layout, context)
    return 'faults' in read
      ? { row: row.row, faults: read.faults, ...nameOf(said, columns) }
      : { row: row.row, ...read }
  })
}

function cellsOf({ cells }: CsvRow, { fields }: FeedColumns): FeedRow {
  const said: Partial<Record<FeedField, string>> = {}
  for (const [at, field] of fields.entries()) {
    const cell = csvCellText(cells[at] ?? '')
    if (field && cell) said[field] = cell
  }
  return said
}

/** A broken row, or a cell beyond the headings: nothing in it can be trusted. */
function moved({ cells, broken }: CsvRow, { fields }: FeedColumns): FeedFault | undefined {
  if (broken) return { code: 'broken' }
  const extra = cells.slice(fields.length).find((cell) => cell !== '')
  return extra === undefined ? undefined : { code: 'too-many-cells', value: extra.slice(0, 40) }
}

const nameOf = (said: FeedRow, { layout }: FeedColumns) => ({
  source: feedSourceOf(said, layout),
  kind: feedKindOf(said, layout),
  number: feedNumberOf(said),
})
