import type { Resource } from '@medplum/fhirtypes'
import { type Decision, decide } from '#domain/access/decide.ts'
import { accessLabelOf, staffAccessLabels } from '#domain/access/labels/access-label.ts'
import { type Labelling, labellingOf } from '#domain/access/labels/labelling.ts'
import { recordAccessKind } from '#domain/access/record-access-kind.ts'
import { peoplePointedAt, tellsOfNobody } from '#domain/access/record-owner.ts'
import { roleOfCode } from '#domain/access/role-code.ts'
import type { Scope } from '#domain/access/scope.ts'
import { isDecisionRecord } from '#domain/agreement/capacity-fhir.ts'
import { isEmergencyOpening } from '#domain/card/card-opening.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { optOutKindsIn } from '#domain/opt-out/is-opt-out.ts'
import { outsideRecordFault } from '#domain/outside-score/outside-score-fhir.ts'
import { registrationFault } from '#domain/roster/registration-fault.ts'
import { isWrittenByService } from '#server/audit/provenance.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { unusedIds } from '#server/authorization/unused-ids.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { rememberCreatedPatient, rememberOwner } from '#server/http/request-memory.ts'
import {
  isPlaceOfAnother,
  isServicesOwn,
  placeOfAnother,
} from '#server/integrity/guard-derived-id.ts'
import { nobodyInParticular, recordOwnerOf } from '#server/store/access/record-owner.ts'
import type { ReadingStore } from '#server/store/store.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { checkHomes } from '#server/support/check-homes.ts'
import { validateResource } from '#server/validation/validate.ts'
import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'
import { assignOwners, namePeople, ownerless } from './assign-owners.ts'
import { checkAnswers } from './check-answers.ts'
import { checkCasesStarted } from './check-cases-started.ts'
import { checkIdentity } from './check-identity.ts'
import { checkPlaces } from './check-places.ts'
import { checkShared } from './check-shared.ts'
import type { Fine, Item } from './items.ts'
import { belongsToRefused, recordMoved } from './keep-items.ts'
import { link } from './link.ts'
import { settlePlanDocument } from './plan-document.ts'
import { nameOf } from './standing-records.ts'
import { checkWhoseWords } from './whose-words.ts'

/** Marks each item that cannot be stored with the reason, as text for the importer. */
export async function checkItems(context: RequestContext, items: readonly Item[]): Promise<void> {
  const isList = items.every((item) => item.resource?.resourceType === 'Patient')
  const answersContext = { context, known: new Map<string, string | Error>(), isList }
  const breathe = yieldToEventLoop()
  await settlePlanDocument(context, items)
  for (const item of items) {
    await breathe()
    if (item.resource)
      item.reason ??= soundness(item.resource, item) ?? rights(context, item.resource)
    if (item.resource && !item.reason) await link(answersContext, item, item.resource)
  }
  await assignOwners(context, fine(items))
  await checkPeople(context, fine(items))
  await namePeople(context, fine(items))
  await checkStanding(context, fine(items))
  await checkShared(context, fine(items))
  await checkIdentity(context, fine(items))
  await checkPlaces(context, fine(items))
  await checkHomes(context, fine(items))
  await checkWhoseWords(context, fine(items))
  await checkAnswers(context, fine(items))
  await checkCasesStarted(context, fine(items))
  await refuseWithTheirPerson(context, items)
}

/** What belongs to a person whose own record is refused may be somebody else's: it is refused with it. */
async function refuseWithTheirPerson(
  context: RequestContext,
  items: readonly Item[],
): Promise<void> {
  const refused = new Set(
    items.flatMap(({ resource, reason }) =>
      resource?.resourceType === 'Patient' && reason ? [resource.id] : [],
    ),
  )
  if (refused.size === 0) return
  for (const item of fine(items)) {
    const person = await personOf(context, item.resource)
    if (person && refused.has(person)) item.reason = belongsToRefused(person)
  }
}

export function fine(items: readonly Item[]): readonly Fine[] {
  return items.filter((item): item is Fine => item.resource !== undefined && !item.reason)
}

function soundness(resource: ResourceWithId, { asWritten, stays }: Item): string | undefined {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(resource.id)) return `The id ${resource.id} is malformed`
  if (resource.resourceType === 'AuditEvent') return 'Only the service writes the audit log'
  if (isWrittenByService(resource)) return 'Only the service records who wrote a plan'
  if (isEmergencyOpening(resource))
    return 'An emergency access must be opened here. It cannot be imported'
  const faults = validateResource(resource)
  if (faults.length > 0) return faults.map((each) => each.details?.text).join('; ')
  const fault = recordFault(resource)
  if (fault) return fault
  // a plan brings answers as they were given; who may see the person is decided here
  const isPlanAnswer = resource.resourceType === 'Provenance' && (asWritten || stays)
  return speaksForPeople(resource) && !isPlanAnswer
    ? 'Agreement and consent must be given here. They cannot be imported'
    : undefined
}

const recordFault = (resource: Resource) =>
  outsideRecordFault(resource) ?? registrationFault(resource)

