import { chunksOfLines, type ImportLine } from './chunks-of-lines.ts'
import type { ImportChunk } from './import-chunk.ts'

/**
 * Splits the text of a file (already unpacked) into requests of `$import`: a Bundle or single record is one request, so
 * that a transaction stays one unit; NDJSON is split into parts of 500 lines at most, where there are more, those about
 * people in two lanes. An empty file gives none.
 */
export function importChunksOf(text: string): readonly ImportChunk[] {
  if (text.trim() === '') return []
  if (!isLines(text)) {
    const records = text.match(/"resource"\s*:/g)?.length ?? 1
    return [{ body: text, contentType: 'application/fhir+json', records }]
  }
  return chunksOfLines(inOrder(text.split('\n').filter((line) => line.trim() !== '')))
}

/** NDJSON: the first line is a complete record, and more follow. A one-line Bundle is not. */
function isLines(text: string): boolean {
  const end = text.trimStart().indexOf('\n')
  if (end < 0) return false
  try {
    JSON.parse(text.trimStart().slice(0, end))
    return true
  } catch {
    return false
  }
}

/** What others refer to, and so must be imported before them. */
const first =
  /^(Organization|Practitioner|PractitionerRole|Location|HealthcareService|Endpoint|Medication|Substance|Device|Questionnaire)$/
const types = /"resourceType"\s*:\s*"([A-Za-z]+)"/g

/**
 * The order in which a file is imported, from its content and not from its name: 0 what belongs to nobody, 1 people
 * (with their records, in one bundle), 2 records about people in other files. A list of people is 1.
 */
function importRank(text: string): 0 | 1 | 2 {
  let isOfNobody = false
  let isOther = false
  for (const [, type = ''] of text.matchAll(types)) {
    if (type === 'Patient') return 1
    if (first.test(type)) isOfNobody = true
    else if (type !== 'Bundle') isOther = true
  }
  if (isOther) return 2
  return isOfNobody ? 0 : 1
}

/** Files by their content, what others refer to first; those that cannot be read keep their place among people. */
export async function inImportOrder<T>(
  files: readonly T[],
  bytesOf: (file: T) => Promise<ArrayBuffer | Uint8Array>,
): Promise<readonly T[]> {
  const ranked: Readonly<{ file: T; rank: number }>[] = []
  for (const file of files) {
    const text = await bytesOf(file).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => '',
    )
    ranked.push({ file, rank: importRank(text) })
  }
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ file }) => file)
}

/** The lines of NDJSON in the same order, each with its place in the file, from one. */
function inOrder(lines: readonly string[]): readonly ImportLine[] {
  return lines
    .map((line, at) => ({ line, row: at + 1, rank: importRank(line) }))
    .toSorted((a, b) => a.rank - b.rank)
}
