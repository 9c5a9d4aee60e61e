import type { Observation, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { madeOfRecords } from '#client/cache/records-at-hand.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { withRecord } from '#domain/fhir/with-record.ts'
import { type OwnAmber, standingOwnAmber } from '#domain/reading/own-amber.ts'
import {
  isOwnAmber,
  isOwnAmberAgreed,
  ownAmberAgreedCode,
  ownAmberAgreedFromFhir,
  ownAmberAgreedToFhir,
  ownAmberCode,
  ownAmberFromFhir,
  ownAmberToFhir,
} from '#domain/reading/own-amber-fhir.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'

type Found = Readonly<{ said: readonly Observation[] }>

const putOne = (found: Found, record: Resource): Found =>
  isOwnAmber(record) || isOwnAmberAgreed(record) ? { said: withRecord(found.said, record) } : found

/** A person’s own amber signs: the last of each who wrote one, and who agreed to it. */
export const ownAmberQuery = (person: string) =>
  queryOptions({
    queryKey: ['own-amber', person],
    ...madeOfRecords({
      kinds: ['Observation'],
      find: async (signal): Promise<Found> => ({
        said: await allRecords(
          'Observation',
          {
            patient: `Patient/${person}`,
            code: [ownAmberCode, ownAmberAgreedCode]
              .map((code) => `${gableCodeSystem}|${code}`)
              .join(','),
          },
          signal,
        ),
      }),
      make: ({ said }) =>
        standingOwnAmber(
          said.flatMap((each) => ownAmberFromFhir(each) ?? []),
          said.flatMap((each) => ownAmberAgreedFromFhir(each) ?? []),
        ),
      put: (found, records) =>
        records.filter((each) => patientsOf(each).includes(person)).reduce(putOne, found),
      pick: ({ said }, type, id) =>
        said.find((each) => each.resourceType === type && each.id === id),
    }),
  })

/** Says one’s own sign, in one’s own name. The caller keeps `id` over retries. */
export async function sayOwnAmber(
  rule: Pick<OwnAmber, 'id' | 'person' | 'words' | 'limit'>,
): Promise<void> {
  await createOnce(ownAmberToFhir({ ...rule, ...writtenNow(rule.person) }), {
    dated: ['effectiveDateTime'],
  })
}

/** A professional agrees to exactly this one. The caller keeps `id` over retries. */
export async function agreeToOwnAmber(
  agreed: Readonly<{ id: string; person: string; rule: string }>,
): Promise<void> {
  await createOnce(ownAmberAgreedToFhir({ ...agreed, ...writtenNow(agreed.person) }), {
    dated: ['effectiveDateTime'],
  })
}

/** What was said does not count any more; it stays in the record. */
export async function takeBackOwnAmber(id: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Observation', id },
        onto: (current) =>
          isOwnAmber(current) || isOwnAmberAgreed(current)
            ? { ...current, id, status: 'entered-in-error' }
            : undefined,
      },
    ],
  })
}
