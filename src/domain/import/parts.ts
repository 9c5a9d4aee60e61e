import { bundleInPlanFile } from '#domain/plan/document/plan-file.ts'
import { type ImportChunk, importChunksOf } from './chunks.ts'
import { type CsvPeople, csvPeople } from './csv/csv-people.ts'
import { looksLikeFhir } from './people-in.ts'
import { tableParts } from './table-parts.ts'

/** A file ready to be sent: its requests, and for a list of people the rows and columns that are refused or ignored. */
export type ImportParts = Readonly<{
  chunks: readonly ImportChunk[]
  refusedRows: CsvPeople['refused']
  unreadColumns: readonly string[]
}>

/** Why nothing of a file can be read. */
export type UnreadableFile = Readonly<{ why: 'empty' | 'not-known' | 'not-utf8' }>

const peoplePerChunk = 200

/** A file's bytes (already unpacked) as text; undefined if they are not UTF-8: characters would be lost. */
function utf8(bytes: ArrayBuffer | Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Parses a file, by its content and not by its name: FHIR bundles (also in a plan that somebody took away as a page),
 * NDJSON, or as CSV a list of people, or lines of activity and cost.
 */
export function importPartsOf(
  bytes: ArrayBuffer | Uint8Array,
  today: string,
): ImportParts | UnreadableFile {
  const sent = utf8(bytes)
  if (sent === undefined) return { why: 'not-utf8' }
  const text = bundleInPlanFile(sent) ?? sent
  if (text.trim() === '') return { why: 'empty' }
  if (looksLikeFhir(text))
    return { chunks: importChunksOf(text), refusedRows: [], unreadColumns: [] }
  const table = tableParts(text)
  if (table) return { ...table, refusedRows: [] }
  const list = csvPeople(text, today)
  if (!list) return { why: 'not-known' }
  return { chunks: chunksOfList(list), refusedRows: list.refused, unreadColumns: list.unread }
}

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
    })
  }
  return chunks
}
