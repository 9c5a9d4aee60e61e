import type { RequestContext } from '#server/http/request-context.ts'
import { emptyResponse } from '#server/http/responses.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { findByCondition } from './find-by-condition.ts'
import { removeStoredRecord } from './remove-stored-record.ts'

/** Deletes the one record that the query finds, if there is one. */
export async function conditionalDelete(context: RequestContext, type: string): Promise<Response> {
  await withinRecord(context, async (inside) => {
    const id = await findByCondition(inside, type, context.url.search.slice(1))
    if (id) await removeStoredRecord(inside, { type, id })
  })
  return emptyResponse(204)
}
