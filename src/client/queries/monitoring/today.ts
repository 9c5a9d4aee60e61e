import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { TodayLine } from '#domain/today/claim.ts'
import { takeTodayRequest, todayParameters } from '#domain/today/today-parameters.ts'
import { todayRecordTypes } from '#domain/today/today-record-types.ts'

export const todayKey = 'today'

/** What needs the user now, over their caseload; loaded again when anything it is made from changes. */
export const todayQuery = (identity: string) =>
  queryOptions({
    queryKey: [todayKey, identity],
    // a page left open over night must not show yesterday
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) =>
      todayParameters.read(await fhir.operation('$today', undefined, signal)),
    meta: { kinds: [...todayRecordTypes, 'CareTeam', 'Condition', 'Appointment', 'List'] },
  })

/** The reader takes a line, or gives it back. Rejects with 409 in the words of the service if a colleague was first. */
export async function takeToday(line: TodayLine, back = false): Promise<void> {
  const { kind, person, reference, due } = line
  try {
    await fhir.operation(
      '$take-today',
      takeTodayRequest.write({ kind, person, reference, due, back }),
    )
  } finally {
    await noteChangeEvent(['Task'])
  }
}

/** The reader has seen the list: what comes up from now on is new to them. */
export const markTodaySeen = async (): Promise<unknown> =>
  await fhir.operation('$today-seen', { resourceType: 'Parameters' })
