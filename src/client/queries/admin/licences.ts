import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import {
  acknowledgeLicenceRequest,
  licenceAcknowledgementIn,
  licencedPacks,
} from '#domain/assessment/instruments/licence-acknowledgement.ts'

/** The licensed questionnaires of the library, and who said that each may be used here. */
export const licencesQuery = queryOptions({
  queryKey: ['licences'],
  queryFn: async ({ signal }) => {
    const stored = await allRecords('Questionnaire', {}, signal)
    return licencedPacks.map((instrument) => {
      const found = stored.find(({ id }) => id === instrument.id)
      const said = licenceAcknowledgementIn(found)
      return { instrument, said, version: Number(found?.meta?.versionId ?? 0) }
    })
  },
  meta: { kinds: ['Questionnaire'] },
})

type Said = Parameters<typeof acknowledgeLicenceRequest.write>[0]

/** Says it, or takes it back; what somebody else said meanwhile is read before the next try. */
export async function acknowledgeLicence(said: Said): Promise<void> {
  try {
    await fhir.operation(
      'Questionnaire/$acknowledge-licence',
      acknowledgeLicenceRequest.write(said),
    )
  } finally {
    await noteChangeEvent(['Questionnaire'])
  }
}
