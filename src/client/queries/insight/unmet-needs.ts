import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import {
  noteUnmetRequest,
  type UnmetKind,
  unmetNeedsParameters,
} from '#domain/outcome/unmet-needs.ts'
import { asInsightMovedOn } from './insight-moved-on.ts'

const key = 'unmet-needs'

/** Needs that nobody can meet, and what was done about them. */
export const unmetNeedsQuery = queryOptions({
  queryKey: [key],
  queryFn: async ({ signal }) =>
    unmetNeedsParameters.read(await fhir.operation('$unmet-needs', undefined, signal)),
  meta: { kinds: ['Condition', 'EpisodeOfCare'] },
})

type Note = Readonly<{
  id?: string
  version?: number
  kind: UnmetKind
  place: string
  words: string
}>

/** Writes what was done, or other words for it. */
export async function noteUnmet(note: Note): Promise<void> {
  try {
    await fhir.operation('$note-unmet', noteUnmetRequest.write(note))
  } catch (error) {
    throw asInsightMovedOn(error)
  } finally {
    await queryClient.invalidateQueries({ queryKey: [key] })
  }
}
