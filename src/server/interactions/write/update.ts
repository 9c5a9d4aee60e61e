import { bodyResource } from '#server/http/negotiate-json.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { versionWanted, writtenResponse } from '#server/http/responses.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import { FhirProblem } from '#server/problem.ts'
import { recordToStore } from './record-to-store.ts'

type Named = Readonly<{ type: string; id: string }>

/** With `If-None-Match: *` it creates a record under an id that the client chose. */
export async function update(context: RequestContext, { type, id }: Named): Promise<Response> {
  const resource = await bodyResource(context.request)
  if (resource.id !== id) {
    const text = 'The id in the body must be the id in the address'
    throw new FhirProblem(400, 'invalid', text, { expression: `${type}.id` })
  }
  const { headers } = context.request
  const written = await storeRecord(context, {
    resource: recordToStore(resource, type, id),
    version: versionWanted(headers.get('if-match')),
    onlyNew: headers.get('if-none-match')?.trim() === '*',
  })
  return writtenResponse(context, written)
}
