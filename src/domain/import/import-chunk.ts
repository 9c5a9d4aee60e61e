import type { RefusedListRow } from './csv/csv-people.ts'

/** One request's part of a file that is imported. */
export type ImportChunk = Readonly<{
  body: string
  contentType:
    | 'application/fhir+json'
    | 'application/fhir+ndjson'
    /** rows of a table with their headings; the service reads them */
    | 'text/csv'
    | 'text/csv; dates=month-first'
  /** about how many records it holds: for progress */
  records: number
  /** the place in its file of each record: its row in a list, its line in NDJSON */
  rows?: readonly number[]
  /** where it is sent beside another lane: about people whom no other lane tells of; absent: in its order, and alone */
  lane?: number
  /** for a list: what each row says */
  cells?: readonly (readonly string[])[]
  /** for a list: rows up to here that are refused, and not sent. Without `records` there is nothing to send. */
  refused?: readonly RefusedListRow[]
}>

/** Where in its file a record of a chunk is, from one: its row or line, otherwise its place after `before` records. */
export function chunkPlaceIn({ rows }: ImportChunk, before: number): (index: number) => number {
  return (index) => rows?.[index] ?? before + index + 1
}

/** Where each record of a chunk is, and what its row says, for the tally. */
export function chunkSource(
  chunk: ImportChunk,
  { file, before }: Readonly<{ file: string; before: number }>,
) {
  return { file, placeOf: chunkPlaceIn(chunk, before), cellsOf: (at: number) => chunk.cells?.[at] }
}
