import { feedIn, feedIsMonthFirst } from '#domain/feed/read-feed.ts'
import { scoresAreMonthFirst, scoresIn } from '#domain/outside-score/read-scores.ts'
import type { CsvRow } from './csv/csv.ts'
import { brokenCsvRow, csvRowText } from './csv/csv-text.ts'
import type { ImportChunk } from './import-chunk.ts'

type TableParts = Readonly<{ chunks: readonly ImportChunk[]; unreadColumns: readonly string[] }>

/**
 * A table whose rows the service reads, in parts with the headings: lines of activity and cost, or scores from
 * elsewhere. Undefined for other tables. A broken row stays broken, so that the service refuses it and counts it.
 */
export function tableParts(text: string): TableParts | undefined {
  const feed = feedIn(text)
  if (feed)
    return partsOf(feed, feed.columns.unread, {
      monthFirst: feedIsMonthFirst(feed),
      perChunk: 1_000,
    })
  const scores = scoresIn(text)
  return (
    scores &&
    partsOf(scores, scores.unread, { monthFirst: scoresAreMonthFirst(scores), perChunk: 200 })
  )
}

type Table = Readonly<{ headings: readonly string[]; rows: readonly CsvRow[] }>

function partsOf(
  { headings, rows }: Table,
  unreadColumns: readonly string[],
  { monthFirst, perChunk }: Readonly<{ monthFirst: boolean; perChunk: number }>,
): TableParts {
  const contentType = monthFirst ? 'text/csv; dates=month-first' : 'text/csv'
  const chunks: ImportChunk[] = []
  for (let start = 0; start < rows.length; start += perChunk) {
    const some = rows.slice(start, start + perChunk)
    chunks.push({
      body: [csvRowText(headings), ...some.map(textOf)].join('\n'),
      contentType,
      records: some.length,
      rows: some.map(({ row }) => row),
    })
  }
  return { chunks, unreadColumns }
}

const textOf = ({ cells, broken }: CsvRow) => (broken ? brokenCsvRow : csvRowText(cells))
