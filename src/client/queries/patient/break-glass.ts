import { queryOptions } from '@tanstack/react-query'
import { now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { useSession } from '#client/session/session.ts'
import { type BreakGlassGrant, breakGlassFromFhir } from '#domain/access/break-glass.ts'
import {
  type BreakGlass,
  breakGlassAnswer,
  breakGlassRequest,
} from '#domain/access/break-glass-parameters.ts'

/**
 * Opens a record in an emergency; returns whose. Rejects with `FhirError`: `missing` if number and birth date match
 * nobody.
 */
export async function breakGlass(opening: BreakGlass): Promise<string> {
  const answer = await fhir.operation('$break-glass', breakGlassRequest.write(opening))
  // what was hidden before is visible now
  queryClient.clear()
  return breakGlassAnswer.read(answer).person
}

/** Ends it before its time is over, and forgets what was read. */
export async function endBreakGlass(person: string): Promise<void> {
  await fhir.operation(`Patient/${person}/$end-break-glass`)
}

/** Nothing of a record that is closed again stays on this device. */
export function forgetWhatWasRead(): void {
  queryClient.clear()
}

/** The emergency access by which the signed-in user reads this record now; null for users who need none. */
export const openingQuery = (person: string) =>
  queryOptions({
    queryKey: ['opening', person],
    queryFn: async ({ signal }): Promise<BreakGlassGrant | null> => {
      const { actor } = useSession.getState()
      if (!actor?.practitioner) return null
      const flags = await allRecords('Flag', { patient: `Patient/${person}` }, signal)
      const mine = flags
        .flatMap((flag) => breakGlassFromFhir(flag) ?? [])
        .filter((grant) => grant.practitioner === actor.practitioner && grant.alert)
      return mine.find((grant) => Date.parse(grant.until) > now().getTime()) ?? null
    },
    meta: { kinds: ['Flag'] },
  })
