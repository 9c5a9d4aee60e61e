import { queryOptions } from '@tanstack/react-query'
import { dayHere } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { CaseloadRow } from '#domain/case/caseload.ts'
import { type CaseloadAsk, type CaseloadCount, wholeCaseload } from '#domain/case/caseload-list.ts'
import { caseloadRowFrom } from '#domain/case/caseload-page.ts'
import {
  type CaseloadLine,
  caseloadParameters,
  caseloadRequest,
} from '#domain/case/caseload-parameters.ts'
import { todayRecordTypes } from '#domain/today/today-record-types.ts'

const kinds = [
  ...todayRecordTypes,
  ...['CareTeam', 'Condition', 'Appointment', 'List', 'Goal', 'RequestGroup'],
]

export type CaseloadShown = Readonly<{
  rows: readonly CaseloadRow[]
  /** so many match, of so many on the list */
  total: number
  of: number
  counts: readonly CaseloadCount[]
}>

/**
 * The signed-in user's people. The words that are searched for are in the body, never in an address; the key holds no
 * identity, because the cache ends with the session.
 */
export const caseloadQuery = (asked: CaseloadAsk = wholeCaseload, count = 50) =>
  queryOptions({
    queryKey: ['caseload', asked, count],
    // a page left open over night must not show yesterday
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }): Promise<CaseloadShown> => {
      const sent = caseloadRequest.write({ ...asked, count })
      const answer = caseloadParameters.read(await fhir.operation('$caseload', sent, signal))
      const { people, ...rest } = answer
      return { ...rest, rows: people.map(shownHere) }
    },
    meta: { kinds },
  })

const shownHere = (line: CaseloadLine): CaseloadRow => {
  const row = caseloadRowFrom(line)
  return { ...row, died: dayHere(row.died) }
}
