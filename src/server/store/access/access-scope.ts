import type { Consent } from '@medplum/fhirtypes'
import { type Actor, isStaff } from '#domain/access/actor.ts'
import { type AccessLabel, ownAccessLabels } from '#domain/access/labels/access-label.ts'
import { carerKey } from '#domain/access/labels/carer-room.ts'
import { isRestricted } from '#domain/access/labels/restricted.ts'
import type { RoomKey, RoomKeys, Scope } from '#domain/access/scope.ts'
import { type SmartScopes, smartScopesIn } from '#domain/access/smart-scopes.ts'
import { instantIn, usualZone } from '#domain/calendar/zone.ts'
import { consentedLabelsFor } from '#domain/consent/consent.ts'
import type { Store } from '#server/store/store.ts'

/** The whole record; for the service's own queries only, never to answer an actor. */
export const everyone: Scope = { people: { kind: 'all' } }

/** What an actor can see, and for a carer what each person has shared. */
export type AccessScope = Readonly<{
  scope: Scope
  shared: ReadonlyMap<string, RoomKeys>
  /** for a program: what its access token allows */
  grants?: SmartScopes
}>

const nothingShared: ReadonlyMap<string, RoomKeys> = new Map()

/** Determined for each request: a withdrawn consent takes effect at the next request. */
export async function accessScopeOf(
  actor: Actor,
  store: Store,
  { now, zone = usualZone }: Readonly<{ now: Date; zone?: string | undefined }>,
): Promise<AccessScope> {
  if (actor.role === 'admin')
    return { scope: { people: { kind: 'all', isActor: true } }, shared: nothingShared }
  if (actor.role === 'person' && actor.person) {
    const people = [{ person: actor.person, rooms: ownAccessLabels }]
    return { scope: { people: { kind: 'listed', people } }, shared: nothingShared }
  }
  if (actor.role === 'carer') return await reachOfCarer(actor, store, instantIn(zone, now))
  if (actor.role === 'program') return reachOfProgram(actor)
  if (!isStaff(actor)) return { scope: { people: { kind: 'none' } }, shared: nothingShared }
  const { practitioner, organisation } = actor
  const related = {
    kind: 'related' as const,
    ...(practitioner ? { practitioner } : {}),
    ...(organisation ? { organisation } : {}),
  }
  return { scope: { people: related }, shared: nothingShared }
}

/** The people of its organisation; no type at all until the request determines which of its scopes count. */
function reachOfProgram({ organisation, scopes = [] }: Actor): AccessScope {
  const people: Scope['people'] = organisation
    ? { kind: 'related', organisation }
    : { kind: 'none' }
  return { scope: { people, types: [] }, shared: nothingShared, grants: smartScopesIn(scopes) }
}

/** `at`: an instant whose date is the service's: a share lasts to the end of its last day there. */
async function reachOfCarer(actor: Actor, store: Store, at: string): Promise<AccessScope> {
  const shared = new Map<string, RoomKeys>()
  for (const { person, relatedPerson } of actor.caresFor ?? []) {
    const query = {
      ...{ patient: `Patient/${person}`, status: 'active' },
      ...{ _include: 'Consent:patient', _count: '200' },
    }
    const found = await store.search('Consent', new URLSearchParams(query), everyone)
    // a record that is restricted as a whole is for named professionals and the person
    if (found.included.some(isRestricted)) continue
    const consents = found.matches as Consent[]
    const given = consentedLabelsFor(consents, `RelatedPerson/${relatedPerson}`, at)
    if (given.read.length === 0) continue
    const withKey = (rooms: readonly AccessLabel[]): readonly RoomKey[] =>
      rooms.includes('conversation') ? [...rooms, carerKey(relatedPerson)] : rooms
    // somebody may stand in a record twice
    const other = shared.get(person)
    shared.set(person, {
      read: [...new Set([...(other?.read ?? []), ...withKey(given.read)])],
      write: [...new Set([...(other?.write ?? []), ...withKey(given.write)])],
    })
  }
  const people = [...shared].map(([person, { read }]) => ({ person, rooms: read }))
  return { scope: { people: { kind: 'listed', people } }, shared }
}
