import type { Resource } from '@medplum/fhirtypes'
import { type Actor, isStaff, namesOf } from '#domain/access/actor.ts'
import { type AccessAct, type Decision, decide } from '#domain/access/decide.ts'
import { type AccessLabel, accessLabelOf } from '#domain/access/labels/access-label.ts'
import {
  authorOf,
  changedElements,
  type RecordAccessKind,
  recordAccessKind,
  supportersOf,
} from '#domain/access/record-access-kind.ts'
import { peoplePointedAt, speaksOf, tellsOfNobody } from '#domain/access/record-owner.ts'
import { rewordingOf } from '#domain/access/rewording.ts'
import { asksForRooms, opensRooms, tellsOfRooms } from '#domain/consent/consent.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isKeptFromOthers } from '#domain/goal/said/goal-observation.ts'
import { isUndone } from '#server/audit/is-undone.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { rememberCreatedPatient } from '#server/http/request-memory.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Sql } from '#server/store/sql.ts'
import type { StoredVersion } from '#server/store/store.ts'
import { managesHours } from '#server/support/manages-hours.ts'
import { caresForResident } from '#server/support/residents-of.ts'
import { authorizeCareRoles } from './authorize-care-roles.ts'
import { labelsOf } from './labels-of.ts'
import { relationTo } from './relation-to.ts'
import { mustBeGranted } from './smart-scopes.ts'
import { unusedIds } from './unused-ids.ts'

export type Changing = Readonly<{
  act: Exclude<AccessAct, 'read'>
  /** the record as it will be; on delete as it is */
  resource: ResourceWithId
  /** the current record: on update and delete */
  standing?: StandingRecord | undefined
}>

/** The current record, if it is not a deletion. */
export type StandingRecord = StoredVersion & Readonly<{ resource: Resource }>

export type AuthorizedWrite = Readonly<{ person: string | undefined; room: AccessLabel }>

/**
 * Allows a write or throws: 404 for what the actor may not know of, 403 for what they may not do, 422 for what belongs
 * to nobody. Returns the person concerned, and the room of the record.
 */
export async function authorizeWrite(
  context: RequestContext,
  changing: Changing,
): Promise<AuthorizedWrite> {
  const { resource, standing } = changing
  mustBeGranted(context, changing.act, resource.resourceType)
  const person = await personOf(context, resource)
  if (!person && !tellsOfNobody(resource)) throw belongsToNobody(resource)
  const owner = standing ? await ownerOf(context, standing) : person
  if (standing && owner !== person) throw await refusalToMove(context, standing, owner)
  const room = standing && changing.act === 'delete' ? standing.room : undefined
  const guarded = { person, room: room ?? (await roomFor(context, resource)) }
  for (const question of questionsOf(changing, guarded))
    refuse(await decisionOn(context, changing, question))
  await authorizeCareRoles(context, changing, person)
  if (changing.act !== 'delete') await guardReferences(context, resource)
  return guarded
}

/** The current record is checked first: somebody who may not change it is not told whose it is. */
async function refusalToMove(
  context: RequestContext,
  standing: StandingRecord,
  person: string | undefined,
) {
  const { resource, room = accessLabelOf(resource), id } = standing
  const changing: Changing = { act: 'update', resource: { ...resource, id }, standing }
  refuse(await decisionOn(context, changing, { person, room, kind: recordAccessKind(resource) }))
  return new FhirProblem(422, 'business-rule', 'A record cannot be moved to another person')
}

async function ownerOf(
  context: RequestContext,
  standing: StandingRecord,
): Promise<string | undefined> {
  return standing.person ?? (await personOf(context, standing.resource))
}

/**
 * The room of a record. A record that the writer may not know of restricts nothing: it is treated as missing. One that
 * is put back keeps its labels, whatever was sent: what speaks of it follows the current record.
 */
export async function roomFor(
  context: RequestContext,
  resource: Resource,
  through: readonly string[] = [],
): Promise<AccessLabel> {
  const about: AccessLabel[] = []
  for (const name of speaksOf(resource).filter((each) => !through.includes(each))) {
    const coming = context.pendingWrites.get(name)
    const room =
      coming && !isUndone(context, coming)
        ? await roomFor(context, coming, [...through, name])
        : await roomWhere(context, name)
    if (room) about.push(room)
  }
  return accessLabelOf(resource, about)
}

