import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useSession } from '#client/session/session.ts'
import { type GivenToMe, givenFrom, sharedWithMe } from '#domain/consent/given-to-me.ts'
import { nameInWords } from '#domain/person/shown-name.ts'

const isCarerOf = (person: string) =>
  useSession.getState().actor?.caresFor?.some((each) => each.person === person) ?? false

/**
 * What the person shares with the signed-in carer, as the server says; null for everybody else. Rejects as for a
 * missing record if nothing is shared, or no longer.
 */
export async function givenToMe(person: string, signal?: AbortSignal): Promise<GivenToMe | null> {
  if (!isCarerOf(person)) return null
  const given = givenFrom(await fhir.operation('$shared-with-me', undefined, signal), person)
  if (!given)
    throw new FhirError({ kind: 'missing', status: 404, text: 'Nothing is shared with you' })
  return given
}

export const carerRooms = (person: string) =>
  queryOptions({
    queryKey: ['carer-rooms', person],
    queryFn: ({ signal }) => givenToMe(person, signal),
    // a carer who may not see how the plan is organised gets no event when a share changes: it is loaded once a minute
    refetchInterval: () => (isCarerOf(person) ? 60_000 : false),
    meta: { kinds: ['Consent'] },
  })

/** Names of those who share something with the signed-in carer, by id; empty for everybody else. */
export const sharedNamesQuery = (isCarer: boolean) =>
  queryOptions({
    queryKey: ['shared-names', isCarer],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, string>> => {
      if (!isCarer) return new Map()
      const answer = await fhir.operation('$shared-with-me', undefined, signal)
      const { people } = sharedWithMe.read(answer)
      return new Map(people.map(({ id, names }) => [id, nameInWords(names, clockToday())]))
    },
    meta: { kinds: ['Consent'] },
  })
