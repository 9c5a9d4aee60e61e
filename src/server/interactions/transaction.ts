import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { readExactly } from '#domain/decimal/digits.ts'
import { questionIn } from '#server/audit/audited-request.ts'
import { parseJson } from '#server/http/read-json.ts'
import { noteShown, type Visit } from '#server/http/request-context.ts'
import { problemOf, resourceAnswer, versionTag, versionWanted } from '#server/http/responses.ts'
import { FhirProblem } from '#server/problem.ts'
import { personNamedBy } from '#server/store/access/record-owner.ts'
import { breather } from '#server/yield-to-event-loop.ts'
import {
  type Planned,
  patchIn,
  phases,
  placeOf,
  type Step,
  stepsOf,
  writtenEntry,
} from './bundle-entry.ts'
import { conditionsOf, mustAskOnce, mustMakeOnce } from './conditional-create.ts'
import { standInLine } from './conditional-queue.ts'
import { chosenBy, existing, patchOne } from './create-update-delete.ts'
import { mapReferences, namesOfEntry } from './resolve-references.ts'
import { noteWritten, prepare, type Ready, remove, type Wish, within } from './store-record.ts'

export type Serve = (visit: Visit) => Promise<Response>

/** All of it or nothing; the refusal names the entry. */
export async function transact(visit: Visit, bundle: Bundle, serve: Serve): Promise<Response> {
  const steps = stepsOf(bundle)
  mustBeDistinct(steps)
  visit.furtherCalls?.owe(steps.length - 1)
  const entry = await within(visit, async (inside) => {
    const plan = await planOf(inside, steps)
    const answers: BundleEntry[] = []
    for (const phase of phases) {
      const work = plan.filter((step) => phase.includes(step.verb))
      await runPhase(inside, work, { answers, serve })
    }
    return answers
  })
  return resourceAnswer({ resourceType: 'Bundle', type: 'transaction-response', entry })
}

function mustBeDistinct(steps: readonly Step[]): void {
  const seen = new Set<string>()
  for (const { verb, type, id, index } of steps) {
    if (verb === 'GET' || verb === 'POST' || !id) continue
    const name = `${type}/${id}`
    if (seen.has(name)) {
      const text = `${name} is changed twice in one transaction`
      throw new FhirProblem(400, 'invalid', text, { expression: placeOf(index) })
    }
    seen.add(name)
  }
}

/** Gives every record its id before anything is written, and puts the ids into the references between the entries. */
async function planOf(visit: Visit, steps: readonly Step[]): Promise<readonly Planned[]> {
  const names = new Map<string, string>()
  const planned: Planned[] = []
  const breathe = breather()
  await standInLine(visit, conditionsOf(steps))
  mustAskOnce(steps)
  for (const step of steps) {
    await breathe()
    const next = await at(visit, step, () => settled(visit, step))
    planned.push(next)
    for (const name of next.id ? namesOfEntry(step.entry) : []) {
      names.set(name, `${next.type}/${next.id}`)
    }
  }
  mustBeDistinct(planned)
  mustMakeOnce(planned)
  const asked = new Map<string, string>()
  const resolved: Planned[] = []
  for (const step of planned) {
    await breathe()
    const resource = await at(visit, step, () => linked(visit, step, { names, asked }))
    resolved.push({ ...step, resource })
  }
  noteOwners(visit, resolved)
  return resolved
}

/** Of what is to be written alone: what an entry to read carries along is nobody’s word. */
function noteOwners(visit: Visit, steps: readonly Planned[]): void {
  for (const { resource, type, id } of steps.filter(isToWrite)) {
    const person = resource && id ? personNamedBy({ ...resource, id }) : undefined
    if (person) visit.belongs.set(`${type}/${id}`, person)
    if (resource && id) visit.coming.set(`${type}/${id}`, resource)
  }
}

/** Runs what belongs to one step; a refusal names its entry, and in the trail the record that it is about. */
async function at<T>(visit: Visit, step: Step, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const problem = problemOf(error)
    if (problem.status === 500) throw error
    if (step.id && (problem.status === 403 || problem.status === 404))
      visit.concerned.add(`${step.type}/${step.id}`)
    throw problem.within(placeOf(step.index))
  }
}

async function settled(visit: Visit, step: Step): Promise<Planned> {
  const { verb, type, entry } = step
  if (verb === 'POST') {
    const condition = entry.request?.ifNoneExist
    const found = condition ? await chosenBy(visit, type, condition) : undefined
    return { ...step, found, id: found ?? crypto.randomUUID() }
  }
  if (step.condition === undefined || step.id || verb === 'GET') return step
  const found = await chosenBy(visit, type, step.condition)
  if (verb === 'DELETE') return { ...step, found, id: found }
  if (verb === 'PATCH' && !found)
    throw new FhirProblem(404, 'not-found', 'The condition finds nothing')
  return { ...step, found, id: found ?? step.resource?.id ?? crypto.randomUUID() }
}

