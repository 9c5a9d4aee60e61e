import { everyone } from '#api/access/scope-of.ts'
import { problemOf } from '#api/rest/answers.ts'
import type { Serve } from '#api/rest/transaction.ts'
import type { Visit } from '#api/rest/visit.ts'
import type { TrailEntry } from './trail.ts'

/** Serves, and keeps an attempt on what is not theirs too, with the person concerned when the record exists. */
export function notingRefusals(serve: Serve): Serve {
  return async (visit) => {
    try {
      return await serve(visit)
    } catch (error) {
      const { status, message } = problemOf(error)
      if (status === 403 || status === 404) await note(visit, message)
      throw error
    }
  }
}

async function note(visit: Visit, why: string): Promise<void> {
  const [, type = '', id = ''] = visit.url.pathname.replace(/^\/fhir/, '').split('/')
  const named = /^[A-Z]/.test(type) && id !== '' && !/^[_$]/.test(id)
  const kept = named ? await visit.service.store.read(type, id, everyone) : undefined
  const reference = named ? `${type}/${id}` : type
  await visit.trail({
    at: visit.now,
    actor: visit.actor,
    act: actOf(visit.request.method, named),
    way: 'refused',
    allowed: false,
    why,
    what: new Map(kept?.person ? [[kept.person, [reference]]] : []),
  })
}

function actOf(method: string, named: boolean): TrailEntry['act'] {
  if (method === 'GET' || method === 'HEAD') return 'R'
  if (method === 'DELETE') return 'D'
  return named ? 'U' : 'C'
}
