import type { Resource } from '@medplum/fhirtypes'
import { bodyResource } from '#server/http/negotiate-json.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { versionWanted, writtenResponse } from '#server/http/responses.ts'
import { waitInConditionalQueue } from '#server/interactions/conditional-queue.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import { FhirProblem } from '#server/problem.ts'
import type { WriteResult } from '#server/store/store.ts'
import { findByCondition } from './find-by-condition.ts'
import { recordToStore } from './record-to-store.ts'

/** Updates the one record that the query finds, or creates one. */
export async function conditionalUpdate(context: RequestContext, type: string): Promise<Response> {
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
  const found = await findByCondition(context, type, wish.condition)
  if (found && resource.id && resource.id !== found) {
    throw new FhirProblem(400, 'invalid', 'The condition finds a record with another id')
  }
  const id = found ?? resource.id ?? crypto.randomUUID()
  const chosen = found !== undefined
  return await storeRecord(context, {
    resource: recordToStore(resource, type, id),
    version,
    chosen,
    onlyNew: !chosen,
  })
}
