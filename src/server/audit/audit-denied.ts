import { everyone } from '#server/authorization/access-scope.ts'
import type { Route } from '#server/http/fhir-routes.ts'
import { keepNote, type Visit } from '#server/http/request-context.ts'
import { problemOf } from '#server/http/responses.ts'
import type { Serve } from '#server/interactions/transaction.ts'
import type { TrailEntry } from './audit-log.ts'
import { questionIn } from './audited-request.ts'

/**
 * Serves, and sees to it that every call leaves an entry of what was asked: also one that found nothing, touched nobody's
 * record, or was refused for whatever reason. A question that is answered by a refusal is a look too. Of a refusal the
 * entry names the person concerned when the record exists.
 */
export function leavingATrace(serve: Serve, wayOf: (visit: Visit) => string): Serve {
  return async (called) => {
    const visit = { ...called, asked: [questionIn(addressOf(called))], told: { asked: 0 } }
    try {
      const answer = await serve(visit)
      if (visit.told.asked < visit.asked.length) {
        const act = actOf(visit.request.method, false)
        await keepNote(visit, new Map(), { act, way: wayOf(visit) })
      }
      return answer
    } catch (error) {
      const noted = noteRefusal(visit, error)
      // what failed may be the very database that the trail is in
      if (problemOf(error).status >= 500) await noted.catch(() => undefined)
      else await noted
      throw error
    }
  }
}

const addressOf = ({ url }: Visit) => `${url.pathname.replace(/^\/fhir/, '')}${url.search}`

/** The name of a way that touched nobody, as those that did are called. */
export function wayOfRoute(route: Route): string {
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

/** Words of a refusal are kept where it is about a record; elsewhere they may repeat what was typed. */
async function noteRefusal(visit: Visit, error: unknown): Promise<void> {
  const { status, code, message } = problemOf(error)
  const isAbout = visit.concerned.size > 0 && status < 500
  const [, type = '', id = ''] = visit.url.pathname.replace(/^\/fhir/, '').split('/')
  const named = /^[A-Z]/.test(type) && id !== '' && !/^[_$]/.test(id)
  const references = new Set([...(named ? [`${type}/${id}`] : []), ...visit.concerned])
  await keepNote(visit, await byPerson(visit, references), {
    act: actOf(visit.request.method, named),
    way: 'refused',
    allowed: false,
    why: isAbout || status === 403 || status === 404 ? message : `${status} ${code}`,
  })
}

async function byPerson(
  visit: Visit,
  references: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const what = new Map<string, string[]>()
  for (const reference of references) {
    const [type = '', id = ''] = reference.split('/')
    const kept = await visit.service.store.read(type, id, everyone)
    if (kept?.person) what.set(kept.person, [...(what.get(kept.person) ?? []), reference])
  }
  return what
}

function actOf(method: string, named: boolean): TrailEntry['act'] {
  if (method === 'GET' || method === 'HEAD') return 'R'
  if (method === 'DELETE') return 'D'
  return named ? 'U' : 'C'
}
