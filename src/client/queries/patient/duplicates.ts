import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { refetch } from '#client/fhir/refetch.ts'
import { duplicatesFromParameters, joinRequest } from '#domain/person/duplicates-fhir.ts'

const key = 'possible-duplicates'

/** Records that share an NHS number, among those that the user may open. */
export const duplicatesQuery = queryOptions({
  queryKey: [key],
  staleTime: 0,
  queryFn: async ({ signal }) =>
    duplicatesFromParameters(await fhir.operation('$possible-duplicates', undefined, signal)),
  meta: { kinds: ['Patient', 'EpisodeOfCare'] },
})

type Both = Readonly<{ keep: string; join: string }>

/** Says that both are about one person: `join` points to `keep` from now on. */
export const joinRecords = (both: Both): Promise<void> => decide('$join-records', both)

/** Undoes a join. */
export const partRecords = (both: Both): Promise<void> => decide('$part-records', both)

async function decide(operation: string, both: Both): Promise<void> {
  await fhir.operation(operation, joinRequest.write(both))
  await refetch({ queryKey: [key] })
  await refetch({ queryKey: ['person'] })
}
