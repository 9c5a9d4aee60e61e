import type { Actor } from '#domain/access/actor.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import type { CqlEngine } from '#domain/quality/evaluation.ts'
import { type AuditEntry, createAuditLog } from './audit/audit-log.ts'
import { type AuditQueryText, auditQueryText } from './audit/audit-query.ts'
import { type AuthContext, authRoutes, mustBeKnown, mustBeSignedIn } from './auth/auth-routes.ts'
import type { SignIn } from './auth/provider-sign-in.ts'
import { smartConfiguration } from './auth/smart-configuration.ts'
import type { BackupBaseline } from './backup/baseline.ts'
import { openCard } from './card/open-card.ts'
import { type FairQueue, fairQueue } from './fair-queue.ts'
import { hl7Routes } from './hl7v2/hl7-routes.ts'
import { retryUnmatched } from './hl7v2/retry-unmatched.ts'
import { fhirRouteOf } from './http/fhir-routes.ts'
import { negotiateJson } from './http/negotiate-json.ts'
import type { RequestContext } from './http/request-context.ts'
import { furtherRequests, type RequestCounts } from './http/request-counts.ts'
import { emptyMemory } from './http/request-memory.ts'
import { problemResponse, resourceResponse } from './http/responses.ts'
import { metadataOf } from './operations/metadata.ts'
import { FhirProblem } from './problem.ts'
import { type ChangeFeed, createChangeFeed } from './realtime/change-feed.ts'
import { eventRoutes } from './realtime/event-routes.ts'
import type { Pubsub } from './realtime/pubsub.ts'
import { routeRequest } from './route-request.ts'
import { accessScopeOf } from './store/access/access-scope.ts'
import { rlsSessionOf } from './store/access/rls-session.ts'
import { type CaseloadLines, caseloadLines } from './store/caseload-lines.ts'
import { createStore } from './store/create-store.ts'
import type { Sql } from './store/sql.ts'
import type { Store } from './store/store.ts'
import { type CachedCounts, cachedCounts } from './store/summary/cached-counts.ts'

export type HandlerSettings = Readonly<{
  /** a migrated database */
  sql: Sql
  store?: Store
  /** the clock; tests stop it */
  now?: () => Date
  /** the identities of a demonstration, without a password */
  demo?: readonly Actor[] | undefined
  /** true: `GET /auth/session` gives the key of the data on a device */
  deviceKeys?: boolean
  /** the connection to other processes on the same database; absent if there is only one */
  wire?: Pubsub
  /** the service's time zone (IANA): what day it is, on every screen; Europe/London unless set */
  zone?: string
  /** time zone of hospitals whose messages name none (IANA); the service's own unless set */
  hl7Zone?: string
  /** the OpenID provider at which everyone signs in */
  signIn?: SignIn
  /** who to contact when signing in does not work */
  contact?: string
  /** how many requests of one user are handled at once; absent: any number */
  callsEach?: number
  /** counts requests within one request, such as entries of a batch; absent if nothing counts them */
  callCounts?: RequestCounts
  /** present if the database is the browser's own */
  ground?: BackupBaseline
  /** works out measures in CQL; absent: nothing here can */
  cql?: CqlEngine
  /** called for errors that were answered with 5xx; the message must not go into a log */
  onFailure?: (cause: unknown) => void
}>

export type Handler = (request: Request) => Promise<Response>

type Services = HandlerSettings &
  Readonly<{
    store: Store
    now: () => Date
    zone: string
    hl7Zone: string
    trail: (entry: AuditEntry) => Promise<void>
    words: AuditQueryText
    /** sends changes to open event streams */
    news: ChangeFeed
    turns: FairQueue
    imports: FairQueue
    counts: CachedCounts
    caseloads: CaseloadLines
    /** settles when messages on hold for these newly registered people have been processed */
    newcomers: (persons: ReadonlySet<string>) => Promise<void>
  }>

/** For one caller; a page that opens sends far fewer at once. */
const mostWaiting = 100

/**
 * Two imports of a caller at a time, because each holds many records: one is prepared while the database writes the
 * other. Three in all, so that another caller need not wait and other requests continue meanwhile.
 */
const importTurns = { each: 2, all: 3, waiting: 10 }

