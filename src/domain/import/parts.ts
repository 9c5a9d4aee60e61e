import type { Patient } from '@medplum/fhirtypes'
import { bundleInPlanFile } from '#domain/plan/document/plan-file.ts'
import { rosterRowLine } from '#domain/roster/roster-row.ts'
import { importChunksOf } from './chunks.ts'
import { type CsvPeople, type CsvSurvey, csvPeople } from './csv/csv-people.ts'
import type { ImportChunk } from './import-chunk.ts'
import { looksLikeFhir } from './people-in.ts'
import { tableParts } from './table-parts.ts'
import { type TextEncodingName, textOfBytes } from './text-of-bytes.ts'

/** How a list was read. */
export type ListReading = Readonly<{
  encoding: TextEncodingName
  survey: CsvSurvey
  /**
   * One for each row, with whose it is. A refused row stands among them as one that is not here, so that the list is not
   * taken as whole without it.
   */
  keys: readonly string[]
}>

/** A file ready to be sent: its requests, and for a list of people the rows and columns that are refused or ignored. */
export type ImportParts = Readonly<{
  chunks: readonly ImportChunk[]
  refusedRows: CsvPeople['refused']
  unreadColumns: readonly string[]
  /** for a list: how it was read */
  list?: ListReading
}>

/** Why nothing of a file can be read. */
export type UnreadableFile = Readonly<{
  why: 'empty' | 'not-known' | 'not-utf8' | 'cut-in-character'
}>

const peoplePerChunk = 200

/**
 * Parses a file, by its content and not by its name: FHIR bundles (also in a plan that somebody took away as a page),
 * NDJSON, or as CSV a list of people, or lines of activity and cost. FHIR is UTF-8; CSV may be written in other ways, too.
 */
export function importPartsOf(
  bytes: ArrayBuffer | Uint8Array,
  today: string,
): ImportParts | UnreadableFile {
  const sent = textOfBytes(bytes)
  if ('why' in sent) return sent
  const text = bundleInPlanFile(sent.text) ?? sent.text
  if (text.trim() === '') return { why: 'empty' }
  if (looksLikeFhir(text)) {
    if (sent.encoding !== 'utf-8') return { why: 'not-utf8' }
    return { chunks: importChunksOf(text), refusedRows: [], unreadColumns: [] }
  }
  const table = tableParts(text)
  if (table) return { ...table, refusedRows: [] }
  const found = csvPeople(text, today)
  if (!found) return { why: 'not-known' }
  return {
    ...{ chunks: chunksOfList(found), refusedRows: found.refused, unreadColumns: found.unread },
    list: { encoding: sent.encoding, survey: found.survey, keys: keysOf(found) },
  }
}

const keysOf = ({ people, refused }: CsvPeople): readonly string[] => [
  ...people.map(({ entry }) => rosterRowLine(entry.resource as Patient)),
  ...refused.map(({ row }) => `refused-row-${row}`),
]

function chunksOfList({ people }: CsvPeople): readonly ImportChunk[] {
  const chunks: ImportChunk[] = []
  for (let start = 0; start < people.length; start += peoplePerChunk) {
    const some = people.slice(start, start + peoplePerChunk)
    const entry = some.map((each) => each.entry)
    chunks.push({
      body: JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }),
      contentType: 'application/fhir+json',
      records: some.length,
      rows: some.map((each) => each.row),
      cells: some.map((each) => each.cells),
    })
  }
  return chunks
}
