import type { Resource } from '@medplum/fhirtypes'
import { withOwnDeathMark } from '#domain/bereavement/ended-by-death.ts'
import { keepDigits } from '#domain/decimal/keep-digits.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isKeptFromOthers } from '#domain/goal/said/goal-observation.ts'
import { registrationFault } from '#domain/roster/registration-fault.ts'
import { recordAnswer } from '#server/agreement/answer/record-answer.ts'
import { keepDecisionRecord } from '#server/agreement/keep-decision-record.ts'
import { keepSuggestedChange } from '#server/agreement/keep-suggested-change.ts'
import { keepTemplateItem } from '#server/agreement/keep-template-item.ts'
import { keepWhoAnswered } from '#server/agreement/keep-who-answered.ts'
import { mustBeSoundDecision } from '#server/agreement/sound-decision.ts'
import { tieEasyRead } from '#server/agreement/tie-easy-read.ts'
import { roomOfStored, undoneOrOwnWords } from '#server/agreement/undone-or-own-words.ts'
import { guardAssessment } from '#server/assessment/guard-assessment.ts'
import { mustKeepAlarm } from '#server/assessment/keep-alarm.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import {
  type AuthorizedWrite,
  authorizeWrite,
  beginRecord,
  type Changing,
  isHidden,
  type StandingRecord,
} from '#server/authorization/authorize-write.ts'
import { tiedToReferral } from '#server/authorization/open-referrals.ts'
import { mayVouch } from '#server/authorization/relation-to.ts'
import { keepCarerRecord } from '#server/carer/guard-carer-records.ts'
import { guardCoverNote, keepAbsences } from '#server/cover/guard-absences.ts'
import { guardGapDecline } from '#server/cql/guard-gap-decline.ts'
import { deathChange } from '#server/death/follow-death.ts'
import { guardDeath } from '#server/death/guard-death.ts'
import { guardDiaryVisit } from '#server/diary/guard-diary-visit.ts'
import { guardStayRecord } from '#server/discharge/guard-stay-record.ts'
import { keepReconciliation } from '#server/discharge/keep-reconciliation.ts'
import { guardPromise } from '#server/goals/guard-promise.ts'
import { numberScale } from '#server/goals/number-scale.ts'
import { recordGoalView } from '#server/goals/record-goal-view.ts'
import { guardShowingRound } from '#server/goals/show-round.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { rememberProvenance, rememberWrittenPatient } from '#server/http/request-memory.ts'
import { stale } from '#server/http/responses.ts'
import {
  type AskedLinks,
  askedLinksOf,
  visibleRecordLinksKept,
} from '#server/http/visible-records.ts'
import { refuseAfterDeath } from '#server/integrity/after-death.ts'
import { guardCaseEnd } from '#server/integrity/guard-case-end.ts'
import { guardDerivedId } from '#server/integrity/guard-derived-id.ts'
import { guardIdentity } from '#server/integrity/guard-identity.ts'
import { mustBeOurs } from '#server/integrity/must-be-ours.ts'
import { withPeopleNamedByNumber } from '#server/integrity/named-by-number.ts'
import { guardRecordStatus, guardTakingOn } from '#server/integrity/record-status.ts'
import { guardMeeting } from '#server/meeting/guard-meeting.ts'
import { keepMessage } from '#server/message/keep-message.ts'
import { keepOptOut } from '#server/opt-out/keep-opt-out.ts'
import { guardOptedOut } from '#server/opt-out/opted-out.ts'
import { mustNotBeCycle } from '#server/outcome/cycle/guard-cycle.ts'
import { mustNotBePutToPartners } from '#server/outcome/guard-measure.ts'
import { guardAfterConversation } from '#server/preparation/guard-after-conversation.ts'
import { guardPreparation } from '#server/preparation/guard-preparation.ts'
import { guardReview } from '#server/preparation/guard-review.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { mustNotBeOfProgramme } from '#server/programme/guard-programme.ts'
import { keepCaseDecision } from '#server/rules/keep-case-decision.ts'
import { guardKept } from '#server/social-care/guard-kept.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { recordOwnerOf } from '#server/store/access/record-owner.ts'
import type { Expectation, StoredVersion, WriteRequest, WriteResult } from '#server/store/store.ts'
import { keepSupport } from '#server/support/keep-support.ts'
import { comesAgain } from '#server/task/follow-tasks.ts'
import { mustBeSound } from '#server/validation/must-be-sound.ts'
import { mustHaveShortWords } from '#server/validation/short-words.ts'
import { guardVoiceChange } from '#server/voice/guard-voice-change.ts'
import { mustKeepAlert } from '#server/watch/keep-alert.ts'
import { mustBeOwnAmber } from '#server/watch/keep-own-amber.ts'
import { mustBeOwnWorry } from '#server/watch/keep-worry.ts'
import { mustBeSoundFromDevice } from '#server/watch/must-be-sound-from-device.ts'
import { keepCarerIll } from '#server/worse/keep-carer-ill.ts'
import {
  followUp,
  type OpenTransaction,
  recordTransaction,
  whatFollows,
} from './record-transaction.ts'