async function roomWhere(context: RequestContext, name: string): Promise<AccessLabel | undefined> {
  const [type = '', id = ''] = name.split('/')
  return (await context.store.read(type, id, context.accessScope.scope))?.room
}

/** True if the actor may not know of the current record. */
export async function isHidden(context: RequestContext, stored: StoredVersion): Promise<boolean> {
  const { type, id, resource, room } = stored
  if (!resource) return !(await context.store.read(type, id, context.accessScope.scope))
  const person = await ownerOf(context, { ...stored, resource })
  const decision = decide({
    ...{
      actor: context.actor,
      act: 'read',
      kind: recordAccessKind(resource),
      room: room ?? accessLabelOf(resource),
    },
    relation: await relationTo(context, person),
    shared: person ? context.accessScope.shared.get(person) : undefined,
    author: authorOf(resource),
    supporters: supportersOf(resource),
  })
  return decision.hidden
}

/**
 * A record that its author reads by its id, whatever else they can see: a carer's own contact details, and an answer
 * that the others do not see yet.
 */
export async function ownRecord(
  context: RequestContext,
  { type, id }: Readonly<{ type: string; id: string }>,
): Promise<StoredVersion | undefined> {
  const isOwn = type === 'RelatedPerson' && namesOf(context.actor).includes(`${type}/${id}`)
  if (!isOwn && type !== 'Observation') return undefined
  const stored = await context.service.store.read(type, id, everyone)
  const isKept = stored?.resource !== undefined && isKeptFromOthers(stored.resource)
  return stored && (isOwn || isKept) && !(await isHidden(context, stored)) ? stored : undefined
}

function belongsToNobody(resource: Resource): FhirProblem {
  const text = 'The record does not say which person it is about'
  const expression = `${resource.resourceType}.subject`
  return new FhirProblem(422, 'business-rule', text, { expression })
}

/** `to`: the room after the write, when the question is about the current one. */
type Question = AuthorizedWrite & Readonly<{ kind: RecordAccessKind; to?: AccessLabel }>

/**
 * As it will be, and on update as it is now too: somebody who may not change a record may not turn it into one that
 * they may change.
 */
function questionsOf(
  { act, resource, standing }: Changing,
  guarded: AuthorizedWrite,
): readonly Question[] {
  const after = { ...guarded, kind: recordAccessKind(resource) }
  if (act !== 'update' || !standing) return [after]
  const { room = accessLabelOf(standing.resource), resource: before } = standing
  return [{ ...guarded, room, to: guarded.room, kind: recordAccessKind(before) }, after]
}

async function decisionOn(
  context: RequestContext,
  { act, resource, standing }: Changing,
  { person, room, kind, to = room }: Question,
): Promise<Decision> {
  const before = act === 'update' ? standing?.resource : undefined
  return decide({
    actor: context.actor,
    relation: await relationTo(context, person),
    shared: person ? context.accessScope.shared.get(person) : undefined,
    act,
    kind,
    room,
    author: authorAsked(context, { before, resource }),
    supporters: supportersOf(resource),
    // nor may somebody write that the person had shared, and ended it
    opens: opensRooms(resource) || (act === 'create' && tellsOfRooms(resource)),
    asks: asksForRooms(resource),
    rewording: rewordingOf(before, resource),
    person,
    priorAuthor: before ? authorOf(before) : undefined,
    changed: before ? changedElements(before, resource) : undefined,
    caresThere: before && (await mayChangeHome(context, resource.id, kind)),
    ownHours: changesHours(context.actor, { act, resource, standing }),
    labelling: act === 'delete' ? undefined : await labelsOf(context, { resource, standing, to }),
    wroteFirst:
      act === 'delete' && person
        ? await wroteAlone(context.service.sql, context.actor, resource, person)
        : false,
  })
}

