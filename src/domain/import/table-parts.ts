import { type Feed, feedIn, feedIsMonthFirst } from '#domain/feed/read-feed.ts'
import type { ImportChunk } from './chunks.ts'
import type { CsvRow } from './csv/csv.ts'
import { brokenCsvRow, csvRowText } from './csv/csv-text.ts'

const rowsPerChunk = 1_000

/**
 * A table whose rows the service reads, in parts of 1,000 rows, each with the headings: lines of activity and cost.
 * Undefined for other tables. A broken row stays broken, so that the service refuses it and counts it.
 */
export function tableParts(text: string): TableParts | undefined {
  const feed = feedIn(text)
  return feed && { chunks: chunksOf(feed), unreadColumns: feed.columns.unread }
}

type TableParts = Readonly<{ chunks: readonly ImportChunk[]; unreadColumns: readonly string[] }>

function chunksOf(feed: Feed): readonly ImportChunk[] {
  const contentType = feedIsMonthFirst(feed) ? 'text/csv; dates=month-first' : 'text/csv'
  const chunks: ImportChunk[] = []
  for (let start = 0; start < feed.rows.length; start += rowsPerChunk) {
    const some = feed.rows.slice(start, start + rowsPerChunk)
    chunks.push({
      body: [csvRowText(feed.headings), ...some.map(textOf)].join('\n'),
      contentType,
      records: some.length,
      rows: some.map(({ row }) => row),
    })
  }
  return chunks
}

const textOf = ({ cells, broken }: CsvRow) => (broken ? brokenCsvRow : csvRowText(cells))
