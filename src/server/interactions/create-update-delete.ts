import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { questionIn } from '#server/audit/audited-request.ts'
import { ownRecord } from '#server/authorization/authorize-write.ts'
import { mustBeGiven, searchScope } from '#server/authorization/smart-scopes.ts'
import { shownTo } from '#server/authorization/visible-records.ts'
import { bodyResource, bodyText, mustSend } from '#server/http/negotiation.ts'
import { readJson } from '#server/http/read-json.ts'
import { noteShown, type Visit } from '#server/http/request-context.ts'
import { emptyAnswer, versionTag, versionWanted, writtenAnswer } from '#server/http/responses.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { isControl } from '#server/store/search/result-parameters.ts'
import type { Written } from '#server/store/store.ts'
import { standInLine } from './conditional-queue.ts'
import { applyPatch } from './json-patch.ts'
import { type Doomed, put, remove, within } from './store-record.ts'

/** Its steps and what they copy are limited besides. */
const longestPatch = 1_000_000

type Named = Readonly<{ type: string; id: string }>

/** A record as kept: without the meta elements that the server sets. */
function asWish(resource: Resource, type: string, id: string): ResourceWithId {
  if (resource.resourceType !== type) {
    const text = `The body is a ${resource.resourceType}, but the address says ${type}`
    throw new FhirProblem(400, 'invalid', text, { expression: resource.resourceType })
  }
  return { ...resource, id }
}

export async function create(visit: Visit, type: string): Promise<Response> {
  const resource = await bodyResource(visit.request)
  const condition = visit.request.headers.get('if-none-exist')
  const made = await createOne(visit, { type, resource, condition })
  return writtenAnswer(visit, made)
}

export type Creation = Readonly<{
  type: string
  resource: Resource
  /** search that must find nothing; finding one answers that one */
  condition?: string | null
}>

async function createOne(visit: Visit, creation: Creation): Promise<Written> {
  const { type, resource, condition } = creation
  return await within(visit, async (inside) => {
    if (condition) {
      await standInLine(inside, [{ type, condition, resource }])
      const found = await existing(inside, type, condition)
      if (found) return found
    }
    const wish = asWish(resource, type, crypto.randomUUID())
    return await put(inside, { resource: wish, onlyNew: true })
  })
}

/** The one record that a condition finds; 412 when it finds several. */
export async function existing(
  visit: Visit,
  type: string,
  condition: string,
): Promise<Written | undefined> {
  const id = await chosenBy(visit, type, condition)
  if (!id) return undefined
  const kept = await visit.store.read(type, id, visit.reach.scope)
  if (kept?.resource) await noteShown(visit, [{ ...kept.resource, id }], 'create')
  return kept && { kept, outcome: 'unchanged' }
}

export async function chosenBy(
  visit: Visit,
  type: string,
  condition: string,
): Promise<string | undefined> {
  const query = new URLSearchParams(condition.replace(/^[^?]*\?/, ''))
  visit.asked.push(questionIn(`${type}?${query}`))
  if (![...query.keys()].some((name) => !isControl(name)))
    throw new FhirProblem(412, 'invalid', 'The condition is empty')
  const found = await visit.store.match(type, query, searchScope(visit, type), 2)
  // whatever comes of it, a refusal tells that these are there
  for (const id of found) visit.concerned.add(`${type}/${id}`)
  if (found.length > 1) {
    throw new FhirProblem(412, 'multiple-matches', 'The condition finds more than one record')
  }
  return found[0]
}

export async function update(visit: Visit, { type, id }: Named): Promise<Response> {
  const resource = await bodyResource(visit.request)
  if (resource.id !== id) {
    const text = 'The id in the body must be the id in the address'
    throw new FhirProblem(400, 'invalid', text, { expression: `${type}.id` })
  }
  const { headers } = visit.request
  const written = await put(visit, {
    resource: asWish(resource, type, id),
    version: versionWanted(headers.get('if-match')),
    onlyNew: headers.get('if-none-match')?.trim() === '*',
  })
  return writtenAnswer(visit, written)
}

