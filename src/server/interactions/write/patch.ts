import type { Resource } from '@medplum/fhirtypes'
import { ownRecord } from '#server/authorization/authorize-write.ts'
import { mustBeGiven } from '#server/authorization/smart-scopes.ts'
import { bodyText, mustSend } from '#server/http/negotiate-json.ts'
import { readJson } from '#server/http/read-json.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { rememberReference } from '#server/http/request-memory.ts'
import { versionWanted, writtenResponse } from '#server/http/responses.ts'
import { visibleTo } from '#server/http/visible-records.ts'
import { applyJsonPatch } from '#server/interactions/json-patch.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import type { WriteResult } from '#server/store/store.ts'
import { recordToStore } from './record-to-store.ts'

/** Its steps and what they copy have separate limits. */
const longestPatch = 1_000_000

const patchKinds = ['application/json-patch+json']

type Named = Readonly<{ type: string; id: string }>

export async function patch(context: RequestContext, named: Named): Promise<Response> {
  const steps = await patchSteps(context.request)
  const version = versionWanted(context.request.headers.get('if-match'))
  return writtenResponse(context, await patchRecord(context, { ...named, steps, version }))
}

/** The steps of a JSON Patch that was sent, not checked yet. */
export async function patchSteps(request: Request): Promise<unknown> {
  mustSend(request, patchKinds)
  return await readJson(await bodyText(request, longestPatch))
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
    rememberReference(context, `${type}/${id}`)
    throw error
  }
}

/** Within the transaction of the request, if it is in one. */
export async function patchRecord(context: RequestContext, wish: Patching): Promise<WriteResult> {
  const { type, id, steps, version, chosen = false } = wish
  mustBeGiven(context, ['u', 'r'], type)
  return await withinRecord(context, async (inside) => {
    const reached = await inside.store.read(type, id, inside.accessScope.scope)
    const stored = reached ?? (await ownRecord(inside, { type, id }))
    if (!stored?.resource) throw notFound()
    const shown = await visibleTo(inside, stored.resource)
    const patched = patchedOf(inside, shown, { type, id, steps })
    if (patched?.id !== id) throw new FhirProblem(422, 'business-rule', 'An id cannot be changed')
    return await storeRecord(inside, {
      resource: recordToStore(patched, type, id),
      version,
      chosen,
    })
  })
}
