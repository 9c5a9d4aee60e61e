import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { readExactly } from '#domain/decimal/digits.ts'
import { auditQueryIn } from '#server/audit/audit-query.ts'
import { parseJson } from '#server/http/read-json.ts'
import { noteShown, type RequestContext } from '#server/http/request-context.ts'
import {
  rememberOwner,
  rememberPendingWrite,
  rememberQuery,
  rememberReference,
} from '#server/http/request-memory.ts'
import { problemOf, resourceResponse, versionTag, versionWanted } from '#server/http/responses.ts'
import { findByCondition, recordByCondition } from '#server/interactions/write/find-by-condition.ts'
import { patchRecord } from '#server/interactions/write/patch.ts'
import { FhirProblem } from '#server/problem.ts'
import { recordOwnerOf } from '#server/store/access/record-owner.ts'
import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'
import {
  type BundleStep,
  type Planned,
  patchIn,
  phases,
  placeOfEntry,
  stepsOf,
  writtenEntry,
} from './bundle-entry.ts'
import { createConditionsOf, mustAskOnce, mustMakeOnce } from './conditional-create.ts'
import { waitInConditionalQueue } from './conditional-queue.ts'
import { withinRecord } from './record-transaction.ts'
import { namesOfEntry, resolveReferences } from './resolve-references.ts'
import {
  noteWritten,
  type PreparedRecord,
  prepareRecord,
  type ReadBefore,
  type RecordToStore,
  readBefore,
} from './store-record.ts'
import { removeStoredRecord } from './write/remove-stored-record.ts'

export type Serve = (context: RequestContext) => Promise<Response>

/** All of it or nothing; the refusal names the entry. */
export async function transaction(
  context: RequestContext,
  bundle: Bundle,
  serve: Serve,
): Promise<Response> {
  const steps = stepsOf(bundle)
  mustBeDistinct(steps)
  context.furtherRequests?.owe(steps.length - 1)
  const carriedOut = async (inside: RequestContext) => {
    const plan = await planOf(inside, steps)
    const answers: BundleEntry[] = []
    for (const phase of phases) {
      const work = plan.filter((step) => phase.includes(step.verb))
      await runPhase(inside, work, { answers, serve })
    }
    return answers
  }
  const entry = await withinRecord(context, carriedOut, onlyPersonIn(steps))
  return resourceResponse({ resourceType: 'Bundle', type: 'transaction-response', entry })
}

function onlyPersonIn(steps: readonly BundleStep[]): string | undefined {
  const people = new Set(steps.flatMap(({ resource }) => recordOwnerOf(resource) ?? []))
  return people.size === 1 ? [...people][0] : undefined
}

function mustBeDistinct(steps: readonly BundleStep[]): void {
  const seen = new Set<string>()
  for (const { verb, type, id, index } of steps) {
    if (verb === 'GET' || verb === 'POST' || !id) continue
    const name = `${type}/${id}`
    if (seen.has(name)) {
      const text = `${name} is changed twice in one transaction`
      throw new FhirProblem(400, 'invalid', text, { expression: placeOfEntry(index) })
    }
    seen.add(name)
  }
}

/** Gives every record its id before anything is written, and puts the ids into the references between the entries. */
async function planOf(
  context: RequestContext,
  steps: readonly BundleStep[],
): Promise<readonly Planned[]> {
  const names = new Map<string, string>()
  const planned: Planned[] = []
  const breathe = yieldToEventLoop()
  await waitInConditionalQueue(context, createConditionsOf(steps))
  mustAskOnce(steps)
  for (const step of steps) {
    await breathe()
    const next = await at(context, step, () => settled(context, step))
    planned.push(next)
    for (const name of next.id ? namesOfEntry(step.entry) : []) {
      names.set(name, `${next.type}/${next.id}`)
    }
  }
  mustBeDistinct(planned)
  mustMakeOnce(planned)
  const conditions = new Map<string, string>()
  const resolved: Planned[] = []
  for (const step of planned) {
    await breathe()
    const resource = await at(context, step, () =>
      linked(context, step, { names, asked: conditions }),
    )
    resolved.push({ ...step, resource })
  }
  noteOwners(context, resolved)
  return resolved
}

