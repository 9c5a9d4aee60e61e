import { mustStayAsScore } from '#server/assessment/guard-score.ts'
import { authorizeWrite } from '#server/authorization/authorize-write.ts'
import { mustBeGranted } from '#server/authorization/smart-scopes.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { rememberProvenance } from '#server/http/request-memory.ts'
import { stale } from '#server/http/responses.ts'
import { mustBeOurs } from '#server/integrity/must-be-ours.ts'
import { mustStay } from '#server/interactions/must-stay.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { StoredVersion } from '#server/store/store.ts'

export type Doomed = Readonly<{ type: string; id: string; version?: number | undefined }>

/** Deletes; undefined if it was already deleted. 404 if it never existed, or the actor may not know of it. */
export async function removeStoredRecord(
  context: RequestContext,
  doomed: Doomed,
): Promise<StoredVersion | undefined> {
  const { type, id } = doomed
  mustBeGranted(context, 'delete', type)
  return await withinRecord(context, async (inside) => {
    const stored = await keptUntilNow(inside, doomed)
    if (!stored.resource) return undefined
    mustBeOurs({ resourceType: type, id })
    mustStay(stored.resource)
    await mustStayAsScore(inside, stored.resource, stored.person)
    const resource = { ...stored.resource, id }
    const standing = { ...stored, resource }
    const { person, room } = await authorizeWrite(inside, { act: 'delete', resource, standing })
    const gone = await inside.service.store.remove(type, id, { version: stored.version })
    if (gone)
      rememberProvenance(inside, [{ resource, version: gone.version, act: 'D', person, room }])
    const what = new Map(person ? [[person, [`${type}/${id}`]] as const] : [])
    await note(inside, what, { act: 'D', way: 'delete' })
    return gone
  })
}

async function keptUntilNow(
  context: RequestContext,
  { type, id, version }: Doomed,
): Promise<StoredVersion> {
  const stored = await context.service.store.read(type, id, everyone)
  if (!stored || !(await context.store.read(type, id, context.accessScope.scope))) throw notFound()
  if (stored.resource && version !== undefined && version !== stored.version)
    throw stale(stored.version)
  return stored
}