export async function updateWhere(visit: Visit, type: string): Promise<Response> {
  const resource = await bodyResource(visit.request)
  const version = versionWanted(visit.request.headers.get('if-match'))
  const condition = visit.url.search.slice(1)
  const written = await within(visit, async (inside) =>
    updateChosen(inside, { type, resource, condition, version }),
  )
  return writtenAnswer(visit, written)
}

async function updateChosen(
  visit: Visit,
  wish: Readonly<{
    type: string
    resource: Resource
    condition: string
    version?: number | undefined
  }>,
): Promise<Written> {
  const { type, resource, version } = wish
  await standInLine(visit, [{ type, condition: wish.condition, resource }])
  const found = await chosenBy(visit, type, wish.condition)
  if (found && resource.id && resource.id !== found) {
    throw new FhirProblem(400, 'invalid', 'The condition finds a record with another id')
  }
  const id = found ?? resource.id ?? crypto.randomUUID()
  const chosen = found !== undefined
  return await put(visit, {
    resource: asWish(resource, type, id),
    version,
    chosen,
    onlyNew: !chosen,
  })
}

export async function destroy(visit: Visit, { type, id }: Named): Promise<Response> {
  const version = versionWanted(visit.request.headers.get('if-match'))
  const gone = await remove(visit, { type, id, version } satisfies Doomed)
  return emptyAnswer(204, gone ? { ETag: versionTag(gone.version) } : {})
}

export async function destroyWhere(visit: Visit, type: string): Promise<Response> {
  await within(visit, async (inside) => {
    const id = await chosenBy(inside, type, visit.url.search.slice(1))
    if (id) await remove(inside, { type, id })
  })
  return emptyAnswer(204)
}

const patchKinds = ['application/json-patch+json']

export async function patch(visit: Visit, named: Named): Promise<Response> {
  mustSend(visit.request, patchKinds)
  const steps = await readJson(await bodyText(visit.request, longestPatch))
  const version = versionWanted(visit.request.headers.get('if-match'))
  return writtenAnswer(visit, await patchOne(visit, { ...named, steps, version }))
}

export async function patchWhere(visit: Visit, type: string): Promise<Response> {
  mustSend(visit.request, patchKinds)
  const steps = await readJson(await bodyText(visit.request, longestPatch))
  const version = versionWanted(visit.request.headers.get('if-match'))
  const written = await within(visit, async (inside) => {
    const id = await chosenBy(inside, type, visit.url.search.slice(1))
    if (!id) throw new FhirProblem(404, 'not-found', 'The condition finds nothing')
    return await patchOne(inside, { type, id, steps, version, chosen: true })
  })
  return writtenAnswer(visit, written)
}

type Patching = Named &
  Readonly<{
    steps: unknown
    version?: number | undefined
    /** a condition chose this record: no version is asked for */
    chosen?: boolean
  }>

/** A step that does not fit tells something of the record: its refusal is one about it. */
function patchedOf(visit: Visit, resource: Resource, { type, id, steps }: Patching): Resource {
  try {
    return applyPatch(resource, steps) as Resource
  } catch (error) {
    visit.concerned.add(`${type}/${id}`)
    throw error
  }
}

export async function patchOne(visit: Visit, wish: Patching): Promise<Written> {
  const { type, id, steps, version, chosen = false } = wish
  mustBeGiven(visit, ['u', 'r'], type)
  return await within(visit, async (inside) => {
    const reached = await inside.store.read(type, id, inside.reach.scope)
    const kept = reached ?? (await ownRecord(inside, { type, id }))
    if (!kept?.resource) throw notFound()
    const shown = await shownTo(inside, kept.resource)
    const patched = patchedOf(inside, shown, { type, id, steps })
    if (patched?.id !== id) throw new FhirProblem(422, 'business-rule', 'An id cannot be changed')
    return await put(inside, { resource: asWish(patched, type, id), version, chosen })
  })
}
