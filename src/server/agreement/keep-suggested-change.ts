import type { Resource, Task } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Who } from '#domain/plan/plan.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { helpersOf, ownerOfWords, sentenceIn } from '#domain/suggestion/sentence.ts'
import type { ChangeDecision, SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import {
  decidedTask,
  decidedWayIn,
  seenIn,
  stampedTask,
  suggestedChangeFromFhir,
  suggestedChangeToFhir,
  withdrawnTask,
} from '#domain/suggestion/suggested-change-fhir.ts'
import { isTemplateItem } from '#domain/template/is-template-item.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { StoredVersion } from '#server/store/store.ts'
import { writerOf } from './own-words.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>
type Suggested = Task & { id: string }

/** The longest text that is read beside a sentence. */
const longest = 5000

/**
 * Other words for a sentence of somebody else, as they are stored. Anybody who sees the sentence may suggest; only its
 * owner accepts, takes half, or declines with a word why; its author may withdraw it. To accept writes the words in the
 * same transaction. A decision never changes and nothing is deleted. Any other record is returned unchanged.
 */
export async function keepSuggestedChange(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  const isOne = isSuggestedChange(resource)
  if (before && isOne !== isSuggestedChange(before)) throw staysAsSuggested()
  if (!isOne) return resource
  const task = resource as Suggested
  return before
    ? await decided(context, task, { before: { ...(before as Task), id: task.id }, person })
    : await suggested(context, task, person)
}

/** A suggestion stays, and so does what was decided about it. */
export function mustNotBeASuggestion(resource: Resource): void {
  if (isSuggestedChange(resource) || isTemplateItem(resource))
    throw forbidden(
      'A suggestion stays in the record, with what was decided. Its author can withdraw it',
    )
}

const staysAsSuggested = () =>
  forbidden('A suggestion cannot be changed. Withdraw it and make a new one')

const problem = (text: string, expression: string) =>
  new FhirProblem(422, 'business-rule', text, { expression })

async function suggested(
  context: RequestContext,
  task: Suggested,
  person: string | undefined,
): Promise<Suggested> {
  const change = suggestedChangeFromFhir(task)
  const { who: by, names } = writerOf(context, person)
  if (!by.reference || !mayWriteWords(context)) throw forbidden('Your role cannot write this')
  if (!change || task.status !== 'requested')
    throw problem('A suggestion names its record and its author, and is not decided yet', 'Task')
  const standing = await visibleRecord(context, change, person)
  const owner = ownerOfWords(standing.resource, change.place)
  if (owner && names.includes(owner.reference))
    throw problem('These are your own words: change them instead', 'Task.focus')
  await mustHaveStood(context, change, standing)
  mustBeOtherWords(change)
  const at = instantOf(change.at, context.now)
  const { meta } = task
  return {
    ...suggestedChangeToFhir({
      ...{ ...change, by, at, owner },
      organisation: await organisationOf(context, owner),
    }),
    ...(meta ? { meta } : {}),
  }
}

/** People write words: neither a program nor an administrator speaks about somebody’s plan. */
const mayWriteWords = ({ actor }: RequestContext) =>
  actor.role !== 'program' && actor.role !== 'admin' && actor.role !== 'manager'

const instantOf = (at: string, now: Date) =>
  Date.parse(at) <= now.getTime() ? at : now.toISOString()

type Standing = StoredVersion & Readonly<{ resource: Resource }>

async function visibleRecord(
  context: RequestContext,
  { record, place }: SuggestedChange,
  person: string | undefined,
): Promise<Standing> {
  const [type = '', id = ''] = record.split('/')
  const found = await context.store.read(type, id, context.accessScope.scope)
  const isHere = found?.resource && found.person === person
  if (isHere && sentenceIn(found.resource, place) !== undefined)
    return { ...found, resource: { ...found.resource, id } }
  throw problem('There is no such sentence in this person’s plan', 'Task.focus')
}

/** The author must have read these words: then it can be told what has changed since. */
async function mustHaveStood(
  context: RequestContext,
  { record, place, baseVersion, baseWords }: SuggestedChange,
  standing: Standing,
): Promise<void> {
  const [type = '', id = ''] = record.split('/')
  const isNow = baseVersion === String(standing.version)
  const version = /^[1-9]\d{0,8}$/.test(baseVersion) ? Number(baseVersion) : 0
  const isEarlier = version > 0 && version < standing.version
  const read = isEarlier
    ? await context.store.readVersion(type, id, version, context.accessScope.scope)
    : undefined
  const base = isNow ? standing.resource : read?.resource
  if (base && sentenceIn({ ...base, id }, place) === baseWords) return
  throw problem('The sentence never said this in the version you name', 'Task.input')
}

function mustBeOtherWords({ words, baseWords }: SuggestedChange): void {
  if (words.trim() === '' || words === baseWords)
    throw problem('Write the words that you suggest instead', 'Task.input')
  if (words.length > longest)
    throw problem(`Suggest at most ${longest} characters at once`, 'Task.input')
}

async function decided(
  context: RequestContext,
  task: Suggested,
  { before, person }: Readonly<{ before: Suggested; person: string | undefined }>,
): Promise<Suggested> {
  const change = suggestedChangeFromFhir(before)
  if (!change || asSuggested(task) !== asSuggested(before)) throw staysAsSuggested()
  const kept = withLabelsOf(before, task)
  if (changedElements(before, task).length === 0) return kept
  if (change.state !== 'waiting')
    throw new FhirProblem(409, 'conflict', 'Someone has already decided about this suggestion')
  const deed: Deed = { task, change, kept, person }
  return task.status === 'cancelled'
    ? withdrawn(context, deed)
    : await acceptedOrDeclined(context, deed)
}

/** What is suggested stays as it was stored, whatever else a client sends beside it; labels have their own rules. */
export function withLabelsOf<T extends Task>(before: T, { meta: sent }: Task): T {
  const { security: _before, ...meta } = before.meta ?? {}
  return { ...before, meta: { ...meta, ...(sent?.security ? { security: sent.security } : {}) } }
}

type Deed = Readonly<{
  task: Suggested
  change: SuggestedChange
  kept: Suggested
  person: string | undefined
}>

function withdrawn(context: RequestContext, { change, kept, person }: Deed): Suggested {
  const { who, names } = writerOf(context, person)
  if (!names.includes(change.by.reference))
    throw forbidden('Only the person who made a suggestion can withdraw it')
  return stampedTask(withdrawnTask(kept), { by: who, at: context.now.toISOString() })
}

async function acceptedOrDeclined(
  context: RequestContext,
  { task, change, kept, person }: Deed,
): Promise<Suggested> {
  const now = await recordNow(context, change)
  const owner = now ? ownerOfWords(now.resource, change.place) : change.owner
  const way = decidedWayIn(task)
  const decider = await deciderOf(context, { owner, way, person })
  const decision = { ...decider, at: context.now.toISOString() }
  const deciding = { way, seen: seenIn(task) }
  if (task.status === 'rejected')
    return stampedTask(decidedTask(kept, { ...deciding, reason: reasonIn(task) }), decision)
  if (task.status !== 'completed') throw staysAsSuggested()
  const taken = suggestedChangeFromFhir(task)?.taken ?? ''
  mustBeWritten(context, { change, now, taken, owner, decision, seen: deciding.seen })
  return stampedTask(decidedTask(kept, { ...deciding, taken }), decision)
}

/** What its author said, to be compared. */
function asSuggested(task: Task): string {
  const change = suggestedChangeFromFhir(task)
  const { record, place, person, by, at, why, baseVersion, baseWords, words } = change ?? {}
  return JSON.stringify([
    ...[record, place, person, by?.reference, at, why, baseVersion, baseWords, words],
  ])
}

function reasonIn({ statusReason }: Task): string {
  const reason = statusReason?.text?.trim() ?? ''
  if (reason === '') throw problem('Say in a word why you decline this', 'Task.statusReason')
  return reason
}

async function recordNow(
  { service }: RequestContext,
  { record }: SuggestedChange,
): Promise<Standing | undefined> {
  const [type = '', id = ''] = record.split('/')
  const found = await service.store.read(type, id, everyone)
  return found?.resource ? { ...found, resource: { ...found.resource, id } } : undefined
}

type Deciding = Readonly<{
  owner: Who | undefined
  way: ChangeDecision['way']
  person: string | undefined
}>

/**
 * Who decides: the owner of the words; for a professional’s words somebody of the same organisation; for a person’s or
 * a carer’s words a professional who writes down what they said or ticked on paper. 403 for everybody else.
 */
async function deciderOf(
  context: RequestContext,
  { owner, way, person }: Deciding,
): Promise<Omit<ChangeDecision, 'way' | 'at'>> {
  const { who, names } = writerOf(context, person)
  const isProfessional =
    isStaff(context.actor) && context.actor.practitioner !== undefined && mayWriteWords(context)
  if (owner && names.includes(owner.reference)) return { by: who }
  if (!isProfessional) throw onlyOwner(owner)
  if (!owner) return { by: who }
  if (owner.voice !== 'professional') {
    if (way === 'self') throw onlyOwner(owner)
    return { by: owner, ...given('recordedBy', who) }
  }
  if (await worksFor(context, owner.reference)) return { by: who }
  throw onlyOwner(owner)
}

const onlyOwner = (owner: Who | undefined) =>
  forbidden(
    owner?.name
      ? `Only ${owner.name} can decide about a change of these words`
      : 'Only the person whose words these are can decide about a change of them',
  )

type Organisation = NonNullable<SuggestedChange['organisation']>

/** Where a professional works or worked: somebody who has left still spoke for the organisation. */
async function organisationsOf(
  { service }: RequestContext,
  reference: string,
): Promise<readonly Organisation[]> {
  const [type, id = ''] = reference.split('/')
  if (type === 'Organization') return [{ id, name: '' }]
  const { rows } = await service.sql.query<{ reference: string; name: string | null }>(
    `select content #>> '{organization,reference}' as reference, content #>> '{organization,display}' as name
      from resource where rt = 'PractitionerRole' and content is not null
      and (content #>> '{practitioner,reference}' = $1 or 'PractitionerRole/' || id = $1)
      order by coalesce(content ->> 'active', 'true') desc, rid`,
    [reference],
  )
  return rows.flatMap((row) => {
    const [kind, organisation] = (row.reference ?? '').split('/')
    return kind === 'Organization' && organisation
      ? [{ id: organisation, name: row.name ?? '' }]
      : []
  })
}

async function organisationOf(
  context: RequestContext,
  owner: Who | undefined,
): Promise<Organisation | undefined> {
  if (owner?.voice !== 'professional') return undefined
  return (await organisationsOf(context, owner.reference))[0]
}

async function worksFor(context: RequestContext, reference: string): Promise<boolean> {
  const { organisation } = context.actor
  if (!organisation) return false
  return (await organisationsOf(context, reference)).some(({ id }) => id === organisation)
}

type Taking = Readonly<{
  change: SuggestedChange
  now: Standing | undefined
  taken: string
  owner: Who | undefined
  decision: Omit<ChangeDecision, 'way'>
  seen: string
}>

/** The words must be written in the same transaction, in the owner’s name, over what the one who decides has seen. */
function mustBeWritten(context: RequestContext, taking: Taking): void {
  const { change, now, taken, owner, decision, seen } = taking
  if (!now) throw problem('The record of this sentence no longer exists', 'Task.focus')
  const written = context.pendingWrites.get(change.record)
  if (taken === '' || !written || sentenceIn(written, change.place) !== taken)
    throw problem(
      'To accept a suggestion, write the words that are taken into the record in the same transaction',
      'Task.output',
    )
  const isMovedOn = sentenceIn(now.resource, change.place) !== change.baseWords
  if (isMovedOn && seen !== String(now.version))
    throw new FhirProblem(
      409,
      'conflict',
      'The sentence has changed since this was suggested. Look at both texts and decide again',
    )
  if (owner && owner.voice !== 'professional')
    mustBeOwners(written, change.place, { owner, recordedBy: decision.recordedBy })
}

function mustBeOwners(
  written: Resource,
  place: string,
  { owner, recordedBy }: Readonly<{ owner: Who; recordedBy: Who | undefined }>,
): void {
  const isTheirs = ownerOfWords(written, place)?.reference === owner.reference
  const isTold = !recordedBy || helpersOf(written, place).includes(recordedBy.reference)
  if (isTheirs && isTold) return
  throw problem(
    'The words stay in the name of the person whose they are, and name who wrote them down (supported-by)',
    'Task.focus',
  )
}
