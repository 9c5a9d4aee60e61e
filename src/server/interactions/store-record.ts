import type { Resource } from '@medplum/fhirtypes'
import type { AccessRelation } from '#domain/access/decide.ts'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import { keepDigits } from '#domain/decimal/keep-digits.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { keepOwnWords } from '#server/agreement/own-words.ts'
import { advancePlanVersions } from '#server/agreement/plan-versions.ts'
import { mustNotBeAnAnswer, recordAnswer } from '#server/agreement/record-answer.ts'
import { mustAgreeWithRecord } from '#server/assessment/against-record.ts'
import { followAnswers } from '#server/assessment/follow-answers.ts'
import { mustKeepAlarm } from '#server/assessment/keep-alarm.ts'
import { type AuditEntry, writeAuditLog } from '#server/audit/audit-log.ts'
import { isWrittenByService, type ProvenanceEntry, provenanceOf } from '#server/audit/provenance.ts'
import {
  type AuthorizedWrite,
  authorizeWrite,
  beginRecord,
  isHidden,
  type StandingRecord,
} from '#server/authorization/authorize-write.ts'
import { tiedToReferral } from '#server/authorization/open-referrals.ts'
import { recordAccessChanges } from '#server/authorization/record-access-changes.ts'
import { mayVouch } from '#server/authorization/relation-to.ts'
import { mustBeGranted } from '#server/authorization/smart-scopes.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { stale } from '#server/http/responses.ts'
import { visibleRecordLinksKept } from '#server/http/visible-records.ts'
import { refuseAfterDeath } from '#server/integrity/after-death.ts'
import { withPeopleNamedByNumber } from '#server/integrity/named-by-number.ts'
import { guardOnePerson } from '#server/integrity/one-person.ts'
import { guardRecordStatus, guardTakingOn } from '#server/integrity/record-status.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import type {
  Expectation,
  Store,
  StoredVersion,
  WriteRequest,
  WriteResult,
} from '#server/store/store.ts'
import { validateResource } from '#server/validation/validate.ts'

/** What a caller wants kept, and on what condition. */
export type RecordToStore = Readonly<{
  resource: ResourceWithId
  /** from If-Match */
  version?: number | undefined
  /** from If-None-Match: * */
  onlyNew?: boolean | undefined
  /** a condition chose this record: no version is asked for */
  chosen?: boolean | undefined
}>

export type PreparedRecord = Readonly<{
  request: WriteRequest
  act: 'C' | 'U'
  person: string | undefined
  /** as it stood, where that was read */
  before?: Resource | undefined
}>

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/

/** Checks shape, conditions and permission; answers what the store is to write. Throws `FhirProblem`. */
export async function prepareRecord(
  context: RequestContext,
  wish: RecordToStore,
): Promise<PreparedRecord> {
  const { resource: wished } = wish
  if (!idPattern.test(wished.id)) throw new FhirProblem(400, 'value', 'The id is malformed')
  mustBeSound(wished)
  mustBeOurs(wished)
  const found = await context.service.store.read(wished.resourceType, wished.id, everyone)
  const called = await withPeopleNamedByNumber(context, wished)
  const whole = await visibleRecordLinksKept(context, called, found?.resource)
  const resource = await tiedToReferral(context, whole, found?.resource)
  const { standing, hidden, person, room } = await guarded(context, resource, found)
  const expect = expectationOf(wish, standing)
  // only now: whatever is wrong with the wish itself is told as if nothing stood there
  if (hidden) throw notFound()
  await guardWhoItIs(context, { standing, resource, person })
  if (!standing && isAnothers(found, person)) throw staysWith()
  const before = standing?.resource
  await refuseAfterDeath(context, resource, { person, before })
  await mustAgreeWithRecord(context, resource, { person, before })
  const taken = await recordAnswer(context, keepDigits(resource, before), { before, person })
  const kept = keepOwnWords(context, taken, { before, person })
  const request: WriteRequest = {
    ...{ resource: kept, expect, room, ...(person ? { person } : {}) },
    vouched: await mayVouch(context, person),
    ...(context.actor.organisation && !standing ? { custodian: context.actor.organisation } : {}),
  }
  return { request, act: standing ? 'U' : 'C', person, before }
}