/** The whole API as one function of web standards: `/fhir/*`, `/auth/*`, `/events` and `/hl7`. It never rejects. */
export function createHandler(settings: HandlerSettings): Handler {
  const { sql, now = () => new Date(), zone = usualZone, hl7Zone = zone } = settings
  const store = settings.store ?? createStore(sql, { now, zone })
  const auditLog = createAuditLog(sql)
  const news = createChangeFeed({ sql, store, now, wire: settings.wire })
  const newcomers = retryUnmatched({ sql, store, now, hl7Zone })
  const counts = cachedCounts({ news, sql, now })
  const caseloads = caseloadLines({ news, sql, now })
  const turns = fairQueue({ each: settings.callsEach ?? Infinity, waiting: mostWaiting })
  const imports = fairQueue(importTurns)
  const words = auditQueryText(sql)
  // its key exists by the first request
  words.ready().catch(() => undefined)
  const facts = { store, now, zone, hl7Zone }
  const inner = { trail: auditLog, words, news, turns, imports, counts, caseloads, newcomers }
  const services: Services = { ...settings, ...facts, ...inner }
  return async (request) => {
    try {
      const answer = await answerTo(request, new URL(request.url), services)
      return request.method === 'HEAD' ? withoutBody(answer) : answer
    } catch (error) {
      const answer = problemResponse(error)
      if (answer.status >= 500) settings.onFailure?.(error)
      return answer
    }
  }
}

function withoutBody(answer: Response): Response {
  return new Response(null, { status: answer.status, headers: answer.headers })
}

function authContextOf({
  sql,
  demo,
  deviceKeys,
  signIn,
  contact,
  now,
  news,
  zone,
}: Services): AuthContext {
  const onSignOut = (identity?: string) => news.sessionsEnded(identity)
  return { sql, demo, deviceKeys, signIn, contact, now: now(), zone, onSignOut }
}

async function answerTo(request: Request, url: URL, services: Services): Promise<Response> {
  if (url.pathname === '/auth/emergency-card') return await openCard(request, url, services)
  const auth = authContextOf(services)
  if (url.pathname.startsWith('/auth/')) return await authRoutes(request, url, auth)
  if (/^\/events(\/|$)/.test(url.pathname)) {
    const actor = await mustBeSignedIn(request, url, auth)
    return await eventRoutes({ request, url, actor, services })
  }
  if (url.pathname === '/hl7') {
    const { actor } = await mustBeKnown(request, url, { ...auth, store: services.store })
    const leave = await services.turns.enter(actor.identity)
    const inbox = { ...services, now: auth.now, zone: services.hl7Zone, actor }
    return await hl7Routes(request, inbox).finally(leave)
  }
  if (!/^\/fhir(\/|$)/.test(url.pathname)) {
    throw new FhirProblem(404, 'not-found', 'Nothing is served at this address')
  }
  return await fhirAnswer(request, url, services)
}

async function fhirAnswer(request: Request, url: URL, services: Services): Promise<Response> {
  const { store, signIn } = services
  if (url.pathname === '/fhir/.well-known/smart-configuration')
    return await smartConfiguration(signIn?.provider)
  negotiateJson(request, url)
  const now = services.now()
  const base = `${url.origin}/fhir`
  const route = fhirRouteOf(request.method, url.pathname.replace(/^\/fhir/, ''))
  if (route.kind === 'metadata') return resourceResponse(metadataOf(base, now))
  const caller = await mustBeKnown(request, url, { ...authContextOf(services), store })
  const { actor } = caller
  const leave = await services.turns.enter(actor.identity)
  try {
    return await visited({ request, url, base, now, ...caller }, services)
  } finally {
    leave()
  }
}

type Call = Pick<RequestContext, 'request' | 'url' | 'base' | 'actor' | 'now' | 'turned'>

async function visited(call: Call, services: Services): Promise<Response> {
  const { actor, now } = call
  await services.words.ready()
  const { zone } = services
  const reach = await accessScopeOf(actor, services.store, { now, zone })
  const rows = rlsSessionOf(reach.scope, now)
  const context: RequestContext = {
    ...call,
    accessScope: reach,
    store: services.store.as(rows),
    sql: services.sql.as(rows),
    service: serviceOf(services),
    zone,
    hl7Zone: services.hl7Zone,
    ...emptyMemory(),
    requestText: services.words,
    inTransaction: false,
    auditLog: services.trail,
    ...(services.callCounts
      ? { furtherRequests: furtherRequests(services.callCounts, call.request) }
      : {}),
  }
  const answer = await routeRequest(context)
  if (context.writtenPatients.size > 0) await services.newcomers(context.writtenPatients)
  return answer
}

function serviceOf({
  store,
  sql,
  ground,
  counts,
  caseloads,
  news,
  imports,
  cql,
}: Services): RequestContext['service'] {
  const { tellLost, tellCounted, sessionsEnded } = news
  return {
    store,
    sql,
    ground,
    counts,
    caseloads,
    tellLost,
    tellCounted,
    sessionsEnded,
    imports,
    cql,
  }
}
