import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { refetch } from '#client/fhir/refetch.ts'
import { decideAlikeRequest } from '#domain/alike/decide-alike-request.ts'
import { duplicatesFromParameters, joinRequest } from '#domain/person/duplicates-fhir.ts'

const key = 'possible-duplicates'

/** Records that share an NHS number or look alike, among those that the user may open. */
export const duplicatesQuery = queryOptions({
  queryKey: [key],
  staleTime: 0,
  queryFn: async ({ signal }) =>
    duplicatesFromParameters(await fhir.operation('$possible-duplicates', undefined, signal)),
  meta: { kinds: ['Patient', 'EpisodeOfCare'] },
})

type Decided = Readonly<{
  person: string
  other: string
  decision: 'same' | 'different' | 'undo'
  /** of `same`: the record that is used from now on */
  keep?: string
  seen: string
}>

/** Says whether two records that look alike are one person. Gives the way back. */
export async function decideAlike(said: Decided): Promise<() => Promise<unknown>> {
  const answer = await fhir.operation('$decide-alike', decideAlikeRequest.write(said))
  await refetchBoth()
  const { seen } = decideAlikeRequest.read(answer)
  const { person, other } = said
  return () => decideAlike({ person, other, decision: 'undo', seen })
}

type Both = Readonly<{ keep: string; join: string }>

/** Says that both are about one person: `join` points to `keep` from now on. */
export const joinRecords = (both: Both): Promise<void> => decide('$join-records', both)

/** Undoes a join. */
export const partRecords = (both: Both): Promise<void> => decide('$part-records', both)

async function decide(operation: string, both: Both): Promise<void> {
  await fhir.operation(operation, joinRequest.write(both))
  await refetchBoth()
}

async function refetchBoth(): Promise<void> {
  await refetch({ queryKey: [key] })
  await refetch({ queryKey: ['person'] })
}
