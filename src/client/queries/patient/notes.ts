import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { noteFromFhir, noteToFhir } from '#domain/contact/note-fhir.ts'

/** What professionals have told each other about a person, the latest first. */
export const notesQuery = (person: string) =>
  queryOptions({
    queryKey: ['notes', person],
    queryFn: async ({ signal }) => {
      const found = await allRecords('Communication', { patient: `Patient/${person}` }, signal)
      return found
        .flatMap((message) => noteFromFhir(message) ?? [])
        .toSorted((one, other) => other.at.localeCompare(one.at))
    },
    meta: { kinds: ['Communication'] },
  })

type NewNote = Readonly<{
  id: string
  person: string
  text: string
  /** limits it to named professionals, with the reason */
  restrictedWhy?: string | undefined
}>

/** Tells the other professionals something. The caller keeps `id` over retries. */
export async function addNote(note: NewNote): Promise<void> {
  await createOnce(noteToFhir({ ...note, ...writtenNow(note.person) }))
}
