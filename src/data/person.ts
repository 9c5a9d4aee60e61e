import { queryOptions } from '@tanstack/react-query'
import { today } from '#data/clock.ts'
import { fhir } from '#data/wire/fhir-client.ts'
import { allergiesFromFhir, personFromFhir, withOwnWords } from '#domain/person/fhir.ts'

/** Who the person is, and what must be known at once: the banner above every page of hers. */
export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['person', id],
    meta: { kinds: ['Patient', 'AllergyIntolerance', 'Observation'] },
    queryFn: async ({ signal }) => {
      const [patient, allergies, ownWords] = await Promise.all([
        fhir.read('Patient', id),
        fhir.search('AllergyIntolerance', { patient: `Patient/${id}`, _count: 100 }, signal),
        fhir.search('Observation', { _id: `about-${id}-communicate` }, signal),
      ])
      return {
        person: withOwnWords(personFromFhir(patient, today()), ownWords.entries[0]),
        allergies: allergiesFromFhir(allergies.entries),
      }
    },
  })
