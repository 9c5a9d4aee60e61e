import type { CarePlan, Flag } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { isPlan } from '#domain/plan/fhir.ts'
import { codes } from '#domain/plan/fhir-parts.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { limitsFrom, readingFromFhir, readingToFhir, withLimit } from '#domain/reading/fhir.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import { kindFacts, type Reading, readingKinds } from '#domain/reading/reading.ts'
import { noteChange } from './changes.ts'
import { now } from './clock.ts'
import { createOnce } from './create-once.ts'
import { fhir } from './fhir-client.ts'
import { FhirError } from './fhir-error.ts'
import { changePlan } from './plan.ts'
import { whoAmI } from './who-am-i.ts'

export type Readings = Readonly<{
  /** oldest first */
  readings: readonly Reading[]
  limits: readonly ReadingLimit[]
  /** ids of readings that somebody has dealt with */
  seen: readonly string[]
}>

const codesAsked = readingKinds.map((kind) => kindFacts[kind].loinc).join(',')
const ended = ['revoked', 'completed', 'entered-in-error']

/** None of a kind of record that this reader was not given. */
async function orNone<T>(found: Promise<{ entries: readonly T[] }>): Promise<readonly T[]> {
  try {
    return (await found).entries
  } catch (error) {
    if (error instanceof FhirError && error.kind === 'forbidden') return []
    throw error
  }
}

/** The last 200 readings of a person, with what was agreed about them. */
export const readingsQuery = (person: string) =>
  queryOptions({
    queryKey: ['readings', person],
    queryFn: async ({ signal }): Promise<Readings> => {
      const patient = `Patient/${person}`
      const asked = { patient, code: codesAsked, _sort: '-date', _count: 200 }
      const [found, plans, flags] = await Promise.all([
        fhir.search('Observation', asked, signal),
        orNone(fhir.search('CarePlan', { patient, _count: 50 }, signal)),
        orNone(fhir.search('Flag', { patient, _count: 200 }, signal)),
      ])
      const standing = plans.filter((plan) => isPlan(plan) && !ended.includes(plan.status))
      return {
        readings: found.entries
          .flatMap((each) => readingFromFhir(each) ?? [])
          .toSorted((one, other) => one.at.localeCompare(other.at)),
        limits: standing.flatMap(limitsFrom),
        seen: flags
          .filter((flag) => flag.status === 'inactive')
          .map((flag) => (flag.id ?? '').replace('alert-', '')),
      }
    },
    meta: { kinds: ['Observation', 'CarePlan', 'Flag'] },
  })

/** Keeps a reading in the name of the one who is signed in. The caller keeps `id` over retries. */
export async function addReading(reading: Reading): Promise<void> {
  await createOnce(readingToFhir({ ...reading, by: whoAmI(reading.person) }))
}

/** Agrees a limit: part of the plan, so its version moves. Without numbers the limit is taken away. */
export async function setLimit(plan: Plan, limit: ReadingLimit): Promise<void> {
  await changePlan({
    ...{ person: plan.person, planId: undefined, kind: 'set-limit', room: 'roof' },
    edits: [
      {
        ...{ type: 'CarePlan', id: plan.id },
        onto: (current) => (current ? withLimit(current as CarePlan, limit) : undefined),
      },
    ],
  })
}

/** Writes down what was done about a reading outside its limits; it leaves the Today page. */
export async function dealWithReading(reading: Reading, words: string): Promise<void> {
  const by = whoAmI(reading.person)
  const flag: Flag & { id: string } = {
    ...{ resourceType: 'Flag', id: `alert-${reading.id}`, status: 'inactive' },
    code: { coding: [{ system: codes, code: 'reading-outside-limits' }], text: words },
    subject: { reference: `Patient/${reading.person}` },
    period: { start: reading.at, end: now().toISOString() },
    author: { reference: by.reference, display: by.name },
    extension: [
      {
        url: 'https://gable.example/fhir/about',
        valueReference: { reference: `Observation/${reading.id}` },
      },
    ],
  }
  await fhir.create(flag)
  await noteChange(['Flag'])
}
