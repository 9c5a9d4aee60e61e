import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { todayParameters } from '#domain/today/today-parameters.ts'
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
    meta: { kinds: [...todayRecordTypes, 'CareTeam', 'Condition'] },
  })
