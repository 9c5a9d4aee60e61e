import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { questionIn } from '#server/audit/audited-request.ts'
import { shownTo } from '#server/authorization/visible-records.ts'
import { formIn } from '#server/http/negotiation.ts'
import { openPage, sealPage } from '#server/http/page-token.ts'
import { type Visit, whose } from '#server/http/request-context.ts'
import { bundleAnswer } from '#server/http/responses.ts'
import { FhirProblem, issueOf, outcomeOf } from '#server/problem.ts'
import type { SearchResult } from '#server/store/store.ts'
import { noteWithAskedFor, peopleAskedFor } from './audit-search-request.ts'

/** Parameters that speak of the answer's format, not of what is looked for. */
const aboutFormat = ['_format', '_pretty']

export async function searchByAddress(visit: Visit, type: string): Promise<Response> {
  return await search(visit, { type, query: visit.url.searchParams, posted: false })
}

export async function searchByForm(visit: Visit, type: string): Promise<Response> {
  const query = await formIn(visit.request)
  visit.asked.push(questionIn(`${type}?${query}`))
  for (const [name, value] of visit.url.searchParams) query.append(name, value)
  return await search(visit, { type, query, posted: true })
}

type Asked = Readonly<{ type: string; query: URLSearchParams; posted: boolean }>

async function search(visit: Visit, asked: Asked): Promise<Response> {
  const token = asked.query.get('_page')
  if (!token) return await searchPage(visit, asked, asked.query)
  const page = await openPage(visit.service.sql, token, visit.actor.identity)
  if (page.type !== asked.type)
    throw new FhirProblem(410, 'expired', 'This page link belongs to another search')
  const query = new URLSearchParams(page.query)
  visit.asked.push(questionIn(`${asked.type}?${query}`))
  const paged = new URLSearchParams(query)
  paged.delete('_offset')
  paged.set('_cursor', page.next)
  return await searchPage(visit, { ...asked, query }, paged)
}

async function searchPage(visit: Visit, asked: Asked, query: URLSearchParams): Promise<Response> {
  for (const name of aboutFormat) {
    query.delete(name)
    asked.query.delete(name)
  }
  const found = await visit.store.search(asked.type, query, visit.reach.scope)
  if (found.unknown.length > 0) refuseUnknown(visit, found.unknown)
  await noteSearched(visit, asked, found)
  const bundle = await bundleOf(visit, asked, found)
  return bundleAnswer(await shownTo(visit, bundle, [...found.matches, ...found.included]))
}

/** That there are none tells something of a person too, if she was asked about. */
async function noteSearched(visit: Visit, { type, query }: Asked, found: SearchResult) {
  const { people, matches, included } = found
  const what = people ? counted(type, people) : await whose(visit, [...matches, ...included])
  await noteWithAskedFor(visit, { what, asked: await peopleAskedFor(visit, type, query) })
}

function counted(type: string, people: ReadonlyMap<string, number>) {
  return new Map(
    [...people].map(([person, count]) => [person, [`${type}×${count}`] as readonly string[]]),
  )
}

/** A filter that is not understood is said, or refused when the caller asked for strictness: it would show too much. */
function refuseUnknown(visit: Visit, unknown: readonly string[]): void {
  if (!visit.request.headers.get('prefer')?.includes('handling=strict')) return
  throw new FhirProblem(400, 'not-supported', `Not known here: ${unknown.join(', ')}`)
}

async function bundleOf(visit: Visit, asked: Asked, found: SearchResult): Promise<Bundle> {
  const here = `${visit.base}/${asked.type}`
  const query = new URLSearchParams(asked.query)
  for (const name of found.unknown) query.delete(name)
  const self = asked.posted || query.size === 0 ? here : `${here}?${query}`
  const link = [{ relation: 'self', url: self }]
  if (found.next !== undefined) {
    const token = await sealPage(visit.service.sql, {
      type: asked.type,
      query: query.toString(),
      next: found.next,
      identity: visit.actor.identity,
    })
    link.push({ relation: 'next', url: `${here}?_page=${token}` })
  }
  const entry = [
    ...found.matches.map((each) => entryOf(visit, each, 'match')),
    ...found.included.map((each) => entryOf(visit, each, 'include')),
    ...(found.unknown.length > 0 ? [warning(found.unknown)] : []),
  ]
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(found.total === undefined ? {} : { total: found.total }),
    link,
    ...(entry.length > 0 ? { entry } : {}),
  }
}

function entryOf(visit: Visit, resource: Resource, mode: 'match' | 'include'): BundleEntry {
  return {
    fullUrl: `${visit.base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  }
}

function warning(unknown: readonly string[]): BundleEntry {
  const issue = {
    ...issueOf('not-supported', `Not known here, and left out: ${unknown.join(', ')}`),
    severity: 'warning' as const,
  }
  return { resource: outcomeOf([issue]), search: { mode: 'outcome' } }
}
