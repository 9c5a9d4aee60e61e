import type { Basic, Resource } from '@medplum/fhirtypes'
import { professionalOnly } from '#domain/access/labels/between.ts'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/**
 * What one professional leaves for whoever looks after one person in their place: who that is, if it is not the one who
 * covers for the others, and what they should know. Between professionals.
 */
export type CoverNote = Readonly<{
  id: string
  /** id of the absence */
  absence: string
  person: string
  cover?: Who
  words: string
  by: Who
  at: string
  version: number
}>

const code = 'cover-note'

export const isCoverNote = (resource: Resource): resource is Basic =>
  resource.resourceType === 'Basic' &&
  (resource.code?.coding?.some((each) => each.code === code) ?? false)

export function coverNoteToFhir(note: Omit<CoverNote, 'version'>): Basic & { id: string } {
  return {
    ...{ resourceType: 'Basic', id: note.id, meta: { security: [{ ...professionalOnly }] } },
    ...{ code: ownCode(code), subject: { reference: `Patient/${note.person}` } },
    author: referenceTo(note.by),
    ...withExtensions(undefined, {
      cover: [
        {
          extension: [
            { url: 'absence', valueId: note.absence },
            { url: 'at', valueDateTime: note.at },
            ...(note.cover ? [{ url: 'cover', valueReference: referenceTo(note.cover) }] : []),
            ...(note.words ? [{ url: 'words', valueString: note.words }] : []),
          ],
        },
      ],
    }),
  }
}

export function coverNoteFromFhir(record: Resource): CoverNote | undefined {
  if (!isCoverNote(record)) return undefined
  const part = (url: string) =>
    extensionOf(record, 'cover')?.extension?.find((each) => each.url === url)
  const by = whoFrom(record.author)
  const absence = part('absence')?.valueId
  if (!by || !absence) return undefined
  return {
    ...{ id: record.id ?? '', absence, person: idIn(record.subject?.reference), by },
    ...{ words: part('words')?.valueString ?? '', at: part('at')?.valueDateTime ?? '' },
    version: Number(record.meta?.versionId ?? 0),
    ...given('cover', whoFrom(part('cover')?.valueReference)),
  }
}
