import type { AuditEvent, Bundle } from '@medplum/fhirtypes'
import { allAuditEvents, auditEventsAbout } from '#server/audit/audit-event.ts'
import { auditQueryIn } from '#server/audit/audit-query.ts'
import { formIn } from '#server/http/negotiate-json.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { rememberQuery } from '#server/http/request-memory.ts'
import { bundleResponse } from '#server/http/responses.ts'
import { FhirProblem } from '#server/problem.ts'
import { auditSearchRequest } from './audit-search-request.ts'
import { pageSize } from './read.ts'

const known = ['patient', 'entity', 'date', '_count', '_offset', '_format', '_pretty', '_summary']
const knownToAll = [...known, 'agent', 'asked']

/**
 * `AuditEvent?patient=Patient/<id>`, newest first: the audit log as FHIR, of one person at a time. Someone out of
 * reach, or missing, has none.
 */
export async function searchAuditLog(context: RequestContext): Promise<Response> {
  const query = await queryOf(context)
  if (isAboutAll(context, query)) return await searchAll(context, query)
  const person = personIn(query)
  const count = pageSize(query.get('_count'), 100)
  const offset = pageSize(query.get('_offset'), 0)
  const within = await context.store.mayReach(person, context.accessScope.scope)
  const span = spanOf(query.getAll('date'))
  const found = within
    ? await auditEventsAbout(context.sql, {
        ...{ person, scope: context.accessScope.scope, now: context.now },
        ...{ count: count + 1, offset, ...span },
      })
    : []
  await auditSearchRequest(context, { what: new Map(), asked: [person] })
  const rest = query.getAll('date').map((each) => `&date=${encodeURIComponent(each)}`)
  const here = `${context.base}/AuditEvent?patient=Patient/${person}${rest.join('')}&_count=${count}`
  return bundleResponse(bundleOf(found, { here, count, offset }, query.get('_summary') === 'count'))
}

/** An administrator may ask for what somebody did, for what was searched for, and for what touched nobody. */
const isAboutAll = ({ actor }: RequestContext, query: URLSearchParams) =>
  actor.role === 'admin' && !query.has('patient') && !query.has('entity')

async function searchAll(context: RequestContext, query: URLSearchParams): Promise<Response> {
  const count = pageSize(query.get('_count'), 100)
  const offset = pageSize(query.get('_offset'), 0)
  const agent = query.get('agent') ?? undefined
  const value = query.get('asked')
  const hashed = value ? await context.requestText.hashed(value) : undefined
  const span = spanOf(query.getAll('date'))
  const found = await allAuditEvents(context.sql, {
    agent,
    asked: hashed,
    ...span,
    count: count + 1,
    offset,
  })
  const rest = new URLSearchParams(query.getAll('date').map((each) => ['date', each]))
  if (agent) rest.set('agent', agent)
  const here = `${context.base}/AuditEvent?${rest}${rest.size > 0 ? '&' : ''}_count=${count}`
  // a search value must not be in an address
  const next = hashed ? found.slice(0, count) : found
  return bundleResponse(bundleOf(next, { here, count, offset }, query.get('_summary') === 'count'))
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

async function queryOf(context: RequestContext): Promise<URLSearchParams> {
  const query = new URLSearchParams(context.url.searchParams)
  if (context.request.method === 'POST') {
    const form = await formIn(context.request)
    rememberQuery(context, auditQueryIn(`AuditEvent?${form}`))
    for (const [name, value] of form) query.append(name, value)
  }
  // for one person there are no further filters: ignoring one would answer another question
  const names = isAboutAll(context, query) ? knownToAll : known
  const unknown = [...query.keys()].find((name) => !names.includes(name))
  if (unknown)
    throw new FhirProblem(400, 'not-supported', `The audit log cannot be searched by ${unknown}`)
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
    'The audit log is searched for one person at a time: patient=Patient/…',
  )
}

/** `ge2026-03-01`, `lt2026-03-02`: days or instants. */
function spanOf(dates: readonly string[]): { from?: string; before?: string } {
  const span: { from?: string; before?: string } = {}
  for (const text of dates) {
    const [, prefix, day] =
      /^(ge|lt)(\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z)?)$/.exec(text) ?? []
    if (!day || Number.isNaN(Date.parse(day)))
      throw new FhirProblem(400, 'value', 'date must be ge or lt followed by a day or an instant')
    span[prefix === 'ge' ? 'from' : 'before'] = day.length === 10 ? `${day}T00:00:00Z` : day
  }
  return span
}