async function guarded(
  context: RequestContext,
  resource: ResourceWithId,
  kept: StoredVersion | undefined,
): Promise<AuthorizedWrite & Readonly<{ standing?: StandingRecord; hidden: boolean }>> {
  if (!kept) await beginRecord(context, resource)
  const looked = await lookedAt(context, kept)
  const { standing, hidden } = looked
  const act = standing ? 'update' : 'create'
  const done = await authorizeWrite(context, { act, resource, standing })
  if (!hidden) await guardRevival(context, resource, kept)
  return { ...looked, ...done }
}

/** A deleted record is brought back by those who could have changed it as it stood before. */
async function guardRevival(
  context: RequestContext,
  resource: ResourceWithId,
  kept: StoredVersion | undefined,
): Promise<void> {
  if (!kept || kept.resource) return
  const { type, id, version } = kept
  const before = await context.service.store.readVersion(type, id, version - 1, everyone)
  if (!before?.resource) return
  const standing = { ...kept, resource: before.resource }
  await authorizeWrite(context, { act: 'update', resource, standing })
}

/** Whoever brings a deleted record back takes over its history too. */
const isAnothers = (kept: StoredVersion | undefined, person: string | undefined) =>
  kept?.person !== undefined && kept.person !== person

/** What stands there for the actor; what is hidden from her stands there for the service alone. */
async function lookedAt(
  context: RequestContext,
  kept: StoredVersion | undefined,
): Promise<Readonly<{ standing?: StandingRecord; hidden: boolean }>> {
  if (kept && (await isHidden(context, kept))) return { hidden: true }
  if (!kept?.resource) return { hidden: false }
  return { standing: { ...kept, resource: kept.resource }, hidden: false }
}

function mustBeOurs(resource: { resourceType: string; id?: string }): void {
  if (isWrittenByService(resource)) throw forbidden('Only the service records who wrote a plan')
}

type WhoseWrite = Readonly<{
  standing: StandingRecord | undefined
  resource: Resource
  person: string | undefined
}>

/** What raised an alarm and who somebody is stay as they are, and where messages and sign-in lead is not for everybody to say. */
async function guardWhoItIs(context: RequestContext, { standing, resource, person }: WhoseWrite) {
  await guardOnePerson(context, standing?.resource, resource)
  guardRecordStatus(context, standing?.resource, resource)
  mustKeepAlarm(standing?.resource, resource)
  if (!standing) await guardTakingOn(context, resource, person)
}

const staysWith = () =>
  new FhirProblem(422, 'business-rule', 'A record cannot be moved to another person')

/** 422 with a path to each fault. */
function mustBeSound(resource: Resource): void {
  const issues = validateResource(resource)
  if (issues.length === 0) return
  throw new FhirProblem(422, 'invalid', 'The record is not valid', { issues })
}

