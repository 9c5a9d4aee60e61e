import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { outcomesParameters } from '#domain/outcome/outcomes.ts'

/** How the partnership is doing, by the measures that all partners agreed to; loaded each time the page opens. */
export const outcomesQuery = queryOptions({
  queryKey: ['outcomes'],
  queryFn: async ({ signal }) =>
    outcomesParameters.read(await fhir.operation('$outcomes', undefined, signal)),
  staleTime: 0,
})
