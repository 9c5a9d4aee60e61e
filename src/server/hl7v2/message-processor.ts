import type { Actor } from '#domain/access/actor.ts'
import { retry } from '#domain/async/retry.ts'
import { type Adt, adtOf, headingOf } from '#domain/hl7v2/adt.ts'
import { deathTold, withDeath } from '#domain/hl7v2/death.ts'
import { stayOnRecord, stayToFhir } from '#domain/hl7v2/fhir.ts'
import { type Message, parseMessage, printMessage } from '#domain/hl7v2/message.ts'
import { stayOf } from '#domain/hl7v2/stay.ts'
import { writeAuditLog } from '#server/audit/audit-log.ts'
import { deathChange, deathFollows } from '#server/death/follow-death.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Sql } from '#server/store/sql.ts'
import { StaleVersion, type Store } from '#server/store/store.ts'
import { type AdtContext, type Fitting, matchMessage } from './match-message.ts'
import {
  facilityOf,
  lock,
  messageBySeq,
  type StoredMessage,
  storeMessage,
  takenAbout,
  underId,
  type Verdict,
  waitingFor,
} from './message-store.ts'

/** What is needed to process messages: the service's own connection, the clock, and who sent them. */
export type MessageProcessor = Readonly<{
  store: Store
  sql: Sql
  now: Date
  /** time zone of clocks that say none, IANA name */
  zone: string
  actor: Actor
}>

const mostTries = 6

/**
 * Processes a message, or puts it on hold with its reason: one of the two is on disk when this settles. The same
 * message again changes nothing, and is tried again while it is on hold.
 */
export async function processMessage(
  inbox: MessageProcessor,
  message: Message,
): Promise<StoredMessage> {
  const digest = sha256Hex(printMessage(message))
  const row = await settled(inbox, message, digest)
  if (row.state === 'taken' && row.nhs) await catchUp(inbox, row)
  // the person may have been registered between the question and the commit
  return row.reason === 'not-here' ? await settled(inbox, message, digest) : row
}

/** Tries a message on hold once more; unchanged if it is no longer on hold. */
export async function reprocessMessage(
  inbox: MessageProcessor,
  seq: number,
): Promise<StoredMessage | undefined> {
  const row = await messageBySeq(inbox.sql, seq)
  const message = row && parseMessage(row.raw)
  if (!row || !message || 'fault' in message || row.state !== 'aside') return row
  return await settled(inbox, message, row.digest)
}

/** Tries messages on hold for these people, after they were registered or corrected. */
export async function processWaiting(
  inbox: MessageProcessor,
  persons: readonly string[],
): Promise<void> {
  for (const seq of await waitingFor(inbox.sql, persons)) await reprocessMessage(inbox, seq)
}

/** Other messages on hold for the same person follow the first one that matched. */
async function catchUp(inbox: MessageProcessor, { person }: StoredMessage): Promise<void> {
  if (person) await processWaiting(inbox, [person])
}

/** Somebody may change the same stay by hand meanwhile: then it is read again. */
async function settled(
  inbox: MessageProcessor,
  message: Message,
  digest: string,
): Promise<StoredMessage> {
  const isWorthRetrying = (error: unknown) => error instanceof StaleVersion
  return await retry(() => settleOnce(inbox, message, digest), { most: mostTries, isWorthRetrying })
}

async function settleOnce(
  inbox: MessageProcessor,
  message: Message,
  digest: string,
): Promise<StoredMessage> {
  const heading = headingOf(message)
  const facility = facilityOf(heading)
  return await inbox.store.transaction(async (store, sql) => {
    await lock(sql, `${facility}\n${heading.id}`)
    const known = await underId(sql, facility, heading.id)
    const same = known.find((row) => row.digest === digest)
    if (same && same.state !== 'aside') return same
    const [first] = known
    const verdict =
      first && first.digest !== digest
        ? ({ state: 'aside', reason: 'id-used-before' } as const)
        : await decided({ ...inbox, store, sql }, message)
    const arrival = { heading, digest, raw: printMessage(message), at: inbox.now }
    const row = await storeMessage(sql, { ...arrival, broughtBy: inbox.actor.identity }, verdict)
    if (verdict.state === 'aside' && same?.reason !== verdict.reason) {
      await noteAside({ ...inbox, sql }, row)
    }
    return row
  })
}

