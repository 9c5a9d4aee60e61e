import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { measuresParameters } from '#domain/case/measures.ts'

/** Measures by name; loaded each time the page opens. */
export const measuresQuery = queryOptions({
  queryKey: ['measures'],
  queryFn: async ({ signal }) =>
    measuresParameters.read(await fhir.operation('$measures', undefined, signal)),
  staleTime: 0,
})
