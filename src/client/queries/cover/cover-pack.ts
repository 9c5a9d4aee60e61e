import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import {
  coverPackAnswer,
  coverPackRequest,
  type KeepCoverNote,
  keepCoverNoteRequest,
} from '#domain/cover/cover-pack.ts'
import type { In } from '#domain/fhir/parameters.ts'
import { todayRecordTypes } from '#domain/today/today-record-types.ts'

/** An absence (id), people who were handed over (batch), or those who are going to be (from, people). */
type AskedPack = Partial<In<typeof coverPackRequest>>

/** What whoever looks after people in place of a colleague has to know, person by person. */
export const coverPackQuery = (asked: AskedPack) =>
  queryOptions({
    queryKey: ['cover-pack', asked],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) =>
      coverPackAnswer.read(
        await fhir.operation(
          'PractitionerRole/$cover-pack',
          coverPackRequest.write({ people: [], ...asked }),
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
