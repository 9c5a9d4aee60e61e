import type { RequestContext } from '#server/http/request-context.ts'
import { emptyResponse, versionTag, versionWanted } from '#server/http/responses.ts'
import { type Doomed, removeStoredRecord } from './remove-stored-record.ts'

type Named = Readonly<{ type: string; id: string }>

export async function deleteRecord(
  context: RequestContext,
  { type, id }: Named,
): Promise<Response> {
  const version = versionWanted(context.request.headers.get('if-match'))
  const gone = await removeStoredRecord(context, { type, id, version } satisfies Doomed)
  return emptyResponse(204, gone ? { ETag: versionTag(gone.version) } : {})
}
