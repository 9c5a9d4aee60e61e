import type { AuditEntry } from '#server/audit/audit-log.ts'
import { auditQueryIn } from '#server/audit/audit-query.ts'
import type { FhirRoute } from '#server/http/fhir-routes.ts'
import { keepNote, type RequestContext } from '#server/http/request-context.ts'
import { memoryOfQueries } from '#server/http/request-memory.ts'
import { problemOf } from '#server/http/responses.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Serve } from './transaction.ts'

/**
 * Serves a request, and makes sure that it leaves an entry in the audit log: also one that found nothing, touched
 * nobody's record, or was refused for any reason. A refused question counts as an access too. The entry of a refusal
 * names the person concerned if the record exists.
 */
export function auditingDenied(serve: Serve, wayOf: (context: RequestContext) => string): Serve {
  return async (called) => {
    const context: RequestContext = {
      ...called,
      ...memoryOfQueries(auditQueryIn(addressOf(called))),
    }
    try {
      const answer = await serve(context)
      if (context.auditedSoFar.asked < context.auditedRequests.length) {
        const act = actOf(context.request.method, false)
        await keepNote(context, new Map(), { act, way: wayOf(context) })
      }
      return answer
    } catch (error) {
      const noted = noteRefusal(context, error)
      // the database that failed may be the one that holds the audit log
      if (problemOf(error).status >= 500) await noted.catch(() => undefined)
      else await noted
      throw error
    }
  }
}

const addressOf = ({ url }: RequestContext) => `${url.pathname.replace(/^\/fhir/, '')}${url.search}`

/** The name of a request that touched nobody, in the same form as for those that did. */
export function wayOfRoute(route: FhirRoute): string {
  switch (route.kind) {
    case 'operation':
      return `$${route.name}`
    case 'history':
      return route.id ? 'history-instance' : 'history-type'
    case 'trail':
    case 'search':
    case 'search-form':
      return 'search-type'
    default:
      return route.kind.replace('-where', '')
  }
}

/** The text of a refusal is kept if it is about a record; elsewhere it may repeat what was typed. */
async function noteRefusal(context: RequestContext, error: unknown): Promise<void> {
  const { status, code, message } = problemOf(error)
  const isAbout = context.auditedReferences.size > 0 && status < 500
  const [, type = '', id = ''] = context.url.pathname.replace(/^\/fhir/, '').split('/')
  const named = /^[A-Z]/.test(type) && id !== '' && !/^[_$]/.test(id)
  const references = new Set([...(named ? [`${type}/${id}`] : []), ...context.auditedReferences])
  await keepNote(context, await byPerson(context, references), {
    act: actOf(context.request.method, named),
    way: 'refused',
    allowed: false,
    why: isAbout || status === 403 || status === 404 ? message : `${status} ${code}`,
  })
}

async function byPerson(
  context: RequestContext,
  references: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const what = new Map<string, string[]>()
  for (const reference of references) {
    const [type = '', id = ''] = reference.split('/')
    const stored = await context.service.store.read(type, id, everyone)
    if (stored?.person) what.set(stored.person, [...(what.get(stored.person) ?? []), reference])
  }
  return what
}

function actOf(method: string, named: boolean): AuditEntry['act'] {
  if (method === 'GET' || method === 'HEAD') return 'R'
  if (method === 'DELETE') return 'D'
  return named ? 'U' : 'C'
}
