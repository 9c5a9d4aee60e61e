import type { Bundle, DocumentReference, Resource } from '@medplum/fhirtypes'
import { idIn, ownCode, referenceTo, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/** A letter of the hospital, as a file that somebody put on the record. `at`: instant. */
export type DischargeLetter = Readonly<{
  id: string
  person: string
  stay: string
  title: string
  contentType: LetterType
  /** base64; absent in a list of letters */
  data?: string
  bytes: number
  by: Who
  at: string
}>

/** A PDF, or a document of another system in FHIR. */
const letterTypes = ['application/pdf', 'application/fhir+json'] as const
export type LetterType = (typeof letterTypes)[number]

/** A scan of some pages; a record is read whole. */
export const largestLetter = 2 * 1024 * 1024

const code = 'discharge-letter'

export const isDischargeLetter = (record: Resource | undefined): record is DocumentReference =>
  record?.resourceType === 'DocumentReference' &&
  (record.type?.coding?.some((each) => each.code === code) ?? false)

export function letterToFhir(letter: DischargeLetter): DocumentReference & { id: string } {
  const { id, person, stay, title, contentType, data, bytes, by, at } = letter
  return {
    ...{ resourceType: 'DocumentReference', id, status: 'current', type: ownCode(code) },
    ...{ subject: { reference: `Patient/${person}` }, date: at, author: [referenceTo(by)] },
    context: { encounter: [{ reference: `Encounter/${stay}` }] },
    content: [{ attachment: { contentType, title, size: bytes, ...(data ? { data } : {}) } }],
  }
}

export const stayOfLetter = (record: DocumentReference) =>
  idIn(record.context?.encounter?.[0]?.reference)

/** Undefined for documents of another kind, and for one that was put there by mistake. */
export function letterFromFhir(record: DocumentReference): DischargeLetter | undefined {
  const by = whoFrom(record.author?.[0])
  const file = record.content?.[0]?.attachment
  const contentType = letterTypes.find((each) => each === file?.contentType)
  if (!isDischargeLetter(record) || record.status !== 'current' || !by || !file || !contentType)
    return undefined
  return {
    ...{ id: record.id ?? '', person: idIn(record.subject?.reference), by, contentType },
    ...{ stay: stayOfLetter(record), title: file.title ?? '', bytes: file.size ?? 0 },
    ...{ at: record.date ?? '', ...(file.data ? { data: file.data } : {}) },
  }
}

const endings: Readonly<Record<LetterType, string>> = {
  'application/pdf': '.pdf',
  'application/fhir+json': '.json',
}

/** The name for the file on a device: its ending says what it is, whatever somebody called it. */
export function letterFileName({
  title,
  contentType,
}: Pick<DischargeLetter, 'title' | 'contentType'>): string {
  // no paths, and nothing that turns the direction of the text
  const plain = title.replaceAll(/[\p{C}/\\:*?"<>|]/gu, ' ').trim()
  const name = plain.replace(/\.[a-z][a-z0-9]{0,9}$/i, '').trim()
  return `${name || 'letter'}${endings[contentType]}`
}

export type LetterFault = 'type' | 'size' | 'content'

/** What is wrong with a file: its kind is told by its first bytes, and not by what somebody calls it. */
export function letterFault(
  file: Readonly<{ contentType?: string | undefined; data?: string | undefined }>,
): LetterFault | undefined {
  const { contentType, data = '' } = file
  if (!letterTypes.some((each) => each === contentType)) return 'type'
  if (data === '') return 'content'
  if (bytesIn(data) > largestLetter) return 'size'
  const text = contentIn(data)
  if (text === undefined) return 'content'
  if (contentType === 'application/pdf') return text.startsWith('%PDF-') ? undefined : 'content'
  return documentIn(text) ? undefined : 'content'
}

export const bytesIn = (base64: string): number =>
  Math.floor((base64.length * 3) / 4) - (/=*$/.exec(base64)?.[0].length ?? 0)

/** The bytes as text, each one a character; undefined if it is no base64. */
function contentIn(base64: string): string | undefined {
  try {
    return atob(base64)
  } catch {
    return undefined
  }
}

/** A FHIR Bundle that is a document. */
function documentIn(text: string): Bundle | undefined {
  try {
    const found = JSON.parse(text) as Bundle | null
    return found?.resourceType === 'Bundle' && found.type === 'document' ? found : undefined
  } catch {
    return undefined
  }
}
