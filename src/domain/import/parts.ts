import type { Patient } from '@medplum/fhirtypes'
import { bundleInPlanFile } from '#domain/plan/document/plan-file.ts'
import { rosterRowLine } from '#domain/roster/roster-row.ts'
import { type CsvRow, csvReader } from './csv/csv.ts'
import { csvColumns } from './csv/csv-columns.ts'
import { type CsvSurvey, type CsvTaken, csvSurveying, csvTaking } from './csv/csv-people.ts'
import { listChunks } from './csv/list-chunks.ts'
import type { ImportChunk } from './import-chunk.ts'
import { type ImportTable, importTable, tableSurveying, tableTaking } from './import-table.ts'
import { looksLikeFhir } from './people-in.ts'
import { lineParts } from './stream/line-parts.ts'
import type { StreamedFile, WatchedReading } from './stream/streamed-file.ts'
import { textEncodingOf } from './stream/text-encoding.ts'
import { type TextEncodingName, textPieces, wholeText } from './stream/text-pieces.ts'

/** How a list was read. */
export type ListReading = Readonly<{
  encoding: TextEncodingName
  survey: CsvSurvey
  /**
   * Reads it again: a line for each row, with whose it is. A refused row stands among them as one that is not here, so that
   * the list is not taken as whole without it.
   */
  keys: () => AsyncIterable<string>
}>

/** A file that was looked at and is ready to be sent, and how it was read. */
export type ImportParts = Readonly<{
  /** its requests, read from the file as they are asked for; always the same ones */
  chunks: (watched?: WatchedReading) => AsyncIterable<ImportChunk>
  unreadColumns: readonly string[]
  /** the file stops in the middle of a row or a line */
  isCut: boolean
  /** for a list: how it was read */
  list?: ListReading
}>

/** Why nothing of a file can be read. */
export type UnreadableFile = Readonly<{
  why: 'empty' | 'not-known' | 'not-utf8' | 'cut-in-character'
}>

/**
 * Looks at a file, by its content and not by its name: FHIR bundles (also in a plan that somebody took away as a page),
 * NDJSON, or as CSV a list of people, or lines of activity and cost. FHIR is UTF-8; CSV may be written in other ways, too.
 * Lines and rows are never held all at once; a bundle is one request, and is.
 */
export async function importPartsOf(
  file: StreamedFile,
  today: string,
  watched: WatchedReading = {},
): Promise<ImportParts | UnreadableFile> {
  const text = await textEncodingOf(file, watched)
  if ('why' in text) return text
  const { encoding, start, saysType } = text
  if (start === '') return { why: 'empty' }
  const isPage = /^<(!doctype|html)/i.test(start)
  if (isPage || (start.startsWith('{') && saysType))
    return encoding === 'utf-8' ? await fhirIn(file, isPage, watched) : { why: 'not-utf8' }
  return await tableIn({ file, encoding, today }, watched)
}

async function fhirIn(
  file: StreamedFile,
  isPage: boolean,
  watched: WatchedReading,
): Promise<ImportParts | UnreadableFile> {
  const lines = isPage ? undefined : await lineParts(file, watched)
  if (lines) return { ...lines, unreadColumns: [] }
  const text = await wholeText(file, 'utf-8', watched)
  const body = bundleInPlanFile(text) ?? text
  if (!looksLikeFhir(body)) return { why: 'not-known' }
  return { chunks: () => wholeChunk(body), unreadColumns: [], isCut: false }
}

/** One request, so that a transaction stays one unit. */
async function* wholeChunk(body: string): AsyncGenerator<ImportChunk> {
  const records = body.match(/"resource"\s*:/g)?.length ?? 1
  yield { body, contentType: 'application/fhir+json', records }
}

type Table = Readonly<{ file: StreamedFile; encoding: TextEncodingName; today: string }>

async function tableIn(
  table: Table,
  watched: WatchedReading,
): Promise<ImportParts | UnreadableFile> {
  const head = await headOf(table)
  const rows = head && importTable(head.cells)
  if (rows) return await rowsIn(table, rows, watched)
  if (!head || !csvColumns(head.cells)) return { why: 'not-known' }
  const { file, encoding, today } = table
  const survey = await readBy(table, csvSurveying(), watched)
  if (!survey) return { why: 'not-known' }
  const pieces = (again: WatchedReading) => textPieces(file, encoding, again)
  return {
    chunks: (again = {}) => listChunks(takenOf(pieces(again), { survey, today })),
    ...{ unreadColumns: survey.columns.unread, isCut: survey.isCut },
    list: { encoding, survey, keys: () => keysOf(takenOf(pieces({}), { survey, today })) },
  }
}

async function rowsIn(
  table: Table,
  kind: ImportTable,
  watched: WatchedReading,
): Promise<ImportParts> {
  const survey = await readBy(table, tableSurveying(kind), watched)
  async function* chunks(again: WatchedReading = {}): AsyncGenerator<ImportChunk> {
    const taking = tableTaking(kind, survey)
    for await (const piece of textPieces(table.file, table.encoding, again))
      yield* taking.push(piece)
    yield* taking.end()
  }
  return { chunks, unreadColumns: kind.unread, isCut: survey.isCut }
}

async function headOf({ file, encoding }: Table): Promise<CsvRow | undefined> {
  const reader = csvReader()
  for await (const piece of textPieces(file, encoding)) {
    const [head] = reader.push(piece)
    if (head) return head
  }
  return reader.end()[0]
}

type Surveying<S> = Readonly<{ push: (part: string) => void; end: () => S }>

async function readBy<S>(
  { file, encoding }: Table,
  surveying: Surveying<S>,
  watched: WatchedReading,
): Promise<S> {
  for await (const piece of textPieces(file, encoding, watched)) surveying.push(piece)
  return surveying.end()
}

type TakeList = Readonly<{ survey: CsvSurvey; today: string }>

async function* takenOf(
  pieces: AsyncIterable<string>,
  { survey, today }: TakeList,
): AsyncGenerator<CsvTaken> {
  const taking = csvTaking(survey, today)
  for await (const piece of pieces) yield taking.push(piece)
  yield taking.end()
}

async function* keysOf(taken: AsyncIterable<CsvTaken>): AsyncGenerator<string> {
  const missing: number[] = []
  for await (const { people, refused } of taken) {
    for (const { entry } of people) yield rosterRowLine(entry.resource as Patient)
    missing.push(...refused.map(({ row }) => row))
  }
  for (const row of missing) yield `refused-row-${row}`
}
