import type { Parameters } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type Today, todayParameters } from '#domain/today/today-parameters.ts'
import type { Sql } from '#server/store/sql.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'

export type Kept = ResourceWithId

/** The time at which his day is read. */
const balbirNow = new Date('2026-03-02T09:00:00.000Z')
export const subject = { reference: 'Patient/p' }

const patient: Kept = {
  ...{ resourceType: 'Patient', id: 'p', name: [{ family: 'Singh', given: ['Balbir'] }] },
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}

/** Balbir, whose case Amina leads since `start`. */
export const balbirSince = (start: string, status: 'active' | 'onhold' = 'active'): Kept[] => [
  patient,
  {
    ...{ resourceType: 'EpisodeOfCare', id: 'e', status, patient: subject },
    careManager: { reference: 'Practitioner/amina-yusuf' },
    period: { start },
  },
]

/** A measured amount of his, by LOINC code. */
export const measured = (
  reading: Readonly<{ id: string; code: string; value: number; unit: string; at: object }>,
): Kept => ({
  ...{ resourceType: 'Observation', id: reading.id, status: 'final', subject },
  code: { coding: [{ system: 'http://loinc.org', code: reading.code }] },
  performer: [subject],
  valueQuantity: { value: reading.value, code: reading.unit, unit: reading.unit },
  ...reading.at,
})

/** His plan with one agreed limit, e.g. `{ url: 'low', valueDecimal: 88 }`. */
export const planWith = (code: string, limit: object[], more: object[] = []): Kept => ({
  ...{ resourceType: 'CarePlan', id: 'plan-e', status: 'active', intent: 'plan', subject },
  extension: [
    {
      url: 'https://gable.example/fhir/reading-limit',
      extension: [{ url: 'code', valueCode: code }, ...limit] as { url: string }[],
    },
    ...(more as { url: string }[]),
  ],
})

/** The handler over these records at `balbirNow`. */
export async function openBalbir(sql: Sql, records: readonly Kept[]) {
  const server = await openHandler({ sql, now: balbirNow })
  await server.seed(records)
  return server
}

export async function todayBy(caller: Caller): Promise<Today> {
  const answer = await caller('/fhir/$today')
  if (!answer.ok) throw new Error(`$today answered ${answer.status}`)
  return todayParameters.read((await answer.json()) as Parameters)
}
