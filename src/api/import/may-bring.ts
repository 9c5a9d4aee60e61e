import type { Resource } from '@medplum/fhirtypes'
import { relationTo } from '#api/access/relation-to.ts'
import type { Visit } from '#api/rest/visit.ts'
import { decide } from '#domain/access/decide.ts'
import { isRestricted } from '#domain/access/restricted.ts'
import { roomOf } from '#domain/access/room.ts'

/**
 * True when the importer’s relation to a person lets her bring in a record of that person. Asked as for clinical records:
 * whose words a record holds is not asked, for an import brings the words of others. Who opened a record in an emergency
 * brings nothing into it, least of all a place for herself in the team.
 */
export async function mayBring(visit: Visit, resource: Resource, person: string): Promise<boolean> {
  return decide({
    actor: visit.actor,
    ...{ act: 'create', kind: 'clinical', room: roomOf(resource) },
    relation: await relationTo(visit, person),
    relabelled: isRestricted(resource),
  }).allowed
}
