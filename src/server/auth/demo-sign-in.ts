import { type Actor, isStaff } from '#domain/access/actor.ts'
import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { accessScopeOf } from '#server/store/access/access-scope.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'

/**
 * In a demonstration a professional can sign in as any person whose record they may see; otherwise no imported person
 * could open their own page. Undefined if the caller may not see the person.
 */
export async function demoSignIn(
  id: string,
  caller: Actor,
  auth: Readonly<{ sql: Sql } & Clock>,
): Promise<Actor | undefined> {
  if (!isStaff(caller) && caller.role !== 'admin') return undefined
  const store = createStore(auth.sql)
  const { scope } = await accessScopeOf(caller, store, auth)
  const stored = await store.read('Patient', id, scope)
  if (stored?.resource?.resourceType !== 'Patient') return undefined
  const { given, family } = personFromFhir(stored.resource, dayIn(auth.zone, auth.now))
  const name = [given, family].filter(Boolean).join(' ') || id
  return { identity: `person ${id}`, name, role: 'person', person: id }
}
