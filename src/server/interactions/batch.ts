import type { Bundle, BundleEntry, OperationOutcome, Resource } from '@medplum/fhirtypes'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { writeAuditLog } from '#server/audit/audit-log.ts'
import { fhirRouteOf } from '#server/http/fhir-routes.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { problemOf, problemResponse, resourceResponse } from '#server/http/responses.ts'
import { operationRegistry } from '#server/operations/registry.ts'
import { FhirProblem } from '#server/problem.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import { isConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'
import { bundleEntriesOf, patchIn, stepOf } from './bundle-entry.ts'
import type { Serve } from './transaction.ts'

type Traced = (serve: Serve) => Serve

/** How an entry is served, and how it is served with its entry in the audit log. */
type Serving = Readonly<{ serve: Serve; traced: Traced }>

/** How many writes share a transaction: other calls wait until its locks are released. */
const mostTogether = 100

/** Each entry separately: a refused entry does not stop the others. Consecutive writes share a transaction. */
export async function batch(
  context: RequestContext,
  bundle: Bundle,
  serving: Serving,
): Promise<Response> {
  const entry: BundleEntry[] = []
  for (const run of runsOf(context, bundleEntriesOf(bundle)))
    entry.push(...(await answersTo(context, run, serving)))
  return resourceResponse({ resourceType: 'Bundle', type: 'batch-response', entry })
}

type Call = Readonly<{
  make: () => Request
  isPlainWrite: boolean
  /** counts it as a call of this caller, once; throws 429 */
  admit: () => void
}>

/** Consecutive plain writes make one run; any other entry is a run of its own. */
function* runsOf(
  context: RequestContext,
  entries: readonly BundleEntry[],
): Generator<readonly Call[]> {
  let run: Call[] = []
  for (const [index, each] of entries.entries()) {
    const call = callOf(context, each, index)
    const fits = call.isPlainWrite && run.length < mostTogether
    if (!fits && run.length > 0) yield run
    run = fits ? [...run, call] : [call]
    if (!call.isPlainWrite) {
      yield run
      run = []
    }
  }
  if (run.length > 0) yield run
}

function callOf(context: RequestContext, entry: BundleEntry, index: number): Call {
  const make = () => {
    const request = requestOf(context, stepOf(entry, index).entry)
    mustFit(request)
    return request
  }
  return { make, isPlainWrite: isPlainWrite(context, entry), admit: admission(context, index) }
}

/** The first entry counts as the call itself. */
function admission({ furtherRequests }: RequestContext, index: number): () => void {
  let answer: Readonly<{ refusal?: unknown }> | undefined = index === 0 ? {} : undefined
  const admit = () => {
    try {
      furtherRequests?.take()
      return {}
    } catch (refusal) {
      return { refusal }
    }
  }
  return () => {
    answer ??= admit()
    if (answer.refusal) throw answer.refusal
  }
}

/** A conditional write takes a lock that others wait for: it is not held for the rest of a run. */
function isPlainWrite({ base }: RequestContext, entry: BundleEntry | null): boolean {
  const { method = '', url = '', ifNoneExist } = entry?.request ?? {}
  try {
    const { pathname } = new URL(`${base}/${url.replace(/^\//, '')}`)
    const { kind } = fhirRouteOf(method, pathname.replace(/^\/fhir/, ''))
    return ['create', 'update', 'patch', 'delete'].includes(kind) && ifNoneExist === undefined
  } catch {
    return false
  }
}

async function answersTo(
  context: RequestContext,
  run: readonly Call[],
  { serve, traced }: Serving,
): Promise<readonly BundleEntry[]> {
  if (run.length > 1)
    try {
      return await answersTogether(context, run, traced(undoneAlone(serve)))
    } catch {
      // nothing was stored: each entry is now tried separately, with its own retries
    }
  const answers: BundleEntry[] = []
  const breathe = yieldToEventLoop()
  for (const call of run) {
    const answer = await answerTo(context, call, traced(serve)).catch(problemResponse)
    answers.push(await entryOf(answer))
    await breathe()
  }
  return answers
}

/** A refused entry is undone alone and noted in the audit log; one that has to be retried ends the whole run. */
async function answersTogether(
  context: RequestContext,
  run: readonly Call[],
  serve: Serve,
): Promise<readonly BundleEntry[]> {
  return await context.service.store.transaction(async (store, sql) => {
    const answers: BundleEntry[] = []
    const breathe = yieldToEventLoop()
    for (const call of run) {
      const answer = await answerTo(boundTo(context, store, sql), call, serve).catch(asRefusal)
      answers.push(await entryOf(answer))
      await breathe()
    }
    return answers
  })
}

/** The same call on the connection of the transaction, including its audit log. */
function boundTo(context: RequestContext, store: Store, sql: Sql): RequestContext {
  const reach = rlsSessionOf(context.accessScope.scope, context.now)
  return {
    ...context,
    store: store.as(reach),
    sql: sql.as(reach),
    service: { store, sql },
    auditLog: async (entry) => await writeAuditLog(sql, [entry]),
  }
}

const undoneAlone =
  (serve: Serve): Serve =>
  async (context) =>
    await context.service.store.attempt(
      async (store, sql) => await serve(boundTo(context, store, sql)),
    )

/** Ends a run without a retry of the whole: its entries are retried one by one. */
class GaveWay extends Error {}

function asRefusal(error: unknown): Response {
  if (problemOf(error).status >= 500 || isConflict(error)) throw new GaveWay()
  return problemResponse(error)
}

async function answerTo(context: RequestContext, call: Call, serve: Serve): Promise<Response> {
  call.admit()
  const request = call.make()
  const auditedReferences = new Set<string>()
  return await serve({ ...context, auditedReferences, request, url: new URL(request.url) })
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
