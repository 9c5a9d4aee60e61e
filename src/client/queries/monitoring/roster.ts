import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { refetch } from '#client/fhir/refetch.ts'
import { dataQuality } from '#domain/roster/data-quality.ts'
import {
  rosterAnswer,
  rosterRequest,
  undoListRequest,
  type WholeList,
  wholeListAnswer,
  wholeListRequest,
} from '#domain/roster/roster-parameters.ts'

const key = 'roster'

export type RosterAsk = Readonly<{ organisation?: string; date?: string; from?: number }>

/** Who was on the list of a practice on a day, with the months before it. */
export const rosterQuery = (ask: RosterAsk) =>
  queryOptions({
    queryKey: [key, ask],
    queryFn: async ({ signal }) => {
      const asked = rosterRequest.write({ from: 0, ...ask })
      return rosterAnswer.read(await fhir.operation('Patient/$roster', asked, signal))
    },
    meta: { kinds: ['Patient', 'Consent'] },
  })

/** What records lack, for each source of people. */
export const dataQualityQuery = queryOptions({
  queryKey: [key, 'quality'],
  queryFn: async ({ signal }) =>
    dataQuality.read(await fhir.operation('Patient/$data-quality', undefined, signal)),
  meta: { kinds: ['Patient'] },
})

export type WholeListAsk = Readonly<{
  organisation: string
  date: string
  count: number
  rows: string
  confirm?: number
  reason: string
}>

/** Says who would leave; with `confirm` they are marked as left. */
export async function takeWholeList(ask: WholeListAsk): Promise<WholeList> {
  const answer = await fhir.operation('$take-whole-list', wholeListRequest.write(ask))
  if (ask.confirm !== undefined) await refetch({ queryKey: [key] })
  return wholeListAnswer.read(answer)
}

/** Takes a list back that was wrong. */
export async function undoWholeList(list: string, reason: string): Promise<void> {
  await fhir.operation('$undo-whole-list', undoListRequest.write({ list, reason }))
  await refetch({ queryKey: [key] })
}
