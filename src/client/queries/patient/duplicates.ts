import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { refetch } from '#client/fhir/refetch.ts'
import { decideAlikeRequest } from '#domain/alike/decide-alike-request.ts'
import {
  joinRecordsRequest,
  partRecordsAnswer,
  partRecordsRequest,
  recordsSinceJoin,
} from '#domain/alike/part-records-request.ts'
import {
  duplicatesFromParameters,
  duplicatesRequest,
  joinRequest,
  pairsAtOnce,
} from '#domain/person/duplicates-fhir.ts'

const key = 'possible-duplicates'

/** Records that share an NHS number or look alike, among those that the user may open. */
export const duplicatesQuery = (count = pairsAtOnce) =>
  queryOptions({
    queryKey: [key, 'first', count],
    staleTime: 0,
    queryFn: async ({ signal }) =>
      duplicatesFromParameters(
        await fhir.operation('$possible-duplicates', duplicatesRequest.write({ count }), signal),
      ),
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

/** What came to the record in use since the other was joined to it. */
export const sinceJoinQuery = (both: Both) =>
  queryOptions({
    queryKey: [key, 'since', both],
    staleTime: 0,
    queryFn: async ({ signal }) =>
      recordsSinceJoin.read(
        await fhir.operation('$records-since-join', joinRequest.write(both), signal),
      ),
  })

type Parted = Readonly<{ moved: readonly string[]; decided?: string }>

/** Says that both are about one person: `join` points to `keep` from now on. `undo`: of a parting, as it was answered. */
export async function joinRecords({
  undo: { moved: back, ...decided } = { moved: [] },
  ...both
}: Both & Readonly<{ undo?: Parted }>): Promise<void> {
  await fhir.operation('$join-records', joinRecordsRequest.write({ ...both, back, ...decided }))
  await refetchBoth()
}

type Parting = Both & Readonly<{ belongs?: Readonly<Record<string, string>> }>

/** Undoes a join; `belongs`: to whom each record that came since belongs. */
export async function partRecords({ belongs = {}, ...both }: Parting): Promise<Parted> {
  const said = Object.entries(belongs).map(([record, to]) => ({ record, to }))
  const answer = await fhir.operation(
    '$part-records',
    partRecordsRequest.write({ ...both, belongs: said }),
  )
  await refetchBoth()
  const { moved, decided } = partRecordsAnswer.read(answer)
  return { moved, ...(decided ? { decided } : {}) }
}

async function refetchBoth(): Promise<void> {
  await refetch({ queryKey: [key] })
  await refetch({ queryKey: ['person'] })
}
