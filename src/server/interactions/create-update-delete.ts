import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { auditQueryIn } from '#server/audit/audit-query.ts'
import { ownRecord } from '#server/authorization/authorize-write.ts'
import { mustBeGiven, smartSearchScope } from '#server/authorization/smart-scopes.ts'
import { bodyResource, bodyText, mustSend } from '#server/http/negotiate-json.ts'
import { readJson } from '#server/http/read-json.ts'
import { noteShown, type RequestContext } from '#server/http/request-context.ts'
import {
  emptyResponse,
  versionTag,
  versionWanted,
  writtenResponse,
} from '#server/http/responses.ts'
import { visibleTo } from '#server/http/visible-records.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { isResultParameter } from '#server/store/search/result-parameters.ts'
import type { WriteResult } from '#server/store/store.ts'
import { waitInConditionalQueue } from './conditional-queue.ts'
import { applyJsonPatch } from './json-patch.ts'
import { withinRecord } from './record-transaction.ts'
import { type Doomed, removeStoredRecord, storeRecord } from './store-record.ts'

/** Its steps and what they copy have limits of their own. */
const longestPatch = 1_000_000

type Named = Readonly<{ type: string; id: string }>

/** A record as stored: without the meta elements that the server sets. */
function asWish(resource: Resource, type: string, id: string): ResourceWithId {
  if (resource.resourceType !== type) {
    const text = `The body is a ${resource.resourceType}, but the address says ${type}`
    throw new FhirProblem(400, 'invalid', text, { expression: resource.resourceType })
  }
  return { ...resource, id }
}

export async function create(context: RequestContext, type: string): Promise<Response> {
  const resource = await bodyResource(context.request)
  const condition = context.request.headers.get('if-none-exist')
  const made = await createOne(context, { type, resource, condition })
  return writtenResponse(context, made)
}

export type Creation = Readonly<{
  type: string
  resource: Resource
  /** search that must find nothing; if it finds one, that one is returned */
  condition?: string | null
}>

async function createOne(context: RequestContext, creation: Creation): Promise<WriteResult> {
  const { type, resource, condition } = creation
  const wish = { resource: asWish(resource, type, crypto.randomUUID()), onlyNew: true, fresh: true }
  if (!condition) return await storeRecord(context, wish)
  return await withinRecord(context, async (inside) => {
    await waitInConditionalQueue(inside, [{ type, condition, resource }])
    return (await existing(inside, type, condition)) ?? (await storeRecord(inside, wish))
  })
}

/** The one record that a condition finds; 412 if it finds several. */
export async function existing(
  context: RequestContext,
  type: string,
  condition: string,
): Promise<WriteResult | undefined> {
  const id = await chosenBy(context, type, condition)
  if (!id) return undefined
  const kept = await context.store.read(type, id, context.accessScope.scope)
  if (kept?.resource) await noteShown(context, [{ ...kept.resource, id }], 'create')
  return kept && { kept, outcome: 'unchanged' }
}

export async function chosenBy(
  context: RequestContext,
  type: string,
  condition: string,
): Promise<string | undefined> {
  const query = new URLSearchParams(condition.replace(/^[^?]*\?/, ''))
  context.auditedRequests.push(auditQueryIn(`${type}?${query}`))
  if (![...query.keys()].some((name) => !isResultParameter(name)))
    throw new FhirProblem(412, 'invalid', 'The condition is empty')
  const found = await context.store.match(type, query, smartSearchScope(context, type), 2)
  // whatever the outcome, a refusal reveals that these exist
  for (const id of found) context.auditedReferences.add(`${type}/${id}`)
  if (found.length > 1) {
    throw new FhirProblem(412, 'multiple-matches', 'The condition finds more than one record')
  }
  return found[0]
}

export async function update(context: RequestContext, { type, id }: Named): Promise<Response> {
  const resource = await bodyResource(context.request)
  if (resource.id !== id) {
    const text = 'The id in the body must be the id in the address'
    throw new FhirProblem(400, 'invalid', text, { expression: `${type}.id` })
  }
  const { headers } = context.request
  const written = await storeRecord(context, {
    resource: asWish(resource, type, id),
    version: versionWanted(headers.get('if-match')),
    onlyNew: headers.get('if-none-match')?.trim() === '*',
  })
  return writtenResponse(context, written)
}

