import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import {
  coverPackAnswer,
  coverPackRequest,
  type KeepCoverNote,
  keepCoverNoteRequest,
} from '#domain/cover/cover-pack.ts'
import { todayRecordTypes } from '#domain/today/today-record-types.ts'

/** What whoever covers has to know, person by person. */
export const coverPackQuery = (absence: string) =>
  queryOptions({
    queryKey: ['cover-pack', absence],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) =>
      coverPackAnswer.read(
        await fhir.operation(
          'PractitionerRole/$cover-pack',
          coverPackRequest.write({ id: absence }),
          signal,
        ),
      ),
    meta: { kinds: [...todayRecordTypes, 'PractitionerRole', 'Basic', 'Condition'] },
  })

/** Rejects with 422 in the words of the service, and 412 if it was changed on another screen. */
export async function keepCoverNote(person: string, note: KeepCoverNote): Promise<void> {
  try {
    await fhir.operation(`Patient/${person}/$keep-cover-note`, keepCoverNoteRequest.write(note))
  } finally {
    await noteChangeEvent(['Basic', 'PractitionerRole'])
  }
}
