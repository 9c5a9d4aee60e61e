import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import { ownRecord } from '#server/authorization/authorize-write.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import {
  bundleResponse,
  emptyResponse,
  resourceResponse,
  versionHeaders,
  versionTag,
} from '#server/http/responses.ts'
import { visibleTo } from '#server/http/visible-records.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import type { StoredVersion } from '#server/store/store.ts'

type Named = Readonly<{ type: string; id: string }>

export async function read(context: RequestContext, { type, id }: Named): Promise<Response> {
  const within = await context.store.read(type, id, context.accessScope.scope)
  const stored = within ?? (await ownRecord(context, { type, id }))
  if (!stored) throw notFound()
  await noteKept(context, [stored], 'read')
  if (!stored.resource) throw gone(stored)
  const known = context.request.headers.get('if-none-match')
  if (known?.split(',').some((tag) => tag.trim() === versionTag(stored.version))) {
    return emptyResponse(304, versionHeaders(stored))
  }
  return resourceResponse(await visibleTo(context, stored.resource), 200, versionHeaders(stored))
}

export async function vread(
  context: RequestContext,
  { type, id, version }: Named & { version: string },
): Promise<Response> {
  if (!/^\d{1,9}$/.test(version)) throw notFound()
  const stored = await context.store.readVersion(
    type,
    id,
    Number(version),
    context.accessScope.scope,
  )
  if (!stored || (await isOfAnother(context, stored))) throw notFound()
  await noteKept(context, [stored], 'vread')
  if (!stored.resource) throw gone(stored)
  return resourceResponse(await visibleTo(context, stored.resource), 200, versionHeaders(stored))
}

/** From when the record was another person’s: two records were joined, and parted again. */
async function isOfAnother(context: RequestContext, { type, id, person }: StoredVersion) {
  const current = await context.store.read(type, id, context.accessScope.scope)
  return Boolean(person && current?.person && current.person !== person)
}

function gone(stored: StoredVersion): FhirProblem {
  return new FhirProblem(410, 'deleted', 'This record was deleted', {
    headers: versionHeaders(stored),
  })
}

async function noteKept(
  context: RequestContext,
  stored: readonly StoredVersion[],
  way: string,
  counted: Iterable<string> = [],
): Promise<void> {
  const owned = stored.filter((each) => each.person)
  const what = Map.groupBy(owned, (each) => each.person ?? '')
  const named = new Map([...what].map(([who, all]) => [who, all.map((e) => `${e.type}/${e.id}`)]))
  const unseen = [...counted].filter((who) => !named.has(who))
  const further = unseen.map((who): [string, string[]] => [who, [`Patient/${who}`]])
  await note(context, new Map([...further, ...named]), { act: 'R', way })
}

/** That a record has so many versions, or none since, says something about it even if none is shown. */
async function noteAskedFor(context: RequestContext, type: string, id: string): Promise<void> {
  const stored = await context.store.read(type, id, context.accessScope.scope)
  await noteKept(context, stored ? [stored] : [], 'history-instance')
}

const mostPerPage = 1000

export async function history(
  context: RequestContext,
  which: Readonly<{ type?: string; id?: string }>,
): Promise<Response> {
  const query = context.url.searchParams
  const count = pageSize(query.get('_count'), 50)
  const offset = wholeRecord(query.get('_offset')) ?? 0
  const since = sinceIn(query)
  const found = await context.store.history(
    { ...which, ...(since ? { since } : {}), ofItsPerson: true, count, offset },
    context.accessScope.scope,
  )
  if (which.id && found.total === 0 && !since) throw notFound()
  if (which.id) await noteAskedFor(context, which.type ?? '', which.id)
  else await noteKept(context, found.entries, 'history-type', found.people.keys())
  const self = `${context.base}${context.url.pathname.slice(context.url.pathname.indexOf('/fhir') + 5)}`
  const more = offset + found.entries.length < found.total && found.entries.length > 0
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'history',
    total: found.total,
    link: [
      { relation: 'self', url: `${self}${context.url.search}` },
      ...(more ? [{ relation: 'next', url: `${self}?${nextPage(query, offset + count)}` }] : []),
    ],
    entry: found.entries.map((stored) => historyEntry(context, stored)),
  }
  const versions = found.entries.flatMap(({ resource }) => resource ?? [])
  return bundleResponse(await visibleTo(context, bundle, versions))
}

function sinceIn(query: URLSearchParams): string | undefined {
  // a plus sign that was not encoded arrives as a space
  const since = query.get('_since')?.replace(/ (?=\d\d:\d\d$)/, '+')
  if (!since || isInstant(since)) return since
  throw new FhirProblem(400, 'value', `_since is not an instant: ${since}`)
}

/** A day or an instant, as the database reads it too. */
function isInstant(text: string): boolean {
  const shaped = /^[1-9]\d{3}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)
  const day = new Date(`${dayWritten(text)}T00:00:00Z`)
  return shaped && !Number.isNaN(Date.parse(text)) && day.toISOString().startsWith(dayWritten(text))
}

function nextPage(query: URLSearchParams, offset: number): string {
  const next = new URLSearchParams(query)
  next.set('_offset', String(offset))
  return next.toString()
}

const verbs = { create: 'PUT', update: 'PUT', delete: 'DELETE' } as const
const statuses = { create: '201', update: '200', delete: '204' } as const

function historyEntry(context: RequestContext, stored: StoredVersion): BundleEntry {
  const reference = `${stored.type}/${stored.id}`
  return {
    fullUrl: `${context.base}/${reference}`,
    ...(stored.resource ? { resource: stored.resource as Resource } : {}),
    request: { method: verbs[stored.method], url: reference },
    response: {
      status: statuses[stored.method],
      etag: versionTag(stored.version),
      lastModified: stored.at,
    },
  }
}

export function pageSize(text: string | null, usual: number): number {
  const wanted = wholeRecord(text)
  if (wanted === undefined) return usual
  return Math.min(wanted, mostPerPage)
}

/** A whole number in an address; undefined if there is none. Throws 400 if it is something else. */
export function wholeRecord(text: string | null): number | undefined {
  if (text === null || text === '') return undefined
  if (!/^\d{1,9}$/.test(text)) {
    throw new FhirProblem(400, 'value', `This must be a whole number: ${text}`)
  }
  return Number(text)
}
