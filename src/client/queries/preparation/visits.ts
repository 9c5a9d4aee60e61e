import { queryOptions } from '@tanstack/react-query'
import { clockToday, clockZone } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { outcomeTypes } from '#domain/preparation/visit-outcomes.ts'
import { visitsFrom } from '#domain/preparation/visits-from.ts'

/** Every visit of one person that this reader may see, and what came of it. */
export const visitsQuery = (person: string) =>
  queryOptions({
    queryKey: ['visits', person],
    queryFn: ({ signal }) => findVisits(person, signal),
    meta: { kinds: ['Patient', 'Encounter', 'Appointment', ...outcomeTypes] },
  })

async function findVisits(person: string, signal: AbortSignal) {
  const of = { patient: `Patient/${person}` }
  const [patient, encounters, appointments, ...outcomes] = await Promise.all([
    fhir.read('Patient', person),
    allRecords('Encounter', of, signal),
    allRecords('Appointment', of, signal),
    ...outcomeTypes.map((type) => allRecords(type, of, signal)),
  ])
  const sources = { patient, encounters, appointments, outcomes: outcomes.flat() }
  return visitsFrom(sources, { today: clockToday(), zone: clockZone() })
}
