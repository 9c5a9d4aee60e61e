import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { auditQueryIn } from '#server/audit/audit-query.ts'
import { formIn } from '#server/http/negotiate-json.ts'
import { openPage, sealPage } from '#server/http/page-token.ts'
import { type RequestContext, whose } from '#server/http/request-context.ts'
import { rememberQuery } from '#server/http/request-memory.ts'
import { bundleResponse } from '#server/http/responses.ts'
import { visibleTo } from '#server/http/visible-records.ts'
import { FhirProblem, issueOf, outcomeOf } from '#server/problem.ts'
import type { SearchResult } from '#server/store/store.ts'
import { auditSearchRequest, peopleAskedFor } from './audit-search-request.ts'

/** Parameters about the answer's format, not about what is searched for. */
const aboutFormat = ['_format', '_pretty']

export async function searchTypeByGet(context: RequestContext, type: string): Promise<Response> {
  return await search(context, { type, query: context.url.searchParams, posted: false })
}

export async function searchTypeByPost(context: RequestContext, type: string): Promise<Response> {
  const query = await formIn(context.request)
  rememberQuery(context, auditQueryIn(`${type}?${query}`))
  for (const [name, value] of context.url.searchParams) query.append(name, value)
  return await search(context, { type, query, posted: true })
}

type SearchRequest = Readonly<{ type: string; query: URLSearchParams; posted: boolean }>

async function search(context: RequestContext, request: SearchRequest): Promise<Response> {
  const token = request.query.get('_page')
  if (!token) return await searchPage(context, request, skipping(request.query))
  const page = await openPage(context.service.sql, token, context.actor.identity)
  if (page.type !== request.type)
    throw new FhirProblem(410, 'expired', 'This page link belongs to another search')
  const query = new URLSearchParams(page.query)
  rememberQuery(context, auditQueryIn(`${request.type}?${query}`))
  const paged = new URLSearchParams(query)
  paged.set(paged.has('_offset') ? '_offset' : '_cursor', page.next)
  return await searchPage(context, { ...request, query }, paged)
}

/** A place in the search that did not come from a page before. */
function skipping(query: URLSearchParams): URLSearchParams {
  const place = query.get('_cursor')
  query.delete('_cursor')
  if (place !== null && !query.has('_offset')) query.set('_offset', place)
  return query
}

async function searchPage(
  context: RequestContext,
  request: SearchRequest,
  query: URLSearchParams,
): Promise<Response> {
  for (const name of aboutFormat) {
    query.delete(name)
    request.query.delete(name)
  }
  const found = await context.store.search(request.type, query, context.accessScope.scope)
  if (found.unknown.length > 0) refuseUnknown(context, found.unknown)
  await noteSearched(context, request, found)
  const bundle = await bundleOf(context, request, found)
  return bundleResponse(await visibleTo(context, bundle, [...found.matches, ...found.included]))
}

/**
 * A total counts people who are not on this page: the access is logged for them, as for a plain count. A count of none reveals
 * something about a person too, if the search was about them.
 */
async function noteSearched(
  context: RequestContext,
  { type, query }: SearchRequest,
  found: SearchResult,
) {
  const { people, owners, matches, included } = found
  const shown = await whose(context, [...matches, ...included], owners)
  const what = new Map([...countedPeople(type, people), ...shown])
  await auditSearchRequest(context, { what, asked: await peopleAskedFor(context, type, query) })
}

function countedPeople(type: string, people: ReadonlyMap<string, number> = new Map()) {
  return [...people].map(
    ([person, count]) => [person, [`${type}×${count}`] as readonly string[]] as const,
  )
}

/** An unknown filter is reported, or refused if the caller asked for strictness: the answer would show too much. */
function refuseUnknown(context: RequestContext, unknown: readonly string[]): void {
  if (!context.request.headers.get('prefer')?.includes('handling=strict')) return
  throw new FhirProblem(400, 'not-supported', `Unknown search parameter: ${unknown.join(', ')}`)
}

async function bundleOf(
  context: RequestContext,
  request: SearchRequest,
  found: SearchResult,
): Promise<Bundle> {
  const here = `${context.base}/${request.type}`
  const query = new URLSearchParams(request.query)
  for (const name of found.unknown) query.delete(name)
  const self = request.posted || query.size === 0 ? here : `${here}?${query}`
  const link = [{ relation: 'self', url: self }]
  if (found.next !== undefined) {
    const token = await sealPage(context.service.sql, {
      type: request.type,
      query: query.toString(),
      next: found.next,
      identity: context.actor.identity,
    })
    link.push({ relation: 'next', url: `${here}?_page=${token}` })
  }
  const entry = [
    ...found.matches.map((each) => entryOf(context, each, 'match')),
    ...found.included.map((each) => entryOf(context, each, 'include')),
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

function entryOf(
  context: RequestContext,
  resource: Resource,
  mode: 'match' | 'include',
): BundleEntry {
  return {
    fullUrl: `${context.base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  }
}

function warning(unknown: readonly string[]): BundleEntry {
  const issue = {
    ...issueOf('not-supported', `Unknown search parameter, ignored: ${unknown.join(', ')}`),
    severity: 'warning' as const,
  }
  return { resource: outcomeOf([issue]), search: { mode: 'outcome' } }
}
