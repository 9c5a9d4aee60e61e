import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { library } from '#domain/assessment/instruments/library.ts'
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
    const licences = licencedPacks.map((instrument) => {
      const found = stored.find(({ id }) => id === instrument.id)
      const said = licenceAcknowledgementIn(found)
      return { instrument, said, version: Number(found?.meta?.versionId ?? 0) }
    })
    const free = library.filter(({ licence }) => licence !== 'pack')
    const missing = free.filter(({ id }) => !stored.some((each) => each.id === id))
    return { licences, free: free.length, missing: missing.length }
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

/** Adds the assessments that need no licence and are not here yet. */
export async function addLibrary(): Promise<void> {
  await fhir.operation('Questionnaire/$add-library', { resourceType: 'Parameters' })
  await noteChangeEvent(['Questionnaire'])
}