/** What a caller wants to store, and on what condition. */
export type RecordToStore = Readonly<{
  resource: ResourceWithId
  /** from If-Match */
  version?: number | undefined
  /** from If-None-Match: * */
  onlyNew?: boolean | undefined
  /** a condition chose this record: no version is needed */
  chosen?: boolean | undefined
  /** its id was created here a moment ago: no such record exists */
  fresh?: boolean | undefined
}>

export type PreparedRecord = Readonly<{
  request: WriteRequest
  act: 'C' | 'U'
  /** the version that it will be */
  version: number
  person: string | undefined
  /** the previous version, if it was read */
  before?: Resource | undefined
  /** what it linked to, and which of it is hidden from the writer */
  links: AskedLinks
}>

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/

/** Checks shape, conditions and permission; returns what the store has to write. Throws `FhirProblem`. */
export async function prepareRecord(
  context: RequestContext,
  wish: RecordToStore,
  { standing: known, links: knownLinks }: Partial<ReadBefore> = {},
): Promise<PreparedRecord> {
  const { resource: wished } = wish
  if (!idPattern.test(wished.id)) throw new FhirProblem(400, 'value', 'The id is malformed')
  mustBeSound(wished)
  mustBeOurs(wished)
  const found = known ? known.get(nameOf(wished)) : await standsAt(context, wish)
  await mustNotBeSentBefore(context, wish, found)
  const called = await withPeopleNamedByNumber(context, wished)
  const stood = found?.resource
  const marked = withOwnDeathMark(called, stood)
  const { whole, links } = await visibleRecordLinksKept(context, marked, stood, knownLinks)
  const referred = await tiedToReferral(context, whole, stood)
  const resource = await recordGoalView(context, referred, stood)
  const { standing, hidden, person, room } = await guarded(context, resource, found)
  const expect = expectationOf(wish, standing)
  // only now: errors in the request itself are reported as if the record did not exist
  if (hidden) throw notFound()
  await guardWhoItIs(context, { standing, resource, person })
  if (!standing && isAnothers(found, person))
    throw new FhirProblem(422, 'business-rule', 'A record cannot be moved to another person')
  const before = standing?.resource
  mustHaveShortWords(resource, before)
  mustNotBeOfProgramme(resource, before)
  mustNotBePutToPartners(resource, before)
  mustNotBeCycle(resource, before)
  guardMeeting(resource, before)
  guardDiaryVisit(context, resource, before)
  guardKept(resource, before)
  guardVoiceChange(resource, before)
  guardGapDecline(resource, before)
  guardCoverNote(resource, before)
  await refuseAfterDeath(context, resource, { person, before })
  await guardCaseEnd(context, resource, { person, before })
  await guardShowingRound(context, resource, person)
  await guardPromise(context, resource, { person, before })
  await guardStayRecord(context, resource, { person, before })
  await guardAssessment(context, resource, { person, before })
  await mustBeSoundDecision(context, resource, person)
  await guardPreparation(context, resource, { person, before })
  await guardAfterConversation(context, resource, { person, before })
  await guardReview(context, resource, before)
  await guardOptedOut(context.service.sql, resource, { before, person })
  const answered = await recordAnswer(context, keepDigits(resource, before), { before, person })
  const suggested = await keepSuggestedChange(context, answered, { before, person })
  const taken = keepTemplateItem(context, suggested, { before, person })
  const told = await keepCarerIll(context, keepAbsences(taken, before), { before, person })
  const numbered = await numberScale(context, told, { before, person })
  const judged = keepDecisionRecord(context, numbered, { before, person })
  const offered = await keepSupport(context, judged, { before, person })
  const pinned = await keepCaseDecision(context, offered, { person, before })
  const reconciled = await keepReconciliation(context, pinned, { before, person })
  const sent = await keepMessage(context, reconciled, { before, person })
  const refused = keepOptOut(context, sent, { before, person })
  const carers = await keepCarerRecord(context, refused, { before, person })
  const byWhom = keepWhoAnswered(context, carers, { before, person })
  const said = await undoneOrOwnWords(context, byWhom, { before, person })
  // what is put back may have other levels than what was sent
  const ownWords = await numberScale(context, said, { before, person })
  const tied = await tieEasyRead(context, ownWords, { before, person })
  const request: WriteRequest = {
    ...{ resource: tied, expect, ...(person ? { person } : {}) },
    room: await roomOfStored(context, { sent: resource, stored: tied, room }),
    vouched: await mayVouch(context, person),
    ...(context.actor.organisation && !standing ? { custodian: context.actor.organisation } : {}),
  }
  const version = (found?.version ?? 0) + 1
  return { request, act: standing ? 'U' : 'C', version, person, before, links }
}

