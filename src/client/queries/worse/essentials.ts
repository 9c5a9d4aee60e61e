import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { essentialsAnswer } from '#domain/plan/worse/essentials-answer.ts'

const kinds = [
  ...['Patient', 'AllergyIntolerance', 'MedicationRequest', 'MedicationStatement', 'CarePlan'],
  ...['RelatedPerson', 'Observation', 'DocumentReference', 'EpisodeOfCare'],
  ...['Condition', 'Flag'],
]

/** What to know first about somebody in an emergency. */
export const essentialsQuery = (person: string) =>
  queryOptions({
    queryKey: ['essentials', person],
    queryFn: async ({ signal }) => {
      const answer = await fhir.operation(`Patient/${person}/$essentials`, undefined, signal)
      return essentialsAnswer.read(answer)
    },
    meta: { kinds },
  })
