import type { ParametersParameter } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { dayHere } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { CaseloadRow } from '#domain/case/caseload.ts'
import { stateOfStatus } from '#domain/case/fhir.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'

const kinds = [
  ...['EpisodeOfCare', 'CareTeam', 'CarePlan', 'Provenance', 'Patient', 'Encounter'],
  'Communication',
]

/** The signed-in user's people; the key holds no identity, because the cache ends with the session. */
export const caseloadQuery = queryOptions({
  queryKey: ['caseload'],
  queryFn: async ({ signal }) => {
    const answer = await fhir.operation('$caseload', undefined, signal)
    return (answer.parameter ?? []).map(rowFrom)
  },
  meta: { kinds },
})

function rowFrom(line: ParametersParameter): CaseloadRow {
  const part = (name: string) => line.part?.find((each) => each.name === name)
  const words = (name: string) => part(name)?.valueString ?? ''
  return {
    person: idIn(part('person')?.valueReference?.reference),
    caseId: idIn(part('case')?.valueReference?.reference),
    family: words('family'),
    given: words('given'),
    birthDate: words('birthDate'),
    nhsNumber: words('nhsNumber'),
    state: stateOfStatus(part('status')?.valueCode),
    coordinator: words('coordinator'),
    planVersion: words('planVersion'),
    planEmpty: part('planEmpty')?.valueBoolean ?? true,
    agreed: part('agreed')?.valueBoolean ?? false,
    reviewOn: words('reviewOn'),
    lastContact: dayHere(words('lastContact')),
    died: dayHere(words('died')),
  }
}
