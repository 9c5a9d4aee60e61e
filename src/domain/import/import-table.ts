import { feedIn, feedIsMonthFirst } from '#domain/feed/read-feed.ts'
import { scoresAreMonthFirst, scoresIn } from '#domain/outside-score/read-scores.ts'
import { type CsvRow, csvReader, endsInside } from './csv/csv.ts'
import { brokenCsvRow, csvRowText } from './csv/csv-text.ts'
import type { ImportChunk } from './import-chunk.ts'

/** A table whose rows the service reads, known by its headings: lines of activity and cost, or scores from elsewhere. */
export type ImportTable = Readonly<{
  headings: readonly string[]
  unread: readonly string[]
  perChunk: number
  isMonthFirst: (rows: readonly CsvRow[]) => boolean
}>

/** Undefined for other tables. */
export function importTable(headings: readonly string[]): ImportTable | undefined {
  const head = csvRowText(headings)
  const feed = feedIn(head)
  if (feed)
    return {
      ...{ headings, unread: feed.columns.unread, perChunk: 1_000 },
      isMonthFirst: (rows) => feedIsMonthFirst({ ...feed, rows }),
    }
  const scores = scoresIn(head)
  if (!scores) return undefined
  return {
    ...{ headings, unread: scores.unread, perChunk: 200 },
    isMonthFirst: (rows) => scoresAreMonthFirst({ ...scores, rows }),
  }
}

export type TableSurvey = Readonly<{ monthFirst: boolean; isCut: boolean }>

/** The first of two readings: how dates are written, and whether the table is whole. */
export function tableSurveying({ headings, isMonthFirst }: ImportTable) {
  const reader = csvReader()
  const found = { monthFirst: false, isCut: false }
  function see(rows: readonly CsvRow[]): void {
    found.monthFirst ||= isMonthFirst(rows)
    found.isCut ||= rows.some((row) => endsInside(row, headings.length))
  }
  return {
    push: (part: string) => see(reader.push(part)),
    end(): TableSurvey {
      see(reader.end())
      return found
    },
  }
}

/**
 * The second reading: the rows in parts, each with the headings. A broken row, and one in which the file stops, goes as a
 * broken one, so that the service refuses it and counts it.
 */
export function tableTaking({ headings, perChunk }: ImportTable, { monthFirst }: TableSurvey) {
  const reader = csvReader()
  const contentType = monthFirst ? ('text/csv; dates=month-first' as const) : ('text/csv' as const)
  const waiting: CsvRow[] = []
  let isHeadRead = false
  const chunkOf = (rows: readonly CsvRow[]): ImportChunk => ({
    body: [csvRowText(headings), ...rows.map((row) => textOf(row, headings.length))].join('\n'),
    contentType,
    records: rows.length,
    rows: rows.map(({ row }) => row),
  })
  function* chunks(rows: readonly CsvRow[], least: number): Generator<ImportChunk> {
    waiting.push(...(isHeadRead ? rows : rows.slice(1)))
    isHeadRead ||= rows.length > 0
    while (waiting.length >= least) yield chunkOf(waiting.splice(0, perChunk))
  }
  return {
    push: (part: string) => chunks(reader.push(part), perChunk),
    end: () => chunks(reader.end(), 1),
  }
}

const textOf = (row: CsvRow, headings: number) =>
  row.broken || endsInside(row, headings) ? brokenCsvRow : csvRowText(row.cells)
