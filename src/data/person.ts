import { queryOptions } from '@tanstack/react-query'
import { allergiesFromFhir, personFromFhir } from '#domain/person/fhir.ts'
import { fhir } from './fhir-client.ts'

/** Who the person is, and what must be known at once: the banner above every page of hers. */
export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['person', id],
    meta: { kinds: ['Patient', 'AllergyIntolerance'] },
    queryFn: async ({ signal }) => {
      const [patient, allergies] = await Promise.all([
        fhir.read('Patient', id),
        fhir.search('AllergyIntolerance', { patient: `Patient/${id}`, _count: 100 }, signal),
      ])
      return { person: personFromFhir(patient), allergies: allergiesFromFhir(allergies.entries) }
    },
  })
