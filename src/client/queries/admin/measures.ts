import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'

/** A number, or that it is below the limit under which no number is given. */
export type Measure = Readonly<{ count: number } | { fewerThan: number }>

/** Measures by name; loaded each time the page opens. */
export const measuresQuery = queryOptions({
  queryKey: ['measures'],
  queryFn: async ({ signal }) => {
    const answer = await fhir.operation('$measures', undefined, signal)
    return new Map(
      (answer.parameter ?? []).map(({ name = '', part }): [string, Measure] => {
        const value = part?.[0]?.valueInteger ?? 0
        return [name, part?.[0]?.name === 'count' ? { count: value } : { fewerThan: value }]
      }),
    )
  },
  staleTime: 0,
})