/** Our own agreements and shares: an import must not agree in somebody's name. */
function speaksForPeople(resource: Resource): boolean {
  if (resource.resourceType === 'Provenance') {
    return resource.activity?.coding?.some((each) => each.system === gableCodeSystem) ?? false
  }
  if (isDecisionRecord(resource)) return true
  // a no gives nobody anything
  if (resource.resourceType !== 'Consent' || optOutKindsIn(resource).length > 0) return false
  return JSON.stringify(resource).includes(gableCodeSystem)
}

/** Somebody who could import a role with our codes could become an administrator at the next sign-in. */
function rights({ actor }: RequestContext, resource: Resource): string | undefined {
  if (resource.resourceType !== 'PractitionerRole' || actor.role === 'admin') return undefined
  return roleOfCode(resource.code)
    ? 'An administrator gives rights to staff. They cannot be imported'
    : undefined
}

/** Each record belongs to a person in the same import, or to one here within the importer's reach. */
async function checkPeople(context: RequestContext, items: readonly Fine[]): Promise<void> {
  for (const { resource } of items) {
    const person = recordOwnerOf(resource)
    if (person) rememberOwner(context, `${resource.resourceType}/${resource.id}`, person)
  }
  const brought = items.flatMap((each) =>
    each.resource.resourceType === 'Patient' ? [each.resource.id] : [],
  )
  const named = new Set([...brought, ...items.flatMap((each) => peoplePointedAt(each.resource))])
  const here = await namesHere(
    context,
    [...named].map((id) => ({ resourceType: 'Patient', id })),
  )
  const reached = await idsWithin(context.store, 'Patient', [...named], context.accessScope.scope)
  for (const id of await beginning(context, brought, here)) rememberCreatedPatient(context, id)
  const own = await namesHere(context, items.map(({ resource }) => resource).filter(isServicesOwn))
  const breathe = yieldToEventLoop()
  for (const item of items) {
    await breathe()
    item.reason = (await belonging(context, item, reached)) ?? (await misplaced(context, item, own))
  }
}

async function misplaced(
  context: RequestContext,
  { resource }: Fine,
  here: ReadonlySet<string>,
): Promise<string | undefined> {
  const person = await personOf(context, resource)
  const isOwn = isServicesOwn(resource) && !here.has(nameOf(resource))
  return isOwn || (await isPlaceOfAnother(context, resource, person)) ? placeOfAnother : undefined
}

/**
 * Of the people in the import who are not here, the ids that nobody had before; an administrator can see leftovers
 * anyway.
 */
async function beginning(
  { actor, service }: RequestContext,
  brought: readonly string[],
  here: ReadonlySet<string>,
): Promise<Iterable<string>> {
  const fresh = brought.filter((id) => !here.has(`Patient/${id}`))
  return actor.role === 'admin' ? fresh : await unusedIds(service.sql, fresh)
}
/** Records that give access to the people they name, or are about several people: all of them must be within reach. */
const givesAccess: readonly string[] = [
  'Appointment',
  'CareTeam',
  'Communication',
  'Consent',
  'Group',
  'Task',
]

async function belonging(
  context: RequestContext,
  item: Fine,
  reached: ReadonlySet<string>,
): Promise<string | undefined> {
  const { resource } = item
  const person = await personOf(context, resource)
  if (!person && !tellsOfNobody(resource)) return ownerless(resource)
  const isBeyond = (each: string) => !context.createdPatients.has(each) && !reached.has(each)
  const pointedAt = peoplePointedAt(resource)
  const isOfOne = person !== undefined && person !== nobodyInParticular
  const bound = isOfOne && !givesAccess.includes(resource.resourceType) ? [person] : pointedAt
  const beyond = [...(isOfOne ? [person] : []), ...bound].find(isBeyond)
  if (beyond)
    return `Patient/${beyond} is not in this import, and you have no access to such a record`
  const absent = pointedAt.find(isBeyond)
  if (absent)
    item.note = `It refers to Patient/${absent}, which you cannot find here: the link is kept as it is`
  return person === undefined ? undefined : await mayNotBring(context, resource, { person })
}

/**
 * The current record with the same id must be within the importer's reach; the store keeps what was written here since.
 * Organisations and the like that only accompany a person stay as they are here: each person's file describes them a
 * little differently. So they do if somebody other than an administrator imports them, because staff are identified by
 * them.
 */
async function checkStanding(context: RequestContext, items: readonly Fine[]): Promise<void> {
  const byType = Map.groupBy(items, (each) => each.resource.resourceType)
  const cameAlong = byType.has('Patient') || context.actor.role !== 'admin'
  const here = await namesHere(
    context,
    items.map(({ resource }) => resource),
  )
  for (const [type, some] of byType) {
    const standing = some.filter(({ resource }) => here.has(nameOf(resource)))
    if (standing.length === 0) continue
    const ids = [...new Set(standing.map(({ resource }) => resource.id))]
    const reached = await idsWithin(context.store, type, ids, context.accessScope.scope)
    for (const item of standing) settle(item, { reached, cameAlong })
    await checkMoved(context, type, fine(standing))
    await checkLabels(context, type, fine(standing))
  }
}

