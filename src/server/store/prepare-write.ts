import type { Resource } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import { tellsOfNobody } from '#domain/access/record-owner.ts'
import type { Clock } from '#domain/calendar/zone.ts'
import { wholeNumbersPlain } from '#server/validation/whole-numbers.ts'
import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'
import { assignAccessLabels } from './access/access-labels.ts'
import { careRelationshipsOf } from './access/care-relationships.ts'
import {
  type PractitionerRoleRelationship,
  practitionerRoleRelationships,
} from './access/practitioner-role-relationships.ts'
import { nobodyInParticular, recordOwnerOf, storedOwners } from './access/record-owner.ts'
import { type IndexEntries, indexEntries } from './indexing/index-entries.ts'
import type { Sql } from './sql.ts'
import type { WriteRequest } from './store.ts'

export type PreparedWrite = {
  request: WriteRequest
  content: Resource
  entries: IndexEntries
  person: string | undefined
  room: AccessLabel
  relations: readonly PractitionerRoleRelationship[]
}

/**
 * Works out what one statement needs to know about the records; asks the database only if a record does not say it
 * itself.
 */
export async function prepareWrite(
  sql: Sql,
  requests: readonly WriteRequest[],
  clock: Clock,
): Promise<readonly PreparedWrite[]> {
  const prepared: PreparedWrite[] = []
  const breathe = yieldToEventLoop()
  for (const request of requests) {
    await breathe()
    const content = wholeNumbersPlain(withoutVersion(request.resource))
    prepared.push({
      request,
      content,
      entries: indexEntries(content),
      person: request.person ?? recordOwnerOf(content),
      room: 'record',
      relations: relationsIn(request, content, clock),
    })
  }
  await lookUpPeople(sql, prepared)
  await practitionerRoleRelationships(sql, prepared, clock)
  await assignAccessLabels(sql, prepared)
  return prepared
}

function relationsIn({ vouched = true }: WriteRequest, content: Resource, clock: Clock) {
  return careRelationshipsOf(content, clock).map((each) => ({ ...each, vouched }))
}

/** The version and its time are columns: two records that differ only in them are the same. */
function withoutVersion(resource: Resource): Resource {
  if (!resource.meta) return resource
  const { versionId: _version, lastUpdated: _time, ...meta } = resource.meta
  const { meta: _meta, ...rest } = resource
  return (Object.keys(meta).length > 0 ? { ...rest, meta } : rest) as Resource
}

async function lookUpPeople(sql: Sql, prepared: readonly PreparedWrite[]): Promise<void> {
  const open = prepared.filter((each) => !each.person && !tellsOfNobody(each.content))
  if (open.length === 0) return
  const people = new Map<string, string>()
  for (const each of prepared)
    if (each.person)
      people.set(`${each.content.resourceType}/${each.request.resource.id}`, each.person)
  const wanted = new Set(open.flatMap((each) => each.entries.ref.map((to) => `${to.t}/${to.i}`)))
  for (const [name, person] of await storedOwners(sql, [...wanted]))
    if (!people.has(name)) people.set(name, person)
  for (const each of open) {
    const found = new Set(each.entries.ref.flatMap((to) => people.get(`${to.t}/${to.i}`) ?? []))
    const [only] = found
    each.person = found.size === 1 ? only : nobodyInParticular
  }
}
