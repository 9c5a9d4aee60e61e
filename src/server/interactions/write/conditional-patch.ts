import type { RequestContext } from '#server/http/request-context.ts'
import { versionWanted, writtenResponse } from '#server/http/responses.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { FhirProblem } from '#server/problem.ts'
import { findByCondition } from './find-by-condition.ts'
import { patchRecord, patchSteps } from './patch.ts'

/** Patches the one record that the query finds; 404 if it finds none. */
export async function conditionalPatch(context: RequestContext, type: string): Promise<Response> {
  const steps = await patchSteps(context.request)
  const version = versionWanted(context.request.headers.get('if-match'))
  const written = await withinRecord(context, async (inside) => {
    const id = await findByCondition(inside, type, context.url.search.slice(1))
    if (!id) throw new FhirProblem(404, 'not-found', 'The condition finds nothing')
    return await patchRecord(inside, { type, id, steps, version, chosen: true })
  })
  return writtenResponse(context, written)
}
