import type { Resource, Task } from '@medplum/fhirtypes'
import type { CareRole } from '#domain/access/decide-relations.ts'
import type { Clock } from '#domain/calendar/zone.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { careRelationshipsOf } from '#server/store/access/care-relationships.ts'

/** To whom the current record gives access; an emergency opening is the service's own. */
export function careRolesIn(resource: Resource | undefined, clock: Clock): readonly CareRole[] {
  if (!resource) return []
  return careRelationshipsOf(resource, clock).flatMap(({ kind, org, agent, role, until }) => {
    if (kind === 'glass' || kind === 'sealed') return []
    const ending = until === undefined ? {} : { until }
    return referencesToPeople({ org, agent, role }).map((to) => ({ to, ...ending }))
  })
}

type Named = Readonly<Record<'org' | 'agent' | 'role', string | null | undefined>>

/** The people a relation names, as references. */
export function referencesToPeople({ org, agent, role }: Named): readonly string[] {
  return [
    ...(org ? [`Organization/${org}`] : []),
    ...(agent ? [`Practitioner/${agent}`] : []),
    ...(role ? [`PractitionerRole/${role}`] : []),
  ]
}

/** Ids of the referrals that a task is done for: the access it gives lasts no longer than they are open. */
export function referralsOf({ focus, basedOn = [] }: Task): readonly string[] {
  const targets = [focus, ...basedOn].map((each) => referenceTarget(each?.reference ?? ''))
  return targets.flatMap((each) => (each?.type === 'ServiceRequest' ? [each.id] : []))
}