/** Only for what is to be written: the content of an entry that only reads does not count. */
function noteOwners(context: RequestContext, steps: readonly Planned[]): void {
  for (const { resource, type, id } of steps.filter(isToWrite)) {
    const person = resource && id ? recordOwnerOf({ ...resource, id }) : undefined
    if (person) rememberOwner(context, `${type}/${id}`, person)
    if (resource && id) rememberPendingWrite(context, `${type}/${id}`, resource)
  }
}

/** Runs the work of one step; a refusal names its entry, and in the audit log the record that it is about. */
async function at<T>(
  context: RequestContext,
  step: BundleStep,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const problem = problemOf(error)
    if (problem.status === 500) throw error
    if (step.id && (problem.status === 403 || problem.status === 404))
      rememberReference(context, `${step.type}/${step.id}`)
    throw problem.within(placeOfEntry(step.index))
  }
}

async function settled(context: RequestContext, step: BundleStep): Promise<Planned> {
  const { verb, type, entry } = step
  if (verb === 'POST') {
    const condition = entry.request?.ifNoneExist
    const found = condition ? await findByCondition(context, type, condition) : undefined
    return { ...step, found, id: found ?? crypto.randomUUID() }
  }
  if (step.condition === undefined || step.id || verb === 'GET') return step
  const found = await findByCondition(context, type, step.condition)
  if (verb === 'DELETE') return { ...step, found, id: found }
  if (verb === 'PATCH' && !found)
    throw new FhirProblem(404, 'not-found', 'The condition finds nothing')
  return { ...step, found, id: found ?? step.resource?.id ?? crypto.randomUUID() }
}

type Names = Readonly<{ names: ReadonlyMap<string, string>; asked: Map<string, string> }>

async function linked(
  context: RequestContext,
  step: Planned,
  { names, asked }: Names,
): Promise<Resource | undefined> {
  const { resource } = step
  if (!resource) return undefined
  const conditional = new Set<string>()
  const dangling = new Set<string>()
  resolveReferences(resource, (reference) => {
    if (/^[A-Z][A-Za-z]+\?/.test(reference) && !asked.has(reference)) conditional.add(reference)
    if (reference.startsWith('urn:uuid:') && !names.has(reference)) dangling.add(reference)
    return undefined
  })
  const [missing] = dangling
  if (missing) {
    throw new FhirProblem(400, 'invalid', `The bundle has no entry ${missing}`)
  }
  for (const reference of conditional) asked.set(reference, await lookedUp(context, reference))
  return resolveReferences(resource, (reference) => names.get(reference) ?? asked.get(reference))
}

async function lookedUp(context: RequestContext, reference: string): Promise<string> {
  const [type = '', condition = ''] = reference.split('?')
  const found = await findByCondition(context, type, condition)
  const stored = found
    ? await context.store.read(type, found, context.accessScope.scope)
    : undefined
  if (stored?.resource)
    await noteShown(context, [{ ...stored.resource, id: stored.id }], 'search-type')
  if (found) return `${type}/${found}`
  throw new FhirProblem(412, 'not-found', `The reference ${type}?… finds no record`)
}

type Running = Readonly<{ answers: BundleEntry[]; serve: Serve }>
type Put = Readonly<{ step: Planned; ready: PreparedRecord }>

