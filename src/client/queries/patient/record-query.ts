import { queryOptions } from '@tanstack/react-query'
import { clockZone } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { isPlan } from '#domain/plan/fhir.ts'
import { limitsFrom } from '#domain/reading/fhir.ts'
import { personRecord } from '#domain/record/person-record.ts'

/** Of somebody who measures every day, so many tests and readings, the newest first. */
const mostResults = '400'

/** What the record says about somebody's health, in the words of our glossary. */
export const recordQuery = (person: string) =>
  queryOptions({
    queryKey: ['record', person],
    queryFn: ({ signal }) => findRecord(person, signal),
    meta: {
      kinds: [
        ...['Condition', 'MedicationRequest', 'MedicationStatement', 'AllergyIntolerance'],
        ...['Encounter', 'Immunization', 'Observation', 'Goal', 'CarePlan'],
      ],
    },
  })

async function findRecord(person: string, signal: AbortSignal) {
  const of = { patient: `Patient/${person}` }
  const results = { ...of, category: 'laboratory,vital-signs,reading' }
  const [conditions, requests, statements, allergies, encounters, immunisations, found] =
    await Promise.all([
      allRecords('Condition', of, signal),
      allRecords('MedicationRequest', of, signal),
      allRecords('MedicationStatement', of, signal),
      allRecords('AllergyIntolerance', of, signal),
      allRecords('Encounter', of, signal),
      allRecords('Immunization', of, signal),
      fhir.search('Observation', { ...results, _sort: '-date', _count: mostResults }, signal),
    ])
  const [goals, plans] = await Promise.all([
    allRecords('Goal', of, signal),
    allRecords('CarePlan', of, signal),
  ])
  const sources = { conditions, medicines: [...requests, ...statements], allergies, encounters }
  const limits = plans.filter(isPlan).flatMap(limitsFrom)
  return personRecord(
    { ...sources, immunisations, observations: found.entries, limits, goals },
    clockZone(),
  )
}
