import type { Observation } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { BestInterestsRecord, CapacityRecord } from '#domain/agreement/capacity.ts'
import {
  bestInterestsFromFhir,
  bestInterestsToFhir,
  capacityFromFhir,
  capacityToFhir,
} from '#domain/agreement/capacity-fhir.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

export type CapacityDecisions = Readonly<{
  capacity: readonly CapacityRecord[]
  bestInterests: readonly BestInterestsRecord[]
}>

const codes = ['capacity-decision', 'best-interests']
  .map((code) => `${gableCodeSystem}|${code}`)
  .join(',')

/** What was decided about this person’s capacity, as far as the user may know of it; newest first. */
export const capacityDecisions = (person: string) =>
  queryOptions({
    queryKey: ['capacity-decisions', person],
    meta: { kinds: ['Observation'] },
    queryFn: async ({ signal }): Promise<CapacityDecisions> => {
      const query = { patient: `Patient/${person}`, code: codes }
      const found = await allRecords('Observation', query, signal)
      return {
        capacity: found.flatMap((each) => capacityFromFhir(each) ?? []).toSorted(newestFirst),
        bestInterests: found
          .flatMap((each) => bestInterestsFromFhir(each) ?? [])
          .toSorted(newestFirst),
      }
    },
  })

const newestFirst = (one: Readonly<{ at: string }>, other: Readonly<{ at: string }>) =>
  other.at.localeCompare(one.at)

/** Records what was found. Rejects with `FhirError`; one that had arrived counts as recorded. */
export async function recordCapacity(record: CapacityRecord): Promise<void> {
  await createOnce(capacityToFhir(record))
}

export async function recordBestInterests(record: BestInterestsRecord): Promise<void> {
  await createOnce(bestInterestsToFhir(record))
}

async function createOnce(record: Observation & { id: string }): Promise<void> {
  try {
    await fhir.create(record)
  } catch (error) {
    const isRepeated = error instanceof FhirError && ['stale', 'forbidden'].includes(error.kind)
    if (!isRepeated || !(await fhir.find('Observation', record.id))) throw error
  }
  await noteChangeEvent(['Observation'])
}