async function runPhase(
  context: RequestContext,
  steps: readonly Planned[],
  running: Running,
): Promise<void> {
  const puts: Put[] = []
  const breathe = yieldToEventLoop()
  const before = await standingFor(context, steps)
  for (const step of steps.toSorted((a, b) => lateness(a) - lateness(b))) {
    await breathe()
    await at(context, step, async () => {
      if (isToWrite(step))
        puts.push({ step, ready: await prepareRecord(context, wishOf(step), before) })
      else running.answers[step.index] = await runOther(context, step, running.serve)
    })
  }
  const written = await context.service.store.writeMany(puts.map((each) => each.ready.request))
  await noteWritten(
    context,
    puts.map((each, index) => ({ ...each.ready, written: written[index] })),
  )
  const full = /return=representation/.test(context.request.headers.get('prefer') ?? '')
  for (const [index, { step }] of puts.entries()) {
    const each = written[index]
    if (each) running.answers[step.index] = await writtenEntry(context, each, full)
  }
}

/** For everything that is to be written, unless something is written before the last of it is prepared. */
async function standingFor(
  context: RequestContext,
  steps: readonly Planned[],
): Promise<ReadBefore | undefined> {
  if (steps.some(({ verb }) => verb === 'PATCH')) return undefined
  const toWrite = steps.filter((step) => isToWrite(step) && !isFresh(step))
  return await readBefore(
    context,
    toWrite.map(({ type, id = '' }) => ({ type, id })),
  )
}

/** Under an id that was created for it. */
const isFresh = ({ verb, found }: Planned) => verb === 'POST' && !found

function isToWrite({ verb, found }: Planned): boolean {
  return verb === 'PUT' || (verb === 'POST' && !found)
}

/** People first, so that records about them find them; records that refer to others last. */
function lateness({ type }: Planned): number {
  if (type === 'Patient') return 0
  return type === 'Provenance' ? 2 : 1
}

function wishOf(step: Planned): RecordToStore {
  const { entry, resource, id = '', type } = step
  if (resource?.resourceType !== type) {
    throw new FhirProblem(400, 'invalid', `The resource is not a ${type}`)
  }
  if (step.verb === 'PUT' && step.condition === undefined && resource.id !== id) {
    throw new FhirProblem(400, 'invalid', 'The id in the resource must be the id in request.url')
  }
  return {
    resource: { ...resource, id },
    version: versionWanted(entry.request?.ifMatch),
    onlyNew: step.verb === 'POST' || entry.request?.ifNoneMatch === '*',
    chosen: step.found !== undefined,
    fresh: isFresh(step),
  }
}

async function existingEntry(context: RequestContext, step: Planned): Promise<BundleEntry> {
  const condition = step.entry.request?.ifNoneExist ?? ''
  const found = await recordByCondition(context, step.type, condition)
  if (!found) throw new FhirProblem(412, 'conflict', 'The record that was found no longer exists')
  return await writtenEntry(context, found, false)
}

async function runOther(
  context: RequestContext,
  step: Planned,
  serve: Serve,
): Promise<BundleEntry> {
  const { type, id } = step
  const version = versionWanted(step.entry.request?.ifMatch)
  if (step.verb === 'GET') return await readEntry(context, step, serve)
  if (step.verb === 'POST') return await existingEntry(context, step)
  if (step.verb === 'PATCH' && id) {
    const written = await patchRecord(context, {
      ...{ type, id, steps: parseJson(patchIn(step.resource)), version },
      chosen: step.found !== undefined,
    })
    return await writtenEntry(context, written, false)
  }
  const gone = id ? await removeStoredRecord(context, { type, id, version }) : undefined
  return { response: { status: '204', ...(gone ? { etag: versionTag(gone.version) } : {}) } }
}

async function readEntry(
  context: RequestContext,
  step: Planned,
  serve: Serve,
): Promise<BundleEntry> {
  const url = new URL(`${context.base}/${step.url.replace(/^\//, '')}`)
  rememberQuery(context, auditQueryIn(step.url))
  const prefer = context.request.headers.get('prefer')
  const headers = { Accept: 'application/fhir+json', ...(prefer ? { Prefer: prefer } : {}) }
  const request = new Request(url, { headers })
  const response = await serve({ ...context, request, url })
  const etag = response.headers.get('etag')
  return {
    resource: readExactly(await response.text()) as Resource,
    response: { status: String(response.status), ...(etag ? { etag } : {}) },
  }
}
