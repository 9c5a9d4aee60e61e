import type {
  Bundle,
  BundleEntry,
  ExtractResource,
  Parameters,
  Resource,
  ResourceType,
} from '@medplum/fhirtypes'
import { noteFromServer } from '#client/cache/records-at-hand.ts'
import { noteRestrictions } from '#client/queries/consent/restrictions.ts'
import { callerHeaders, restoreSession } from '#client/session/session.ts'
import { sessionEndedError, signedOutError } from '#client/session/session-ended-error.ts'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { checked, isResource, outcomeShape } from '#domain/fhir/checked-json.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { FhirError, noAnswer, outcomeText } from './fhir-error.ts'
import { findOrUndefined } from './find-or-undefined.ts'
import { currentOfflineResponder, type FhirCall } from './offline-responder.ts'

/**
 * The only way from screens to records: FHIR R4 over fetch. Any answer that is not FHIR JSON is an error (a stopped
 * service worker answers 200 with a page), so a failed save is never taken for a success.
 */
const patience = 15_000

async function call<T>(request: FhirCall): Promise<T> {
  const body = await answered<T>(request)
  // an earlier version says nothing about how the record is labelled today
  if (!isOfThePast(request)) noteRestrictions(body)
  return body
}

async function answered<T>(request: FhirCall): Promise<T> {
  const mustBeHere = signedOutError()
  const standIn = currentOfflineResponder()
  if (standIn?.isAway()) return (await standIn.answer(request)) as T
  try {
    const answer = await callServer<T>(request)
    mustBeHere()
    standIn?.afterWrite(request, answer)
    return answer
  } catch (error) {
    mustBeHere()
    if (!standIn || !(error instanceof FhirError) || !lostKinds.includes(error.kind)) throw error
    return (await standIn.afterLoss(request, error)) as T
  }
}

const isOfThePast = ({ path }: FhirCall) => path.includes('/_history') || path.endsWith('/$plan-at')

const lostKinds: readonly string[] = ['offline', 'unreachable']

/** A request to the server only, without the offline fallback. */
export async function callServer<T>(request: FhirCall): Promise<T> {
  const timeout = AbortSignal.timeout(request.patience ?? patience)
  const ended = sessionEndedError()
  try {
    const response = await fetch(`/fhir/${request.path}`, {
      method: request.method,
      headers: headersOf(request),
      body: bodyOf(request),
      signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
      cache: 'no-store',
    })
    const body = await answer<T>(response, ended)
    if (!isOfThePast(request)) noteFromServer(body)
    return body
  } catch (cause) {
    if (cause instanceof FhirError || request.signal?.aborted) throw cause
    // no answer, or an incomplete one
    return noAnswer(cause)
  }
}

function headersOf(request: FhirCall): Record<string, string> {
  const headers: Record<string, string> = {
    Accept: 'application/fhir+json',
    // a mistyped search parameter is refused instead of showing too much
    Prefer: 'handling=strict',
    ...callerHeaders(),
    ...request.headers,
  }
  if (request.form) headers['Content-Type'] = 'application/x-www-form-urlencoded'
  else if (request.body !== undefined) headers['Content-Type'] ??= 'application/fhir+json'
  return headers
}

function bodyOf(request: FhirCall): string | null {
  if (request.form) return request.form.toString()
  return request.body === undefined ? null : exactJson(request.body)
}

async function answer<T>(response: Response, ended: () => void): Promise<T> {
  if (response.status === 204) return undefined as T
  const json = response.headers.get('content-type')?.includes('json')
  if (!json) throw new FhirError({ kind: 'unreachable', status: response.status })
  const body = readExactly(await response.text())
  // a network on the way may answer with its own JSON
  if (!isResource(body)) throw new FhirError({ kind: 'unreachable', status: response.status })
  if (response.ok) return body as T
  if (response.status === 401) ended()
  const outcome = checked(outcomeShape, body)
  if (isTurned(response.status, outcome)) void restoreSession({ quiet: true })
  throw new FhirError({
    status: response.status,
    text: outcomeText(outcome),
    ...(outcome ? { outcome } : {}),
  })
}

/** Another tab has turned the screen of this session: the server says for whom. */
const isTurned = (status: number, outcome: ReturnType<typeof checked<typeof outcomeShape>>) =>
  status === 403 && (outcome?.issue ?? []).some(({ code }) => code === 'suppressed')

export type Found<T> = Readonly<{
  entries: readonly T[]
  included: readonly Resource[]
  hasMore: boolean
  /** pass this as `_page` to get the next page */
  nextPage: string | undefined
}>

type SearchParams = Readonly<Record<string, string | number | readonly string[] | undefined>>

