import { csvFile } from '#domain/csv/csv-file.ts'

/**
 * A line of the file of refused rows: the row as the list had it, in its own columns, and the reason behind them. A row
 * with more cells than there are columns keeps them all.
 */
export const correctedLine = (
  cells: readonly string[],
  { width, last }: Readonly<{ width: number; last: string }>,
): readonly string[] => [
  ...Array.from({ length: Math.max(width, cells.length) }, (_, at) => cells[at] ?? ''),
  last,
]

/** The head of that file. The column of the reason is ignored by the reader. The file says that it is UTF-8. */
export const correctedHead = (headings: readonly string[], reasonHeading: string): string =>
  csvFile([correctedLine(headings, { width: headings.length, last: reasonHeading })])