/** An earlier import's record would be replaced: its labels can only be changed by those who may. */
async function checkLabels(
  context: RequestContext,
  type: string,
  standing: readonly Fine[],
): Promise<void> {
  const replaced = await broughtBefore(context, type, standing)
  for (const item of standing) {
    const before = replaced.get(item.resource.id)
    const person = await personOf(context, item.resource)
    if (before && person)
      item.reason = await mayNotBring(context, item.resource, { person, before })
  }
}

/** Records that had a label, or would be hidden from the person they are about. */
async function broughtBefore({ service }: RequestContext, type: string, items: readonly Fine[]) {
  const closing = items.filter(({ resource }) =>
    staffAccessLabels.includes(accessLabelOf(resource)),
  )
  const { rows } = await service.sql.query<{ id: string; content: Resource | string }>(
    `select id, content from resource where rt = $1 and id = any($2::text[])
     and brought and content is not null and (content -> 'meta' ? 'security' or id = any($3::text[]))`,
    [type, items.map(({ resource }) => resource.id), closing.map(({ resource }) => resource.id)],
  )
  const read = (content: Resource | string) => storedRecord<Resource>(content)
  return new Map(rows.map(({ id, content }) => [id, read(content)]))
}

/** A record cannot move to another person, and one that belongs to nobody stays so. */
async function checkMoved(
  context: RequestContext,
  type: string,
  standing: readonly Fine[],
): Promise<void> {
  const moving = standing.filter((item) => !item.stays)
  const whose = await peopleOfIds(
    context,
    type,
    moving.map((each) => each.resource.id),
  )
  for (const item of moving) {
    const person = await personOf(context, item.resource)
    if (person !== whose.get(item.resource.id)) item.reason = recordMoved
  }
}

async function peopleOfIds({ service }: RequestContext, type: string, ids: readonly string[]) {
  const { rows } = await service.sql.query<{ id: string; person: string | null }>(
    'select id, person from resource where rt = $1 and id = any($2::text[])',
    [type, ids],
  )
  return new Map(rows.map((row) => [row.id, row.person ?? undefined]))
}

type Standing = Readonly<{ reached: ReadonlySet<string>; cameAlong: boolean }>

function settle(item: Fine, { reached, cameAlong }: Standing): void {
  const { id } = item.resource
  if (!reached.has(id)) item.reason = 'A record about someone else has this id'
  else if (cameAlong && referenceKinds.includes(recordAccessKind(item.resource))) item.stays = true
}

/** What is here stays as it is here, whatever a file brings along. */
const referenceKinds: readonly string[] = ['about-nobody', 'care-home']

const perQuestion = 200

/** Which of these records are here, by `Type/id`, whoever may read them: in one statement. */
async function namesHere(
  { service }: RequestContext,
  records: readonly Readonly<{ resourceType: string; id: string }>[],
): Promise<ReadonlySet<string>> {
  const { rows } = await service.sql.query<{ name: string }>(
    `select rt || '/' || id as name from resource
     where content is not null and (rt, id) in (select * from unnest($1::text[], $2::text[]))`,
    [records.map(({ resourceType }) => resourceType), records.map(({ id }) => id)],
  )
  return new Set(rows.map(({ name }) => name))
}

/** Which of these records exist, and are within the scope. */
async function idsWithin(
  store: ReadingStore,
  type: string,
  ids: readonly string[],
  scope: Scope,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (let start = 0; start < ids.length; start += perQuestion) {
    const some = ids.slice(start, start + perQuestion)
    const query = new URLSearchParams({ _id: some.join(',') })
    for (const id of await store.match(type, query, scope, some.length)) found.add(id)
  }
  return found
}

const labels: Readonly<Partial<Record<Decision['why'], string>>> = {
  'never-hidden-from-patient':
    'It is labelled for professionals only, but what a person wrote, agreed, promised or was told cannot be hidden from them',
}

/**
 * Why the importer may not import a record of a person; undefined if they may. Checked as for clinical records; whose
 * words a record holds is not checked here, because an import brings the words of others. Emergency access allows no
 * import, least of all one that puts the importer into the team. `before`: an earlier import's record that this one
 * would replace.
 */
async function mayNotBring(
  context: RequestContext,
  resource: Resource,
  { person, before }: Readonly<{ person: string; before?: Resource }>,
): Promise<string | undefined> {
  const labelling = broughtLabels(resource, before)
  const decision = decide({
    actor: context.actor,
    ...{ act: 'create', kind: 'clinical', room: accessLabelOf(resource) },
    relation: await relationTo(context, person),
    labelling,
  })
  if (decision.allowed) return undefined
  return labels[decision.why] ?? 'Your access to this person does not allow you to import this'
}

/** Other systems label without giving a reason: their labels are kept as they are. */
function broughtLabels(after: Resource, before: Resource | undefined): Labelling | undefined {
  const from = before && accessLabelOf(before)
  const labelling = labellingOf({ before, after, from, to: accessLabelOf(after) })
  return labelling && { ...labelling, explained: true }
}
