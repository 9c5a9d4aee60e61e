import type { Bundle, BundleEntry, OperationOutcome, Resource } from '@medplum/fhirtypes'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { fhirRouteOf } from '#server/http/fhir-routes.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { problemResponse, resourceResponse } from '#server/http/responses.ts'
import { operationRegistry } from '#server/operations/registry.ts'
import { FhirProblem } from '#server/problem.ts'
import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'
import { bundleEntriesOf, patchIn, stepOf } from './bundle-entry.ts'
import type { Serve } from './transaction.ts'

/** Each entry by itself: a refused entry does not stop the others. */
export async function batch(
  context: RequestContext,
  bundle: Bundle,
  serve: Serve,
): Promise<Response> {
  const entry: BundleEntry[] = []
  const breathe = yieldToEventLoop()
  for (const [index, each] of bundleEntriesOf(bundle).entries()) {
    entry.push(await entryOf(await answerTo(context, each, index, serve).catch(problemResponse)))
    await breathe()
  }
  return resourceResponse({ resourceType: 'Bundle', type: 'batch-response', entry })
}

async function answerTo(
  context: RequestContext,
  entry: BundleEntry,
  index: number,
  serve: Serve,
): Promise<Response> {
  // the first is the request itself
  if (index > 0) context.furtherRequests?.take()
  const request = requestOf(context, stepOf(entry, index).entry)
  mustFit(request)
  return await serve({
    ...context,
    auditedReferences: new Set(),
    request,
    url: new URL(request.url),
  })
}

function mustFit(request: Request): void {
  const name = operationAt(request)
  if (!operationRegistry.some((each) => each.alone && each.name === name)) return
  throw new FhirProblem(
    400,
    'not-supported',
    `$${name} cannot be called in a batch: call it on its own`,
  )
}

/** Compared as it would be served, however the address is written; an invalid address is refused later. */
function operationAt({ method, url }: Request): string | undefined {
  try {
    const route = fhirRouteOf(method, new URL(url).pathname.replace(/^\/fhir/, ''))
    return route.kind === 'operation' ? route.name : undefined
  } catch {
    return undefined
  }
}

function requestOf(context: RequestContext, entry: BundleEntry): Request {
  const { request } = entry
  const method = request?.method ?? 'GET'
  const url = `${context.base}/${request?.url.replace(/^\//, '')}`
  const headers = conditionsOf(context, entry)
  if (method === 'GET' || method === 'HEAD' || method === 'DELETE')
    return new Request(url, { method, headers })
  const patch = method === 'PATCH' ? patchIn(entry.resource) : undefined
  headers.set('Content-Type', patch ? 'application/json-patch+json' : 'application/fhir+json')
  return new Request(url, {
    method,
    headers,
    body: patch ?? exactJson(entry.resource ?? null),
  })
}

function conditionsOf(context: RequestContext, { request }: BundleEntry): Headers {
  const headers = new Headers({ Accept: 'application/fhir+json' })
  const conditions = {
    'If-Match': request?.ifMatch,
    'If-None-Match': request?.ifNoneMatch,
    'If-None-Exist': request?.ifNoneExist,
    Prefer: context.request.headers.get('prefer') ?? undefined,
  }
  for (const [name, value] of Object.entries(conditions))
    if (value) headers.set(name, encoded(String(value)))
  return headers
}

/** A header takes ASCII only; a condition may contain anything. */
function encoded(text: string): string {
  return text.toWellFormed().replace(/[^ -~]/gu, encodeURIComponent)
}

async function entryOf(response: Response): Promise<BundleEntry> {
  const text = await response.text()
  const resource = text ? (readExactly(text) as Resource) : undefined
  const etag = response.headers.get('etag')
  const location = response.headers.get('location')
  return {
    ...(resource && response.ok ? { resource } : {}),
    response: {
      status: String(response.status),
      ...(etag ? { etag } : {}),
      ...(location ? { location } : {}),
      ...(resource && !response.ok ? { outcome: resource as OperationOutcome } : {}),
    },
  }
}