type Names = Readonly<{ names: ReadonlyMap<string, string>; asked: Map<string, string> }>

async function linked(
  visit: Visit,
  step: Planned,
  { names, asked }: Names,
): Promise<Resource | undefined> {
  const { resource } = step
  if (!resource) return undefined
  const conditional = new Set<string>()
  const dangling = new Set<string>()
  mapReferences(resource, (reference) => {
    if (/^[A-Z][A-Za-z]+\?/.test(reference) && !asked.has(reference)) conditional.add(reference)
    if (reference.startsWith('urn:uuid:') && !names.has(reference)) dangling.add(reference)
    return undefined
  })
  const [missing] = dangling
  if (missing) {
    throw new FhirProblem(400, 'invalid', `The bundle has no entry ${missing}`)
  }
  for (const reference of conditional) asked.set(reference, await lookedUp(visit, reference))
  return mapReferences(resource, (reference) => names.get(reference) ?? asked.get(reference))
}

async function lookedUp(visit: Visit, reference: string): Promise<string> {
  const [type = '', condition = ''] = reference.split('?')
  const found = await chosenBy(visit, type, condition)
  const kept = found ? await visit.store.read(type, found, visit.reach.scope) : undefined
  if (kept?.resource) await noteShown(visit, [{ ...kept.resource, id: kept.id }], 'search-type')
  if (found) return `${type}/${found}`
  throw new FhirProblem(412, 'not-found', `The reference ${type}?… finds no record`)
}

type Running = Readonly<{ answers: BundleEntry[]; serve: Serve }>
type Put = Readonly<{ step: Planned; ready: Ready }>

async function runPhase(visit: Visit, steps: readonly Planned[], running: Running): Promise<void> {
  const puts: Put[] = []
  const breathe = breather()
  for (const step of steps.toSorted((a, b) => lateness(a) - lateness(b))) {
    await breathe()
    await at(visit, step, async () => {
      if (isToWrite(step)) puts.push({ step, ready: await prepare(visit, wishOf(step)) })
      else running.answers[step.index] = await runOther(visit, step, running.serve)
    })
  }
  const written = await visit.service.store.writeMany(puts.map((each) => each.ready.request))
  await noteWritten(
    visit,
    puts.map((each, index) => ({ ...each.ready, written: written[index] })),
  )
  const full = /return=representation/.test(visit.request.headers.get('prefer') ?? '')
  for (const [index, { step }] of puts.entries()) {
    const each = written[index]
    if (each) running.answers[step.index] = await writtenEntry(visit, each, full)
  }
}

function isToWrite({ verb, found }: Planned): boolean {
  return verb === 'PUT' || (verb === 'POST' && !found)
}

/** People first, so that what is written about them finds them; what speaks of other records last. */
function lateness({ type }: Planned): number {
  if (type === 'Patient') return 0
  return type === 'Provenance' ? 2 : 1
}

function wishOf(step: Planned): Wish {
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
  }
}

async function kept(visit: Visit, step: Planned): Promise<BundleEntry> {
  const condition = step.entry.request?.ifNoneExist ?? ''
  const found = await existing(visit, step.type, condition)
  if (!found) throw new FhirProblem(412, 'conflict', 'The record that was found no longer exists')
  return await writtenEntry(visit, found, false)
}

async function runOther(visit: Visit, step: Planned, serve: Serve): Promise<BundleEntry> {
  const { type, id } = step
  const version = versionWanted(step.entry.request?.ifMatch)
  if (step.verb === 'GET') return await looked(visit, step, serve)
  if (step.verb === 'POST') return await kept(visit, step)
  if (step.verb === 'PATCH' && id) {
    const written = await patchOne(visit, {
      ...{ type, id, steps: parseJson(patchIn(step.resource)), version },
      chosen: step.found !== undefined,
    })
    return await writtenEntry(visit, written, false)
  }
  const gone = id ? await remove(visit, { type, id, version }) : undefined
  return { response: { status: '204', ...(gone ? { etag: versionTag(gone.version) } : {}) } }
}

async function looked(visit: Visit, step: Planned, serve: Serve): Promise<BundleEntry> {
  const url = new URL(`${visit.base}/${step.url.replace(/^\//, '')}`)
  visit.asked.push(questionIn(step.url))
  const prefer = visit.request.headers.get('prefer')
  const headers = { Accept: 'application/fhir+json', ...(prefer ? { Prefer: prefer } : {}) }
  const request = new Request(url, { headers })
  const response = await serve({ ...visit, request, url })
  const etag = response.headers.get('etag')
  return {
    resource: readExactly(await response.text()) as Resource,
    response: { status: String(response.status), ...(etag ? { etag } : {}) },
  }
}
