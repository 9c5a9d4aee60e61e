import type { StreamedFile } from './stream/streamed-file.ts'
import { textPieces } from './stream/text-pieces.ts'

/** What others refer to, and so must be imported before them. */
const first =
  /^(Organization|Practitioner|PractitionerRole|Location|HealthcareService|Endpoint|Medication|Substance|Device|Questionnaire)$/
const types = /"resourceType"\s*:\s*"([A-Za-z]+)"/g

/**
 * The order in which a file is imported, from its content and not from its name: 0 what belongs to nobody, 1 people
 * (with their records, in one bundle), 2 records about people in other files. A list of people is 1.
 */
export function importRank(text: string): ImportRank {
  const seen = { ...nothingSeen }
  seeTypes(text, seen)
  return rankOf(seen)
}

export type ImportRank = 0 | 1 | 2
type Seen = { isPerson: boolean; isOther: boolean; isOfNobody: boolean }
const nothingSeen: Seen = { isPerson: false, isOther: false, isOfNobody: false }

function seeTypes(text: string, seen: Seen): void {
  for (const [, type = ''] of text.matchAll(types)) {
    if (type === 'Patient') seen.isPerson = true
    else if (first.test(type)) seen.isOfNobody = true
    else if (type !== 'Bundle') seen.isOther = true
    if (seen.isPerson) return
  }
}

function rankOf({ isPerson, isOther, isOfNobody }: Seen): ImportRank {
  if (isPerson) return 1
  if (isOther) return 2
  return isOfNobody ? 0 : 1
}

/** Files by their content, what others refer to first; those that cannot be read keep their place among people. */
export async function inImportOrder<T>(
  files: readonly T[],
  open: (file: T) => StreamedFile,
): Promise<readonly T[]> {
  if (files.length < 2) return files
  const ranked: Readonly<{ file: T; rank: number }>[] = []
  for (const file of files) ranked.push({ file, rank: await rankOfFile(file, open) })
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ file }) => file)
}

/** Longer than what a type is found by: it may be parted between two pieces. */
const longestType = 200

async function rankOfFile<T>(file: T, open: (file: T) => StreamedFile): Promise<ImportRank> {
  const seen = { ...nothingSeen }
  let text = ''
  try {
    for await (const piece of textPieces(open(file), 'utf-8')) {
      // a table: only FHIR says its types
      if (text === '' && /^\s*[^\s{<]/.test(piece)) break
      text = text.slice(-longestType) + piece
      seeTypes(text, seen)
      if (seen.isPerson) break
    }
    return rankOf(seen)
  } catch {
    return 1
  }
}
