import type { AuditEvent, Bundle } from '@medplum/fhirtypes'
import { FhirProblem } from '#api/problem.ts'
import { bundleAnswer } from '#api/rest/answers.ts'
import { formIn } from '#api/rest/negotiation.ts'
import { pageSize } from '#api/rest/read.ts'
import { note, type Visit } from '#api/rest/visit.ts'
import { eventsAbout } from './audit-event.ts'

const known = ['patient', 'entity', 'date', '_count', '_offset', '_format', '_pretty', '_summary']

/**
 * `AuditEvent?patient=Patient/<id>`, newest first: the trail as FHIR tells it, of one person at a time. Someone out of
 * reach, or not there, has none.
 */
export async function searchTrail(visit: Visit): Promise<Response> {
  const query = await queryOf(visit)
  const person = personIn(query)
  const count = pageSize(query.get('_count'), 100)
  const offset = pageSize(query.get('_offset'), 0)
  const within = await visit.store.mayReach(person, visit.reach.scope)
  const span = spanOf(query.getAll('date'))
  const found = within
    ? await eventsAbout(visit.sql, {
        ...{ person, scope: visit.reach.scope, now: visit.now },
        ...{ count: count + 1, offset, ...span },
      })
    : []
  if (within)
    await note(visit, new Map([[person, [`Patient/${person}`]]]), { act: 'R', way: 'search-type' })
  const rest = query.getAll('date').map((each) => `&date=${encodeURIComponent(each)}`)
  const here = `${visit.base}/AuditEvent?patient=Patient/${person}${rest.join('')}&_count=${count}`
  return bundleAnswer(bundleOf(found, { here, count, offset }, query.get('_summary') === 'count'))
}

type Page = Readonly<{ here: string; count: number; offset: number }>

function bundleOf(found: readonly AuditEvent[], page: Page, countOnly: boolean): Bundle {
  const { here, count, offset } = page
  const next = found.length > count
  const entry = found
    .slice(0, count)
    .map((resource) => ({ resource, search: { mode: 'match' as const } }))
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [
      { relation: 'self', url: `${here}&_offset=${offset}` },
      ...(next ? [{ relation: 'next', url: `${here}&_offset=${offset + count}` }] : []),
    ],
    ...(entry.length > 0 && !countOnly ? { entry } : {}),
  }
}

async function queryOf(visit: Visit): Promise<URLSearchParams> {
  const query = new URLSearchParams(visit.url.searchParams)
  if (visit.request.method === 'POST') {
    for (const [name, value] of await formIn(visit.request)) query.append(name, value)
  }
  const unknown = [...query.keys()].find((name) => !known.includes(name))
  if (unknown)
    throw new FhirProblem(400, 'not-supported', `The trail is not searched by ${unknown}`)
  return query
}

function personIn(query: URLSearchParams): string {
  const [id, another] = [...query.getAll('patient'), ...query.getAll('entity')].map((each) =>
    each.replace(/^Patient\//, ''),
  )
  if (id && !another && /^[A-Za-z0-9\-.]{1,64}$/.test(id)) return id
  throw new FhirProblem(
    400,
    'required',
    'The trail is asked for about one person: patient=Patient/…',
  )
}

/** `ge2026-03-01`, `lt2026-03-02`: days or instants. */
function spanOf(dates: readonly string[]): { from?: string; before?: string } {
  const span: { from?: string; before?: string } = {}
  for (const text of dates) {
    const [, prefix, day] =
      /^(ge|lt)(\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z)?)$/.exec(text) ?? []
    if (!day || Number.isNaN(Date.parse(day)))
      throw new FhirProblem(400, 'value', 'date is ge or lt and a day or an instant')
    span[prefix === 'ge' ? 'from' : 'before'] = day.length === 10 ? `${day}T00:00:00Z` : day
  }
  return span
}
