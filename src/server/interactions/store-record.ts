import type { Resource } from '@medplum/fhirtypes'
import type { Relation } from '#domain/access/decide.ts'
import { roomOf } from '#domain/access/labels/access-label.ts'
import { keepDigits } from '#domain/decimal/keep-digits.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { inOwnName } from '#server/agreement/own-words.ts'
import { movePlans } from '#server/agreement/plan-versions.ts'
import { mustNotBeAnAnswer, takenIn } from '#server/agreement/record-answer.ts'
import { mustAgreeWithRecord } from '#server/assessment/against-record.ts'
import { followAnswers } from '#server/assessment/follow-answers.ts'
import { mustKeepAlarm } from '#server/assessment/keep-alarm.ts'
import { type TrailEntry, writeTrail } from '#server/audit/audit-log.ts'
import { type Authored, isWrittenByService, writtenBy } from '#server/audit/provenance.ts'
import { tellAccess } from '#server/audit/record-access-changes.ts'
import { everyone } from '#server/authorization/access-scope.ts'
import {
  begin,
  type Guarded,
  guardWrite,
  isHidden,
  type Standing,
} from '#server/authorization/authorize-write.ts'
import { mayVouch } from '#server/authorization/relation-to.ts'
import { mustBeGranted } from '#server/authorization/smart-scopes.ts'
import { withLinksKept } from '#server/authorization/visible-records.ts'
import { note, type Visit } from '#server/http/request-context.ts'
import { stale } from '#server/http/responses.ts'
import { mustNotAskTheDead } from '#server/integrity/after-death.ts'
import { withPeopleNamed } from '#server/integrity/named-by-number.ts'
import { guardOnePerson } from '#server/integrity/one-person.ts'
import { tiedToReferral } from '#server/integrity/open-referrals.ts'
import { guardStanding, guardTakingOn } from '#server/integrity/record-status.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { rowReachOf } from '#server/store/access/rls-session.ts'
import type { Expectation, Kept, Store, WriteRequest, Written } from '#server/store/store.ts'
import { faultsIn } from '#server/validation/validate.ts'

/** What a caller wants kept, and on what condition. */
export type Wish = Readonly<{
  resource: ResourceWithId
  /** from If-Match */
  version?: number | undefined
  /** from If-None-Match: * */
  onlyNew?: boolean | undefined
  /** a condition chose this record: no version is asked for */
  chosen?: boolean | undefined
}>

export type Ready = Readonly<{
  request: WriteRequest
  act: 'C' | 'U'
  person: string | undefined
  /** as it stood, where that was read */
  before?: Resource | undefined
}>

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/

/** Checks shape, conditions and permission; answers what the store is to write. Throws `FhirProblem`. */
export async function prepare(visit: Visit, wish: Wish): Promise<Ready> {
  const { resource: wished } = wish
  if (!idPattern.test(wished.id)) throw new FhirProblem(400, 'value', 'The id is malformed')
  mustBeSound(wished)
  mustBeOurs(wished)
  const found = await visit.service.store.read(wished.resourceType, wished.id, everyone)
  const called = await withPeopleNamed(visit, wished)
  const whole = await withLinksKept(visit, called, found?.resource)
  const resource = await tiedToReferral(visit, whole, found?.resource)
  const { standing, hidden, person, room } = await guarded(visit, resource, found)
  const expect = expectationOf(wish, standing)
  // only now: whatever is wrong with the wish itself is told as if nothing stood there
  if (hidden) throw notFound()
  await guardWhoItIs(visit, { standing, resource, person })
  if (!standing && isAnothers(found, person)) throw staysWith()
  const before = standing?.resource
  await mustNotAskTheDead(visit, resource, { person, before })
  await mustAgreeWithRecord(visit, resource, { person, before })
  const taken = await takenIn(visit, keepDigits(resource, before), { before, person })
  const kept = inOwnName(visit, taken, { before, person })
  const request: WriteRequest = {
    ...{ resource: kept, expect, room, ...(person ? { person } : {}) },
    vouched: await mayVouch(visit, person),
    ...(visit.actor.organisation && !standing ? { custodian: visit.actor.organisation } : {}),
  }
  return { request, act: standing ? 'U' : 'C', person, before }
}

