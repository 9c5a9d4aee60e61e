import { queryOptions } from '@tanstack/react-query'
import { dayHere } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { CaseloadRow } from '#domain/case/caseload.ts'
import { type CaseloadLine, caseloadParameters } from '#domain/case/caseload-parameters.ts'
import { stateOfStatus } from '#domain/case/fhir.ts'

const kinds = [
  ...['EpisodeOfCare', 'CareTeam', 'CarePlan', 'Provenance', 'Patient', 'Encounter'],
  'Communication',
]

/** The signed-in user's people; the key holds no identity, because the cache ends with the session. */
export const caseloadQuery = queryOptions({
  queryKey: ['caseload'],
  queryFn: async ({ signal }) => {
    const answer = await fhir.operation('$caseload', undefined, signal)
    return caseloadParameters.read(answer).people.map(rowFrom)
  },
  meta: { kinds },
})

const rowFrom = ({ case: caseId, status, ...line }: CaseloadLine): CaseloadRow => ({
  ...{ ...line, caseId, state: stateOfStatus(status) },
  ...{ lastContact: dayHere(line.lastContact), died: dayHere(line.died) },
})
