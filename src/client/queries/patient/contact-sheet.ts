import type { Organization } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { homePlaceIn, withHome } from '#domain/home/care-home.ts'
import { numbersChangedIn } from '#domain/home/numbers-changed.ts'
import { contactSheetFrom } from '#domain/person/contact-sheet.ts'

/** How to reach the person, and who to call next. */
export const contactSheetQuery = (person: string) =>
  queryOptions({
    queryKey: ['contact-sheet', person],
    meta: { kinds: ['Patient', 'RelatedPerson', 'Organization'] },
    queryFn: async ({ signal }) => {
      const [patient, relatives] = await Promise.all([
        fhir.read('Patient', person),
        allRecords('RelatedPerson', { patient: `Patient/${person}` }, signal),
      ])
      const place = homePlaceIn(patient)
      const homes = place ? [await homeAtHand(place)].flatMap((each) => each ?? []) : []
      const shown = withHome(patient, homes)
      const sheet = contactSheetFrom({ patient: shown, relatives, today: clockToday() })
      return { ...sheet, ...given('numbersChanged', numbersChangedIn(homes[0])) }
    },
  })

/** Without it the copy in the person’s record is shown: nobody is left without a number to call. */
async function homeAtHand(place: string): Promise<Organization | undefined> {
  try {
    return await fhir.read('Organization', place)
  } catch (error) {
    if (error instanceof FhirError) return undefined
    throw error
  }
}
