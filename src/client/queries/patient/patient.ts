import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { allergiesFromFhir, personFromFhir, withOwnWords } from '#domain/person/fhir.ts'
import { linkedPeople } from '#domain/person/joined.ts'

/** Who the person is, and what every reader must know at once: the banner on every page about them. */
export const patientQuery = (id: string) =>
  queryOptions({
    queryKey: ['person', id],
    meta: { kinds: ['Patient', 'AllergyIntolerance', 'Observation'] },
    queryFn: async ({ signal }) => {
      const [patient, own, ownWords] = await Promise.all([
        fhir.read('Patient', id),
        allRecords('AllergyIntolerance', { patient: `Patient/${id}` }, signal),
        fhir.search('Observation', { _id: `about-${id}-communicate` }, signal),
      ])
      // what was recorded before two records were joined is as dangerous as before
      const joined = patient.link ? linkedPeople(patient, 'replaces') : []
      const earlier = joined.map((each) => `Patient/${each}`).join(',')
      const also = earlier
        ? await allRecords('AllergyIntolerance', { patient: earlier }, signal)
        : []
      return {
        person: withOwnWords(personFromFhir(patient, clockToday()), ownWords.entries[0]),
        allergies: allergiesFromFhir([...own, ...also]),
      }
    },
  })
