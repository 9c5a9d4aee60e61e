import type { Patient, RelatedPerson } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import { numberOf } from '#domain/carer/carer.ts'
import type { Side } from '#domain/carer/side.ts'
import { nhsNumbers } from '#domain/person/someone-else.ts'
import type { Subject } from '#server/auth/claims.ts'
import { findActor } from '#server/auth/find-actor.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import type { ReadingStore } from '#server/store/store.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export const isSide = (text: unknown): text is Side => text === 'person' || text === 'carer'

type Asking = Readonly<{ sql: Sql; token: string; actor: Actor }> & Clock
type Row = Readonly<{ subject: Subject | string | null }>

/** The sides on which the user of a session can be: found by their NHS number, as at sign-in. */
export async function sidesOf(asking: Asking): Promise<ReadonlyMap<Side, Actor>> {
  const { sql, actor, now, zone } = asking
  const found = new Map<Side, Actor>()
  if (!isSide(actor.role)) return found
  found.set(actor.role, actor)
  const store = createStore(sql)
  const subject = await subjectOf(asking, store)
  if (!subject) return found
  for (const asCarer of [true, false]) {
    const { asCarer: _chosen, ...rest } = subject
    const side = asCarer ? 'carer' : 'person'
    const other = await findActor(
      { ...rest, ...(asCarer ? { asCarer } : {}) },
      { store, now, zone },
    )
    if (typeof other !== 'string' && other.role === side) found.set(side, other)
  }
  return found
}

/** Whom the provider proved; in a demonstration, whose number stands in the record of this user. */
async function subjectOf(
  { sql, token, actor, now, zone }: Asking,
  store: ReadingStore,
): Promise<Subject | undefined> {
  const { rows } = await sql.query<Row>('SELECT subject FROM session WHERE token_hash = $1', [
    sha256Hex(token),
  ])
  const kept = rows[0]?.subject
  if (kept) return storedRecord<Subject>(kept)
  const nhsNumber = await numberOfActor(store, actor, dayIn(zone, now))
  return nhsNumber ? { identity: actor.identity, nhsNumber } : undefined
}

async function numberOfActor(
  store: ReadingStore,
  actor: Actor,
  today: string,
): Promise<string | undefined> {
  if (actor.person) {
    const stored = await store.read('Patient', actor.person, everyone)
    return stored?.resource ? nhsNumbers(stored.resource as Patient, today)[0] : undefined
  }
  const [first] = actor.caresFor ?? []
  const stored = first && (await store.read('RelatedPerson', first.relatedPerson, everyone))
  return stored?.resource ? numberOf(stored.resource as RelatedPerson, today) : undefined
}

/** From now on the session is on this side. Undefined if the user has no such side. */
export async function changeSide(asking: Asking, side: Side): Promise<Actor | undefined> {
  const actor = (await sidesOf(asking)).get(side)
  if (!actor) return undefined
  const { sql, token, now } = asking
  await sql.query(
    `UPDATE session SET actor = $2, checked = $3,
       subject = CASE WHEN subject IS NULL THEN NULL
         WHEN $4 THEN subject || '{"asCarer":true}'::jsonb ELSE subject - 'asCarer' END
     WHERE token_hash = $1`,
    [sha256Hex(token), JSON.stringify(actor), now.toISOString(), side === 'carer'],
  )
  return actor
}
