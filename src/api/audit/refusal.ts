import { everyone } from '#api/access/scope-of.ts'
import { problemOf } from '#api/rest/answers.ts'
import type { Serve } from '#api/rest/transaction.ts'
import type { Visit } from '#api/rest/visit.ts'
import type { TrailEntry } from './trail.ts'

/**
 * Serves, and keeps an attempt on what is not theirs too, with the person concerned when the record exists; and one whose
 * failing says something of a record, as a `test` in a patch does.
 */
export function notingRefusals(serve: Serve): Serve {
  return async (visit) => {
    try {
      return await serve(visit)
    } catch (error) {
      const { status, message } = problemOf(error)
      const isAbout = visit.concerned.size > 0 && status >= 400 && status < 500
      if (isAbout || status === 403 || status === 404) await note(visit, message)
      throw error
    }
  }
}

async function note(visit: Visit, why: string): Promise<void> {
  const [, type = '', id = ''] = visit.url.pathname.replace(/^\/fhir/, '').split('/')
  const named = /^[A-Z]/.test(type) && id !== '' && !/^[_$]/.test(id)
  const references = new Set([...(named ? [`${type}/${id}`] : []), ...visit.concerned])
  await visit.trail({
    at: visit.now,
    actor: visit.actor,
    act: actOf(visit.request.method, named),
    way: 'refused',
    allowed: false,
    why,
    what: await byPerson(visit, references),
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