export async function updateWhere(context: RequestContext, type: string): Promise<Response> {
  const resource = await bodyResource(context.request)
  const version = versionWanted(context.request.headers.get('if-match'))
  const condition = context.url.search.slice(1)
  const written = await withinRecord(context, async (inside) =>
    updateChosen(inside, { type, resource, condition, version }),
  )
  return writtenResponse(context, written)
}

async function updateChosen(
  context: RequestContext,
  wish: Readonly<{
    type: string
    resource: Resource
    condition: string
    version?: number | undefined
  }>,
): Promise<WriteResult> {
  const { type, resource, version } = wish
  await waitInConditionalQueue(context, [{ type, condition: wish.condition, resource }])
  const found = await chosenBy(context, type, wish.condition)
  if (found && resource.id && resource.id !== found) {
    throw new FhirProblem(400, 'invalid', 'The condition finds a record with another id')
  }
  const id = found ?? resource.id ?? crypto.randomUUID()
  const chosen = found !== undefined
  return await storeRecord(context, {
    resource: asWish(resource, type, id),
    version,
    chosen,
    onlyNew: !chosen,
  })
}

export async function destroy(context: RequestContext, { type, id }: Named): Promise<Response> {
  const version = versionWanted(context.request.headers.get('if-match'))
  const gone = await removeStoredRecord(context, { type, id, version } satisfies Doomed)
  return emptyResponse(204, gone ? { ETag: versionTag(gone.version) } : {})
}

export async function destroyWhere(context: RequestContext, type: string): Promise<Response> {
  await withinRecord(context, async (inside) => {
    const id = await chosenBy(inside, type, context.url.search.slice(1))
    if (id) await removeStoredRecord(inside, { type, id })
  })
  return emptyResponse(204)
}

const patchKinds = ['application/json-patch+json']

export async function patch(context: RequestContext, named: Named): Promise<Response> {
  mustSend(context.request, patchKinds)
  const steps = await readJson(await bodyText(context.request, longestPatch))
  const version = versionWanted(context.request.headers.get('if-match'))
  return writtenResponse(context, await patchOne(context, { ...named, steps, version }))
}

export async function patchWhere(context: RequestContext, type: string): Promise<Response> {
  mustSend(context.request, patchKinds)
  const steps = await readJson(await bodyText(context.request, longestPatch))
  const version = versionWanted(context.request.headers.get('if-match'))
  const written = await withinRecord(context, async (inside) => {
    const id = await chosenBy(inside, type, context.url.search.slice(1))
    if (!id) throw new FhirProblem(404, 'not-found', 'The condition finds nothing')
    return await patchOne(inside, { type, id, steps, version, chosen: true })
  })
  return writtenResponse(context, written)
}

type Patching = Named &
  Readonly<{
    steps: unknown
    version?: number | undefined
    /** a condition chose this record: no version is needed */
    chosen?: boolean
  }>

/** A step that does not apply reveals something about the record: its refusal is one about that record. */
function patchedOf(
  context: RequestContext,
  resource: Resource,
  { type, id, steps }: Patching,
): Resource {
  try {
    return applyJsonPatch(resource, steps) as Resource
  } catch (error) {
    context.auditedReferences.add(`${type}/${id}`)
    throw error
  }
}

export async function patchOne(context: RequestContext, wish: Patching): Promise<WriteResult> {
  const { type, id, steps, version, chosen = false } = wish
  mustBeGiven(context, ['u', 'r'], type)
  return await withinRecord(context, async (inside) => {
    const reached = await inside.store.read(type, id, inside.accessScope.scope)
    const kept = reached ?? (await ownRecord(inside, { type, id }))
    if (!kept?.resource) throw notFound()
    const shown = await visibleTo(inside, kept.resource)
    const patched = patchedOf(inside, shown, { type, id, steps })
    if (patched?.id !== id) throw new FhirProblem(422, 'business-rule', 'An id cannot be changed')
    return await storeRecord(inside, { resource: asWish(patched, type, id), version, chosen })
  })
}