const changesHours = (actor: Actor, { act, resource, standing }: Changing) =>
  act !== 'delete' && managesHours(actor, standing?.resource, resource)

const mayChangeHome = async (context: RequestContext, id: string, kind: RecordAccessKind) =>
  kind === 'care-home' ? await caresForResident(context, id) : undefined

/** What is put back is exactly the version before the user’s own change, whoever’s words it holds: `undoneOrOwnWords`. */
const authorAsked = (
  context: RequestContext,
  { before, resource }: Readonly<{ before: Resource | undefined; resource: Resource }>,
) => authorOf(before && isUndone(context, resource) ? before : resource)

const reasons: Readonly<Record<Decision['why'], string>> = {
  'own-record': '',
  'own-organisation': '',
  shared: '',
  relation: '',
  emergency: '',
  administration: '',
  'open-to-all': '',
  'no-relation': 'You have no relation to this person',
  'not-shared': 'The person has not given you access to this',
  'named-only': 'Only named professionals can see this restricted record',
  'professionals-only': 'This is between professionals',
  'answered-alone': 'Each party answers this without seeing the others',
  'not-your-role': 'Your role cannot write this',
  'no-resident':
    'A care home is changed by an administrator, by its own staff, and by professionals who care for somebody who lives there',
  'words-of-another': 'You cannot change someone else’s words, or write in someone else’s name',
  'only-patient-gives':
    'Only the person can give this. Save it with the status proposed: it gives no access until the person agrees',
  'never-hidden-from-patient':
    'A label cannot hide from a person what they wrote, agreed, promised, were told or shared, and they must be able to find this record',
  'no-reason':
    'Give a reason: as text beside the label (restricted-why), or as a code of v3-ActCode',
  'error-unexplained': 'Say why this was entered in error, in the extension entered-in-error-why',
  'said-by-patient': 'The person said no themselves. Only they can take it back, on their own page',
  never: 'This is written by the service only',
}

/** What has to be said before a write is allowed, and where. */
const missingAt: Readonly<Partial<Record<Decision['why'], string>>> = {
  'no-reason': 'meta.security',
  'error-unexplained': 'Consent.extension',
}

function refuse(decision: Decision): void {
  if (decision.allowed) return
  if (decision.hidden) throw notFound()
  const why = reasons[decision.why]
  const missing = missingAt[decision.why]
  if (missing) throw new FhirProblem(422, 'business-rule', why, { expression: missing })
  throw forbidden(why)
}

/** A record may not refer to a person whom its writer cannot see: that would reveal them, or mix two records. */
async function guardReferences(context: RequestContext, resource: Resource): Promise<void> {
  for (const person of peoplePointedAt(resource)) {
    if ((await relationTo(context, person)) === 'none') {
      throw forbidden('The record refers to a person you do not have access to')
    }
  }
}

/** Starting a new person’s record: staff may, under an id that nobody had before, and can see it from then on. */
export async function beginRecord(
  context: RequestContext,
  resource: ResourceWithId,
): Promise<void> {
  if (resource.resourceType !== 'Patient' || !isStaff(context.actor)) return
  const unused = await unusedIds(context.service.sql, [resource.id])
  if (unused.has(resource.id)) rememberCreatedPatient(context, resource.id)
}

/** 404 unless the actor can see the person. */
export async function authorizePerson(context: RequestContext, person: string): Promise<void> {
  if (!(await context.store.mayReach(person, context.accessScope.scope))) throw notFound()
}

/**
 * True if the actor created this record, by the audit log, and nobody else has changed it since: otherwise it is theirs
 * too.
 */
async function wroteAlone(
  sql: Sql,
  actor: Actor,
  resource: Resource,
  person: string,
): Promise<boolean> {
  const found = await sql.query<{ identity: string }>(
    `SELECT identity FROM audit
     WHERE persons @> ARRAY[$1::text] AND act IN ('C', 'U') AND allowed AND (what -> $1::text) ? $2::text
     ORDER BY seq`,
    [person, `${resource.resourceType}/${resource.id}`],
  )
  return found.rows.length > 0 && found.rows.every(({ identity }) => identity === actor.identity)
}
