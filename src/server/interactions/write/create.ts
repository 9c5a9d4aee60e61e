import type { Resource } from '@medplum/fhirtypes'
import { bodyResource } from '#server/http/negotiate-json.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { writtenResponse } from '#server/http/responses.ts'
import { waitInConditionalQueue } from '#server/interactions/conditional-queue.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import type { WriteResult } from '#server/store/store.ts'
import { conditionOf, sentBefore } from '#server/watch/sent-before.ts'
import { recordByCondition } from './find-by-condition.ts'
import { recordToStore } from './record-to-store.ts'

/** Conditional with If-None-Exist: a search that must find nothing; if it finds one record, that one is returned. A reading of a device that comes again is such a search by itself. */
export async function create(context: RequestContext, type: string): Promise<Response> {
  const resource = await bodyResource(context.request)
  const condition = context.request.headers.get('if-none-exist')
  const made = await createOne(context, { type, resource, condition })
  return writtenResponse(context, made)
}

type Creation = Readonly<{ type: string; resource: Resource; condition: string | null }>

async function createOne(context: RequestContext, creation: Creation): Promise<WriteResult> {
  const { type, resource, condition } = creation
  const wish = {
    resource: recordToStore(resource, type, crypto.randomUUID()),
    onlyNew: true,
    fresh: true,
  }
  const asked = condition ?? conditionOf(resource)
  if (!asked) return await storeRecord(context, wish)
  return await withinRecord(context, async (inside) => {
    await waitInConditionalQueue(inside, [{ type, condition: asked, resource }])
    const found = condition
      ? await recordByCondition(inside, type, condition)
      : await sentBefore(inside, wish.resource)
    return found ?? (await storeRecord(inside, wish))
  })
}
