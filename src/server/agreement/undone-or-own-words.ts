import type { Provenance, Resource } from '@medplum/fhirtypes'
import { namesOf } from '#domain/access/actor.ts'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { carersOfMessage } from '#domain/message/is-message.ts'
import { agreedContent } from '#domain/plan/agreed-content.ts'
import { recordText } from '#domain/plan/record-text.ts'
import { isUndone, recordOf, tellsOfUndo } from '#server/audit/is-undone.ts'
import { idOfWriterNote } from '#server/audit/provenance.ts'
import { roomFor } from '#server/authorization/authorize-write.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { keepOwnWords } from './own-words.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/** A record that is put back as it stood, or, as most are, with each text in the name of the person who said it. */
export async function undoneOrOwnWords(
  context: RequestContext,
  resource: ResourceWithId,
  facts: Facts,
): Promise<ResourceWithId> {
  await mustUndoSomething(context, resource)
  return (await undone(context, resource, facts.before)) ?? keepOwnWords(context, resource, facts)
}

/**
 * Undoing the last change of a record of a plan: its author puts back what the record said before, as a new version.
 * Only the author of the last change, only while it is the last, and only what the plan says. What is put back is the
 * version before, exactly as it stood: whose words they were they are again, whatever a client sends. Undefined if the
 * request undoes nothing here.
 */
async function undone(
  context: RequestContext,
  resource: ResourceWithId,
  before: Resource | undefined,
): Promise<ResourceWithId | undefined> {
  if (!isUndone(context, resource)) return undefined
  const version = Number(before?.meta?.versionId)
  const { resourceType, id } = resource
  if (!before || version < 2) throw nothingBefore()
  await mustBeOwnChange(context, `${resourceType}/${id}/_history/${version}`)
  const former = await formerVersion(context, { resourceType, id, version: version - 1 })
  if (agreedContent(former) === agreedContent(before)) throw notContent()
  if (recordText(resource) !== recordText(former)) throw notAsItStood()
  const { meta: _meta, ...said } = former
  // who may see a record is not part of what it says
  const { versionId: _version, lastUpdated: _updated, ...meta } = before.meta ?? {}
  return { ...said, ...(Object.keys(meta).length > 0 ? { meta } : {}), id } as ResourceWithId
}

type Stored = Readonly<{ sent: Resource; stored: Resource; room: AccessLabel }>

/** The room of what is stored: a version that is put back is where its own labels place it, not those that were sent. */
export async function roomOfStored(
  context: RequestContext,
  { sent, stored, room }: Stored,
): Promise<AccessLabel> {
  // a message goes to the readers of its thread, whatever was sent
  const isAnswered = carersOfMessage(stored) !== undefined
  return isAnswered || isUndone(context, sent) ? await roomFor(context, stored) : room
}

/** Throws 422 for a Provenance that claims an undo of anything but records that are put back. */
async function mustUndoSomething(context: RequestContext, resource: Resource): Promise<void> {
  if (!tellsOfUndo(resource)) return
  const coming = resource.target
    .map(({ reference }) => recordOf(reference))
    .filter((each) => !each.startsWith('Patient/'))
    .map((each) => context.pendingWrites.get(each))
  const others = coming.filter((each) => !each || !isUndone(context, each))
  let moveOn = coming.length > others.length
  for (const each of others) moveOn &&= await onlyMovesOn(context, each)
  if (moveOn) return
  throw refused('An undo is sent together with the records that it puts back, and names no others')
}

/** What changes in a plan while a part of it is put back: it can name that part again. */
const ownLists = ['goal', 'activity', 'addresses', 'extension:written']

async function onlyMovesOn(
  { store, accessScope }: RequestContext,
  coming: Resource | undefined,
): Promise<boolean> {
  if (coming?.resourceType !== 'CarePlan') return false
  const stored = await store.read('CarePlan', coming.id ?? '', accessScope.scope)
  if (!stored?.resource) return false
  const changed = changedElements(stored.resource, coming)
  return changed.every((each) => ownLists.includes(each))
}

/** By the service’s own note of who wrote this version: a record can name somebody else as its author. */
async function mustBeOwnChange({ service, actor }: RequestContext, target: string): Promise<void> {
  const note = await service.store.read('Provenance', idOfWriterNote(target), everyone)
  const written = note?.resource as Provenance | undefined
  const who = written?.agent[0]?.who
  const isOwn =
    who?.reference === undefined
      ? who?.identifier?.value === actor.identity && actor.identity !== ''
      : namesOf(actor).includes(who.reference)
  if (!written || !isOwn)
    throw forbidden('Only the author of the last change can undo it. Somebody else wrote since')
}

type Former = Readonly<{ resourceType: Resource['resourceType']; id: string; version: number }>

async function formerVersion(
  { store, accessScope }: RequestContext,
  { resourceType, id, version }: Former,
): Promise<Resource> {
  const stored = await store.readVersion(resourceType, id, version, accessScope.scope)
  if (!stored) throw notFound()
  if (!stored.resource) throw nothingBefore()
  return stored.resource
}

const refused = (text: string) => new FhirProblem(422, 'business-rule', text)
const nothingBefore = () => refused('There is no version before this one to put back')
const notContent = () => refused('The last change did not change what the plan says')
const notAsItStood = () => refused('An undo puts back what was said before, and nothing else')
