import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import {
  absencesAnswer,
  endAbsenceRequest,
  type KeepAbsence,
  keepAbsenceRequest,
} from '#domain/cover/absences-answer.ts'

/** What an absence changes on other pages: whose people are whose. */
const kinds = ['PractitionerRole', 'Basic', 'EpisodeOfCare']

/** Who is away in the reader’s organisation, and who covers. */
export const absencesQuery = (identity: string) =>
  queryOptions({
    queryKey: ['absences', identity],
    // days pass, and with them who is away
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) =>
      absencesAnswer.read(await fhir.operation('PractitionerRole/$absences', undefined, signal)),
    meta: { kinds: ['PractitionerRole', 'Basic'] },
  })

async function sent(send: () => Promise<unknown>): Promise<void> {
  try {
    await send()
  } finally {
    await noteChangeEvent(kinds)
  }
}

/** Rejects with 422 in the words of the service. */
export const keepAbsence = (asked: KeepAbsence) =>
  sent(() => fhir.operation('PractitionerRole/$keep-absence', keepAbsenceRequest.write(asked)))

/** Withdraws it before it begins, or ends it today. */
export const endAbsence = (id: string) =>
  sent(() =>
    fhir.operation('PractitionerRole/$end-absence', endAbsenceRequest.write({ id, read: false })),
  )

/** What happened has been read. */
export const readAbsence = (id: string) =>
  sent(() =>
    fhir.operation('PractitionerRole/$end-absence', endAbsenceRequest.write({ id, read: true })),
  )
