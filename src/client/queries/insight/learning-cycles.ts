import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import {
  type CycleRequest,
  keepCycleRequest,
  learningCyclesParameters,
} from '#domain/outcome/cycle/learning-cycle.ts'
import { asInsightMovedOn } from './insight-moved-on.ts'

const key = 'learning-cycles'

/** What the partners tried, and what came of it. */
export const learningCyclesQuery = queryOptions({
  queryKey: [key],
  queryFn: async ({ signal }) =>
    learningCyclesParameters.read(await fhir.operation('$learning-cycles', undefined, signal)),
  staleTime: 0,
})

/** Writes what was tried, or changes it. What somebody else wrote meanwhile is read in either case. */
export async function keepCycle(cycle: CycleRequest): Promise<void> {
  try {
    await fhir.operation('$keep-cycle', keepCycleRequest.write(cycle))
  } catch (error) {
    throw asInsightMovedOn(error)
  } finally {
    await queryClient.invalidateQueries({ queryKey: [key] })
  }
}
