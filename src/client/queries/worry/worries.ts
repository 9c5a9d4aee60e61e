import type { Observation, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { madeOfRecords } from '#client/cache/records-at-hand.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { withRecord } from '#domain/fhir/with-record.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'
import { isWorry, worryCode } from '#domain/worry/is-worry.ts'
import { latestWorries, type Worry, worryFromFhir, worryToFhir } from '#domain/worry/worry.ts'

type Found = Readonly<{ said: readonly Observation[] }>

const putOne = (found: Found, record: Resource): Found =>
  isWorry(record) ? { said: withRecord(found.said, record) } : found

/** How worried the staff, the carers and the person were when they last said it. */
export const worriesQuery = (person: string) =>
  queryOptions({
    queryKey: ['worries', person],
    ...madeOfRecords({
      kinds: ['Observation'],
      find: async (signal): Promise<Found> => ({
        said: await allRecords(
          'Observation',
          { patient: `Patient/${person}`, code: `${gableCodeSystem}|${worryCode}` },
          signal,
        ),
      }),
      make: ({ said }) => ({
        latest: latestWorries(said.flatMap((each) => worryFromFhir(each) ?? [])),
      }),
      put: (found, records) =>
        records.filter((each) => patientsOf(each).includes(person)).reduce(putOne, found),
      pick: ({ said }, type, id) =>
        said.find((each) => each.resourceType === type && each.id === id),
    }),
  })

/** Says how worried the signed-in user is, in their own name. The caller keeps `id` over retries. */
export async function sayWorry(
  worry: Pick<Worry, 'id' | 'person' | 'score' | 'words'>,
): Promise<void> {
  await createOnce(worryToFhir({ ...worry, ...writtenNow(worry.person) }), {
    dated: ['effectiveDateTime'],
  })
}

/** It was said by mistake: it stays in the record, marked as an error. */
export async function takeBackWorry(id: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Observation', id },
        onto: (current) =>
          isWorry(current) ? { ...current, id, status: 'entered-in-error' } : undefined,
      },
    ],
  })
}
