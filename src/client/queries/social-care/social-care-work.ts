import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { socialCareWork } from '#domain/social-care/social-care-work.ts'

/** The assessments under the Care Act that wait for somebody. */
export const socialCareWorkQuery = (identity: string) =>
  queryOptions({
    queryKey: ['social-care', identity],
    queryFn: async ({ signal }) =>
      socialCareWork.read(await fhir.operation('$social-care', undefined, signal)),
    meta: { kinds: ['QuestionnaireResponse', 'Observation', 'Basic', 'Patient'] },
  })