async function guarded(
  visit: Visit,
  resource: ResourceWithId,
  kept: Kept | undefined,
): Promise<Guarded & Readonly<{ standing?: Standing; hidden: boolean }>> {
  if (!kept) await begin(visit, resource)
  const looked = await lookedAt(visit, kept)
  const { standing, hidden } = looked
  const act = standing ? 'update' : 'create'
  const done = await guardWrite(visit, { act, resource, standing })
  if (!hidden) await guardRevival(visit, resource, kept)
  return { ...looked, ...done }
}

/** A deleted record is brought back by those who could have changed it as it stood before. */
async function guardRevival(
  visit: Visit,
  resource: ResourceWithId,
  kept: Kept | undefined,
): Promise<void> {
  if (!kept || kept.resource) return
  const { type, id, version } = kept
  const before = await visit.service.store.readVersion(type, id, version - 1, everyone)
  if (!before?.resource) return
  const standing = { ...kept, resource: before.resource }
  await guardWrite(visit, { act: 'update', resource, standing })
}

/** Whoever brings a deleted record back takes over its history too. */
const isAnothers = (kept: Kept | undefined, person: string | undefined) =>
  kept?.person !== undefined && kept.person !== person

/** What stands there for the actor; what is hidden from her stands there for the service alone. */
async function lookedAt(
  visit: Visit,
  kept: Kept | undefined,
): Promise<Readonly<{ standing?: Standing; hidden: boolean }>> {
  if (kept && (await isHidden(visit, kept))) return { hidden: true }
  if (!kept?.resource) return { hidden: false }
  return { standing: { ...kept, resource: kept.resource }, hidden: false }
}

function mustBeOurs(resource: { resourceType: string; id?: string }): void {
  if (isWrittenByService(resource)) throw forbidden('Only the service records who wrote a plan')
}

type WhoseWrite = Readonly<{
  standing: Standing | undefined
  resource: Resource
  person: string | undefined
}>

/** What raised an alarm and who somebody is stay as they are, and where messages and sign-in lead is not for everybody to say. */
async function guardWhoItIs(visit: Visit, { standing, resource, person }: WhoseWrite) {
  await guardOnePerson(visit, standing?.resource, resource)
  guardStanding(visit, standing?.resource, resource)
  mustKeepAlarm(standing?.resource, resource)
  if (!standing) await guardTakingOn(visit, resource, person)
}

const staysWith = () =>
  new FhirProblem(422, 'business-rule', 'A record cannot be moved to another person')

/** 422 with a path to each fault. */
function mustBeSound(resource: Resource): void {
  const issues = faultsIn(resource)
  if (issues.length === 0) return
  throw new FhirProblem(422, 'invalid', 'The record is not valid', { issues })
}

function expectationOf(wish: Wish, here: Standing | undefined): Expectation {
  if (wish.onlyNew && here) throw stale(here.version)
  if (!here) {
    if (wish.version !== undefined) throw stale(0)
    return 'absent'
  }
  if (wish.chosen && wish.version === undefined) return { version: here.version }
  if (wish.version === undefined) {
    const text = 'To change a record, send the version you read in If-Match'
    throw new FhirProblem(428, 'required', text)
  }
  if (wish.version !== here.version) throw stale(here.version)
  return { version: wish.version }
}

/** Keeps the record and its trail entry in one transaction. */
export async function put(visit: Visit, wish: Wish): Promise<Written> {
  return await within(visit, async (inside) => {
    const ready = await prepare(inside, wish)
    const written = await inside.service.store.write(ready.request)
    await noteWritten(inside, [{ ...ready, written }])
    return written
  })
}