function formOf(params: SearchParams): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue
    for (const each of Array.isArray(value) ? value : [value]) form.append(name, String(each))
  }
  return form
}

async function read<K extends ResourceType>(type: K, id: string): Promise<ExtractResource<K>> {
  return await call({ method: 'GET', path: `${type}/${id}` })
}

async function search<K extends ResourceType>(
  type: K,
  params: SearchParams = {},
  signal?: AbortSignal,
): Promise<Found<ExtractResource<K>>> {
  const bundle = await call<Bundle>({
    method: 'POST',
    path: `${type}/_search`,
    form: formOf(params),
    ...(signal ? { signal } : {}),
  })
  const of = (mode: string) =>
    (bundle.entry ?? [])
      .filter((entry) => (entry.search?.mode ?? 'match') === mode)
      .flatMap((entry) => (entry.resource ? [entry.resource] : []))
  const nextPage = nextPageOf(bundle)
  return {
    entries: of('match') as ExtractResource<K>[],
    included: of('include'),
    hasMore: nextPage !== undefined,
    nextPage,
  }
}

/** The token of the next page. */
export const nextPageOf = (bundle: Bundle): string | undefined =>
  bundle.link?.find((link) => link.relation === 'next')?.url.match(/[?&]_page=([^&]+)/)?.[1]

function versionTag(resource: Resource): Record<string, string> {
  return resource.meta?.versionId ? { 'If-Match': `W/"${resource.meta.versionId}"` } : {}
}

/** Calls against the record. Every one rejects with `FhirError`. */
export const fhir = {
  read,
  /** the same, or undefined if it does not exist */
  find: <K extends ResourceType>(type: K, id: string) => findOrUndefined(read(type, id)),
  readVersion: <K extends ResourceType>(
    type: K,
    id: string,
    version: string,
  ): Promise<ExtractResource<K>> =>
    call({ method: 'GET', path: `${type}/${id}/_history/${version}` }),
  search,
  /** Creates under an id chosen by the client, so that a retry is safe. */
  create: <T extends Resource>(resource: T & { id: string }): Promise<T> =>
    call({
      method: 'PUT',
      path: `${resource.resourceType}/${resource.id}`,
      body: resource,
      headers: { 'If-None-Match': '*' },
    }),
  /** Updates the version that was read (`meta.versionId`); rejects with kind `stale` when someone was first. */
  update: <T extends Resource>(resource: T & { id?: string }): Promise<T> =>
    call({
      method: 'PUT',
      path: `${resource.resourceType}/${resource.id}`,
      body: resource,
      headers: versionTag(resource),
    }),
  remove: (resource: Resource): Promise<void> =>
    call({
      method: 'DELETE',
      path: `${resource.resourceType}/${resource.id}`,
      headers: versionTag(resource),
    }),
  /** All or nothing, answered with the records as they are afterwards. Give updates an `ifMatch` in their request. */
  transaction: (entry: readonly BundleEntry[]): Promise<Bundle> =>
    call({
      method: 'POST',
      path: '',
      headers: { Prefer: 'handling=strict, return=representation' },
      body: { resourceType: 'Bundle', type: 'transaction', entry } satisfies Omit<
        Bundle,
        'entry'
      > & { entry: readonly BundleEntry[] },
    }),
  /**
   * A named operation, e.g. `Patient/$find-people`; parameters go in the body, never in the address. `edit`: the version
   * that the caller read, for operations that want `If-Match`.
   */
  operation: <T extends Resource = Parameters>(
    path: string,
    body?: Resource,
    signal?: AbortSignal,
    edit?: number,
  ): Promise<T> =>
    call({
      method: 'POST',
      path,
      body: body ?? { resourceType: 'Parameters' },
      ...(signal ? { signal } : {}),
      ...(edit === undefined ? {} : { headers: { 'If-Match': `W/"${edit}"` } }),
    }),
}

/** Transaction entry that creates a record under its own id. */
export function createEntry(resource: ResourceWithId): BundleEntry {
  return {
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ifNoneMatch: '*' },
  }
}

/** Transaction entry that updates the version that was read. */
export function updateEntry(resource: Resource): BundleEntry {
  return {
    resource,
    request: {
      method: 'PUT',
      url: `${resource.resourceType}/${resource.id}`,
      ifMatch: `W/"${resource.meta?.versionId}"`,
    },
  }
}

/** Transaction entry that stores a record: an update if it has a version, a create otherwise. */
export function writeEntry(resource: ResourceWithId): BundleEntry {
  return resource.meta?.versionId ? updateEntry(resource) : createEntry(resource)
}