type Settling = AdtContext & MessageProcessor

async function decided(settling: Settling, message: Message): Promise<Verdict> {
  const found = await matchMessage(settling, message)
  if ('reason' in found) return { state: 'aside', ...found }
  await writeStay(settling, found)
  await writeDeath(settling, found)
  const { person, visit, adt } = found
  return { state: 'taken', nhs: adt.person.nhsNumber, person, visit }
}

async function writeStay(settling: Settling, fitting: Fitting): Promise<void> {
  const { adt, before, person, visit, current } = fitting
  const facility = adt.heading.facility
  const about = { id: visit, person, visit: adt.visit, facility }
  const asTold = stayOf(before)
  const onRecord = current && stayOnRecord(current.encounter)
  // only what no message said: otherwise their order would matter
  const isTold =
    asTold && same(stayOnRecord(stayToFhir({ ...about, stay: asTold }, undefined)), onRecord)
  const stay = stayOf([...before, adt], isTold ? undefined : onRecord)
  if (!stay) return
  const told = { ...about, stay }
  const { kept, outcome } = await settling.store.write({
    resource: stayToFhir(told, current?.encounter),
    expect: current ? { version: current.version } : 'absent',
    skipIfSame: true,
  })
  await writeAuditLog(settling.sql, [
    {
      ...{ at: settling.now, actor: settling.actor, way: 'hl7', allowed: true },
      act: outcome === 'created' ? 'C' : 'U',
      what: new Map([[person, [`${kept.type}/${kept.id}`]]]),
    },
  ])
}

/** A death that messages report, or withdraw, is written to the person; only what this message changes is written. */
async function writeDeath(settling: Settling, { adt, person }: Fitting): Promise<void> {
  const saysSomething = adt.died !== undefined || adt.event === 'A13'
  if (!saysSomething) return
  const before = await toldAbout(settling, person)
  const death = deathTold([...before, adt])
  if (!death || death.died === deathTold(before)?.died) return
  const stored = await settling.store.read('Patient', person, everyone)
  if (stored?.resource?.resourceType !== 'Patient') return
  const resource = withDeath(stored.resource, death)
  if (resource === stored.resource) return
  await settling.store.write({
    resource: { ...resource, id: person },
    expect: { version: stored.version },
    // a message gives nobody access to restricted records: a user without that access does not get it by a message
    vouched: false,
  })
  const change = deathChange(stored.resource, resource)
  const { now, zone, store, sql } = settling
  const call = { now, zone, service: { store, sql } }
  const follows = change ? await deathFollows(call, { person, patient: resource, change }) : []
  if (follows.length > 0) await settling.store.writeMany(follows)
  const names = follows.map((each) => `${each.resource.resourceType}/${each.resource.id}`)
  await writeAuditLog(settling.sql, [
    {
      ...{ at: settling.now, actor: settling.actor, way: 'hl7', allowed: true, act: 'U' },
      what: new Map([[person, [`Patient/${person}`, ...names]]]),
    },
  ])
}

async function toldAbout({ sql, zone }: Settling, person: string): Promise<readonly Adt[]> {
  const rows = await takenAbout(sql, person)
  return rows.flatMap(({ raw }) => {
    const message = parseMessage(raw)
    const adt = 'fault' in message ? undefined : adtOf(message, zone)
    return adt && !('fault' in adt) ? [adt] : []
  })
}

const same = (one: object, other: object | undefined) =>
  JSON.stringify(one) === JSON.stringify(other)

async function noteAside({ sql, now, actor }: MessageProcessor, row: StoredMessage): Promise<void> {
  const why = `On hold: ${row.reason}`
  await writeAuditLog(sql, [
    { at: now, actor, act: 'E', way: 'hl7', allowed: false, why, what: new Map() },
  ])
}
