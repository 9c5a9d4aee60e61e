import { csvFile } from '#domain/csv/csv-file.ts'

/** A row that was refused, as the list had it. */
export type RowToCorrect = Readonly<{ cells: readonly string[]; reason: string }>

/**
 * The refused rows of a list alone, in its own columns and with the reason behind them: to be corrected, and imported
 * again. The column of the reason is ignored by the reader. The file says that it is UTF-8.
 */
export function correctedFile(
  headings: readonly string[],
  rows: readonly RowToCorrect[],
  reasonHeading: string,
): string {
  const wide = Math.max(headings.length, ...rows.map(({ cells }) => cells.length))
  const line = (cells: readonly string[], last: string) => [
    ...Array.from({ length: wide }, (_, at) => cells[at] ?? ''),
    last,
  ]
  const lines = rows.map(({ cells, reason }) => line(cells, reason))
  return csvFile([line(headings, reasonHeading), ...lines])
}
