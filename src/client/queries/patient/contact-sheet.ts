import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { contactSheetFrom } from '#domain/person/contact-sheet.ts'

/** How to reach the person, and who to call next. */
export const contactSheetQuery = (person: string) =>
  queryOptions({
    queryKey: ['contact-sheet', person],
    meta: { kinds: ['Patient', 'RelatedPerson'] },
    queryFn: async ({ signal }) => {
      const [patient, relatives] = await Promise.all([
        fhir.read('Patient', person),
        allRecords('RelatedPerson', { patient: `Patient/${person}` }, signal),
      ])
      return contactSheetFrom({ patient, relatives, today: clockToday() })
    },
  })