/** Runs `work` in the visit's transaction, or in a new one. Refusals are kept in the trail after the rollback. */
export async function within<T>(visit: Visit, work: (inside: Visit) => Promise<T>): Promise<T> {
  if (visit.inside) return await work(visit)
  return await visit.service.store.transaction(async (store, sql) => {
    const reach = rowReachOf(visit.reach.scope, visit.now)
    const fresh = {
      born: new Set<string>(),
      belongs: new Map<string, string>(),
      reached: new Map<string, Relation>(),
      coming: new Map<string, Resource>(),
    }
    const noted: TrailEntry[] = []
    const trail = async (entry: TrailEntry) => void noted.push(entry)
    const authored: Authored[] = []
    const under = { store: store.as(reach), sql: sql.as(reach), service: { store, sql } }
    const done = await work({ ...visit, ...fresh, ...under, inside: true, trail, authored })
    await followAnswers({ ...visit, ...fresh, ...under, trail }, authored)
    const moved = await movePlans({ ...visit, ...under }, authored)
    const tellings = tellingsOf({ ...visit, ...under }, [...authored, ...moved.plans])
    await writeAll(store, [...moved.writes, ...tellings])
    const told = await tellAccess({ ...visit, ...under }, authored)
    await writeTrail(sql, [...noted, ...told])
    return done
  })
}

/** Says of each version of a plan's records who wrote it. */
function tellingsOf(visit: Visit, authored: readonly Authored[]): readonly WriteRequest[] {
  const told: WriteRequest[] = []
  for (const each of authored) {
    const resource = writtenBy(visit.actor, each, visit.now)
    const whose = each.person ? { person: each.person } : {}
    const where = resource && each.room ? { room: roomOf(resource, [each.room]) } : {}
    if (resource) told.push({ resource, expect: 'anything', skipIfSame: true, ...whose, ...where })
  }
  return told
}

async function writeAll(store: Store, requests: readonly WriteRequest[]): Promise<void> {
  if (requests.length > 0) await store.writeMany(requests)
}

export type Done = Ready & Readonly<{ written: Written | undefined }>

/** `way` names the operation when records came by one. */
export async function noteWritten(
  visit: Visit,
  done: readonly Done[],
  way?: string,
): Promise<void> {
  for (const act of ['C', 'U'] as const) {
    const what = new Map<string, string[]>()
    for (const { request, person } of done.filter((each) => each.act === act)) {
      if (!person) continue
      const references = what.get(person) ?? []
      references.push(`${request.resource.resourceType}/${request.resource.id}`)
      what.set(person, references)
    }
    await note(visit, what, { act, way: way ?? (act === 'C' ? 'create' : 'update') })
  }
  noteNewcomers(visit, done)
  visit.authored?.push(...done.flatMap(authoredOf))
}

function noteNewcomers({ came }: Visit, done: readonly Done[]): void {
  for (const { resource } of done.map(({ request }) => request))
    if (resource.resourceType === 'Patient') came.add(resource.id)
}

function authoredOf({ request, act, person, written, before }: Done): readonly Authored[] {
  const { resource, room } = request
  return written ? [{ resource, version: written.kept.version, act, person, room, before }] : []
}

export type Doomed = Readonly<{ type: string; id: string; version?: number | undefined }>

/** Deletes; undefined when it was already deleted. 404 when it was never there, or is not the actor's to know of. */
export async function remove(visit: Visit, doomed: Doomed): Promise<Kept | undefined> {
  const { type, id } = doomed
  mustBeGranted(visit, 'delete', type)
  return await within(visit, async (inside) => {
    const kept = await keptUntilNow(inside, doomed)
    if (!kept.resource) return undefined
    mustBeOurs({ resourceType: type, id })
    mustNotBeAnAnswer(kept.resource)
    mustKeepAlarm(kept.resource, undefined)
    const resource = { ...kept.resource, id }
    const standing = { ...kept, resource }
    const { person, room } = await guardWrite(inside, { act: 'delete', resource, standing })
    const gone = await inside.service.store.remove(type, id, { version: kept.version })
    if (gone) inside.authored?.push({ resource, version: gone.version, act: 'D', person, room })
    const what = new Map(person ? [[person, [`${type}/${id}`]] as const] : [])
    await note(inside, what, { act: 'D', way: 'delete' })
    return gone
  })
}

async function keptUntilNow(visit: Visit, { type, id, version }: Doomed): Promise<Kept> {
  const kept = await visit.service.store.read(type, id, everyone)
  if (!kept || !(await visit.store.read(type, id, visit.reach.scope))) throw notFound()
  if (kept.resource && version !== undefined && version !== kept.version) throw stale(kept.version)
  return kept
}