function expectationOf(wish: RecordToStore, here: StandingRecord | undefined): Expectation {
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
export async function storeRecord(
  context: RequestContext,
  wish: RecordToStore,
): Promise<WriteResult> {
  return await withinRecord(context, async (inside) => {
    const ready = await prepareRecord(inside, wish)
    const written = await inside.service.store.write(ready.request)
    await noteWritten(inside, [{ ...ready, written }])
    return written
  })
}

/** Runs `work` in the visit's transaction, or in a new one. Refusals are kept in the trail after the rollback. */
export async function withinRecord<T>(
  context: RequestContext,
  work: (inside: RequestContext) => Promise<T>,
): Promise<T> {
  if (context.inTransaction) return await work(context)
  return await context.service.store.transaction(async (store, sql) => {
    const reach = rlsSessionOf(context.accessScope.scope, context.now)
    const fresh = {
      createdPatients: new Set<string>(),
      ownerByReference: new Map<string, string>(),
      relationCache: new Map<string, AccessRelation>(),
      pendingWrites: new Map<string, Resource>(),
    } satisfies Partial<RequestContext>
    const noted: AuditEntry[] = []
    const trail = async (entry: AuditEntry) => void noted.push(entry)
    const authored: ProvenanceEntry[] = []
    const under = { store: store.as(reach), sql: sql.as(reach), service: { store, sql } }
    const done = await work({
      ...context,
      ...fresh,
      ...under,
      inTransaction: true,
      auditLog: trail,
      provenanceEntries: authored,
    })
    await followAnswers({ ...context, ...fresh, ...under, auditLog: trail }, authored)
    const moved = await advancePlanVersions({ ...context, ...under }, authored)
    const tellings = tellingsOf({ ...context, ...under }, [...authored, ...moved.plans])
    await writeAll(store, [...moved.writes, ...tellings])
    const told = await recordAccessChanges({ ...context, ...under }, authored)
    await writeAuditLog(sql, [...noted, ...told])
    return done
  })
}

/** Says of each version of a plan's records who wrote it. */
function tellingsOf(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): readonly WriteRequest[] {
  const told: WriteRequest[] = []
  for (const each of authored) {
    const resource = provenanceOf(context.actor, each, context.now)
    const whose = each.person ? { person: each.person } : {}
    const where = resource && each.room ? { room: accessLabelOf(resource, [each.room]) } : {}
    if (resource) told.push({ resource, expect: 'anything', skipIfSame: true, ...whose, ...where })
  }
  return told
}

async function writeAll(store: Store, requests: readonly WriteRequest[]): Promise<void> {
  if (requests.length > 0) await store.writeMany(requests)
}

export type Done = PreparedRecord & Readonly<{ written: WriteResult | undefined }>

/** `way` names the operation when records came by one. */
export async function noteWritten(
  context: RequestContext,
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
    await note(context, what, { act, way: way ?? (act === 'C' ? 'create' : 'update') })
  }
  noteNewcomers(context, done)
  context.provenanceEntries?.push(...done.flatMap(authoredOf))
}

function noteNewcomers({ writtenPatients: came }: RequestContext, done: readonly Done[]): void {
  for (const { resource } of done.map(({ request }) => request))
    if (resource.resourceType === 'Patient') came.add(resource.id)
}

function authoredOf({ request, act, person, written, before }: Done): readonly ProvenanceEntry[] {
  const { resource, room } = request
  return written ? [{ resource, version: written.kept.version, act, person, room, before }] : []
}

export type Doomed = Readonly<{ type: string; id: string; version?: number | undefined }>

/** Deletes; undefined when it was already deleted. 404 when it was never there, or is not the actor's to know of. */
export async function removeStoredRecord(
  context: RequestContext,
  doomed: Doomed,
): Promise<StoredVersion | undefined> {
  const { type, id } = doomed
  mustBeGranted(context, 'delete', type)
  return await withinRecord(context, async (inside) => {
    const kept = await keptUntilNow(inside, doomed)
    if (!kept.resource) return undefined
    mustBeOurs({ resourceType: type, id })
    mustNotBeAnAnswer(kept.resource)
    mustKeepAlarm(kept.resource, undefined)
    const resource = { ...kept.resource, id }
    const standing = { ...kept, resource }
    const { person, room } = await authorizeWrite(inside, { act: 'delete', resource, standing })
    const gone = await inside.service.store.remove(type, id, { version: kept.version })
    if (gone)
      inside.provenanceEntries?.push({ resource, version: gone.version, act: 'D', person, room })
    const what = new Map(person ? [[person, [`${type}/${id}`]] as const] : [])
    await note(inside, what, { act: 'D', way: 'delete' })
    return gone
  })
}

async function keptUntilNow(
  context: RequestContext,
  { type, id, version }: Doomed,
): Promise<StoredVersion> {
  const kept = await context.service.store.read(type, id, everyone)
  if (!kept || !(await context.store.read(type, id, context.accessScope.scope))) throw notFound()
  if (kept.resource && version !== undefined && version !== kept.version) throw stale(kept.version)
  return kept
}