/** An answer that its author has sent already, and that is not shown to others yet, is there for its author. */
async function mustNotBeSentBefore(
  context: RequestContext,
  { onlyNew }: RecordToStore,
  found: StoredVersion | undefined,
): Promise<void> {
  if (!onlyNew || !found?.resource || !isKeptFromOthers(found.resource)) return
  if (!(await isHidden(context, found))) throw stale(found.version)
}

const nameOf = ({ resourceType, id }: ResourceWithId) => `${resourceType}/${id}`

async function standsAt(
  { service }: RequestContext,
  { resource, fresh }: RecordToStore,
): Promise<StoredVersion | undefined> {
  return fresh ? undefined : await service.store.read(resource.resourceType, resource.id, everyone)
}

/** The current records of many that are to be written, by `Type/id`, and what they link to. */
export type ReadBefore = Readonly<{
  standing: ReadonlyMap<string, StoredVersion>
  links: AskedLinks
}>

/** Reads it for all at once. */
export async function readBefore(
  context: RequestContext,
  names: readonly Readonly<{ type: string; id: string }>[],
): Promise<ReadBefore> {
  const sound = names.filter(({ id }) => idPattern.test(id))
  const standing = await context.service.store.readAll(sound, everyone)
  const records = [...standing.values()].flatMap(({ resource }) => resource ?? [])
  return { standing, links: await askedLinksOf(context, records) }
}

async function guarded(
  context: RequestContext,
  resource: ResourceWithId,
  stored: StoredVersion | undefined,
): Promise<AuthorizedWrite & Readonly<{ standing?: StandingRecord; hidden: boolean }>> {
  if (!stored) await beginRecord(context, resource)
  const current = await visibleToActor(context, stored)
  const { standing, hidden } = current
  const act = standing ? 'update' : 'create'
  const done = await authorizeWrite(context, { act, resource, standing })
  if (!hidden) await guardRevival(context, resource, stored)
  return { ...current, ...done }
}

/** A deleted record can be restored by those who could have changed it as it was before. */
async function guardRevival(
  context: RequestContext,
  resource: ResourceWithId,
  stored: StoredVersion | undefined,
): Promise<void> {
  if (!stored || stored.resource) return
  const { type, id, version } = stored
  const before = await context.service.store.readVersion(type, id, version - 1, everyone)
  if (!before?.resource) return
  const standing = { ...stored, resource: before.resource }
  await authorizeWrite(context, { act: 'update', resource, standing })
}

/** A user who restores a deleted record takes over its history too. */
const isAnothers = (stored: StoredVersion | undefined, person: string | undefined) =>
  stored?.person !== undefined && stored.person !== person

/** The current record for the actor; a record hidden from them exists for the service only. */
async function visibleToActor(
  context: RequestContext,
  stored: StoredVersion | undefined,
): Promise<Readonly<{ standing?: StandingRecord; hidden: boolean }>> {
  if (stored && (await isHidden(context, stored))) return { hidden: true }
  if (!stored?.resource) return { hidden: false }
  return { standing: { ...stored, resource: stored.resource }, hidden: false }
}

type WhoseWrite = Omit<Changing, 'act'> & Readonly<{ person: string | undefined }>

/**
 * What raised an alert and the identity of a person stay as they are, and only some users may change where messages
 * and sign-in lead.
 */
async function guardWhoItIs(context: RequestContext, { standing, resource, person }: WhoseWrite) {
  await guardIdentity(context, standing?.resource, resource)
  guardRecordStatus(context, standing?.resource, resource)
  await guardDeath(context, standing?.resource, resource)
  mustKeepAlarm(standing?.resource, resource)
  mustKeepAlert(context, standing?.resource, resource)
  mustBeOwnWorry(context, standing?.resource, resource)
  await mustBeOwnAmber(context, standing?.resource, resource)
  await mustBeSoundFromDevice(context, standing?.resource, resource)
  const registered = registrationFault(resource)
  if (registered) throw new FhirProblem(422, 'business-rule', registered)
  if (standing) return
  await guardTakingOn(context, resource, person)
  await guardDerivedId(context, resource, person)
}

/** 422 with a path to each fault. */
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

/** A record that was stored, and what it linked to before. */
export type Put = WriteResult & Readonly<{ links: AskedLinks }>

/** Stores the record and its audit entry in one transaction. */
export async function storeRecord(context: RequestContext, wish: RecordToStore): Promise<Put> {
  if (context.inTransaction) return await putInside(context, await prepareRecord(context, wish))
  return await recordTransaction(context, recordOwnerOf(wish.resource), async (session) => {
    const ready = await prepareRecord(session.inside, wish)
    if (isForeseen(ready)) return await putTogether(session, ready)
    const done = await putInside(session.inside, ready)
    await followUp(session)
    return done
  })
}

async function putInside(context: RequestContext, ready: PreparedRecord): Promise<Put> {
  const written = await context.service.store.write(ready.request)
  await noteWritten(context, [{ ...ready, written }])
  return { ...written, links: ready.links }
}

/** What follows from these is worked out from the stored records, or is more than plans. */
const notForeseen: readonly string[] = [
  ...['CarePlan', 'EpisodeOfCare', 'Flag', 'Observation', 'QuestionnaireResponse'],
]

const isForeseen = ({ request: { resource }, before }: PreparedRecord) =>
  !notForeseen.includes(resource.resourceType) &&
  !comesAgain(resource) &&
  deathChange(before, resource) === undefined

/** Writes a record and what follows from it in one statement: a write is the most expensive call. */
async function putTogether(
  { inside, ending }: OpenTransaction,
  ready: PreparedRecord,
): Promise<Put> {
  const follows = await whatFollows(ending, authoredOf(ready, ready.version))
  const [written] = await inside.service.store.writeMany([ready.request, ...follows])
  if (written?.kept.version !== ready.version) throw new TakenMeanwhile()
  await noteWritten(inside, [{ ...ready, written }])
  return { ...written, links: ready.links }
}

/** Somebody else wrote the same record in between: the whole is tried again. */
class TakenMeanwhile extends Error {
  /** PostgreSQL’s codes for work that was cancelled in favour of other work */
  readonly code = '40001'
}

export type Done = Pick<PreparedRecord, 'request' | 'act' | 'person' | 'before'> &
  Readonly<{ written: WriteResult | undefined }>

/** `way` names the operation if records came through one. */
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
  const authored = done.flatMap((each) =>
    each.written ? authoredOf(each, each.written.kept.version) : [],
  )
  rememberProvenance(context, authored)
}

function noteNewcomers(context: RequestContext, done: readonly Done[]): void {
  for (const { resource } of done.map(({ request }) => request))
    if (resource.resourceType === 'Patient') rememberWrittenPatient(context, resource.id)
}

function authoredOf(
  { request, act, person, before }: Omit<Done, 'written'>,
  version: number,
): readonly ProvenanceEntry[] {
  const { resource, room } = request
  return [{ resource, version, act, person, room, before }]
}
