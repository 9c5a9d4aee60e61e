import type { Actor } from '#domain/access/actor.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { createTrail, type TrailEntry } from './audit/audit-log.ts'
import { type AskedWords, askedWords } from './audit/audited-request.ts'
import { authAnswer, type Door, mustBeKnown, mustBeSignedIn } from './auth/auth-routes.ts'
import type { SignIn } from './auth/provider-sign-in.ts'
import { smartConfiguration } from './auth/smart-configuration.ts'
import { reachOf } from './authorization/access-scope.ts'
import type { Ground } from './backup/baseline.ts'
import { type FairTurns, fairTurns } from './fair-turns.ts'
import { hl7Answer } from './hl7v2/hl7-routes.ts'
import { takeInNewcomers } from './hl7v2/retry-unmatched.ts'
import { routeOf } from './http/fhir-routes.ts'
import { mustTakeJson } from './http/negotiation.ts'
import type { Visit } from './http/request-context.ts'
import { type CallCounts, furtherCalls } from './http/request-counts.ts'
import { problemAnswer, resourceAnswer } from './http/responses.ts'
import { serveTraced } from './http/router.ts'
import { capabilities } from './operations/metadata.ts'
import { type StandingCounts, standingCounts } from './operations/worklists/cached-counts.ts'
import { FhirProblem } from './problem.ts'
import { gatherNews, type News } from './realtime/change-feed.ts'
import { eventsAnswer } from './realtime/event-routes.ts'
import type { Wire } from './realtime/pubsub.ts'
import { rowReachOf } from './store/access/rls-session.ts'
import { createStore } from './store/create-store.ts'
import type { Sql } from './store/sql.ts'
import type { Store } from './store/store.ts'

export type HandlerSettings = Readonly<{
  /** a migrated database */
  sql: Sql
  store?: Store
  /** the clock; tests stop it */
  now?: () => Date
  /** whom one can be without a password, in a demonstration */
  demo?: readonly Actor[] | undefined
  /** true: `GET /auth/session` gives the key of what is kept on a device */
  deviceKeys?: boolean
  /** the line to the other processes that serve the same database; absent where there is one only */
  wire?: Wire
  /** the service's time zone (IANA): what day it is, on every screen; Europe/London unless set */
  zone?: string
  /** time zone of hospitals whose messages name none (IANA); the service's own unless set */
  hl7Zone?: string
  /** the OpenID provider at which everyone signs in */
  signIn?: SignIn
  /** whom to turn to when signing in does not work, in words */
  contact?: string
  /** how many calls of one who is signed in are worked on at once; absent: any number */
  callsEach?: number
  /** counts what one call asks for beside itself; absent where nobody counts */
  callCounts?: CallCounts
  /** present where the database is the browser's own */
  ground?: Ground
  /** told of what went wrong here and was answered with 5xx; what it says is not for a log */
  onFailure?: (cause: unknown) => void
}>

export type Handler = (request: Request) => Promise<Response>

type House = HandlerSettings &
  Readonly<{
    store: Store
    now: () => Date
    zone: string
    hl7Zone: string
    trail: (entry: TrailEntry) => Promise<void>
    words: AskedWords
    /** what open event streams are told */
    news: News
    turns: FairTurns
    imports: FairTurns
    counts: StandingCounts
    /** settles when what waited for these people, who came in, has been taken in */
    newcomers: (persons: ReadonlySet<string>) => Promise<void>
  }>

/** Of one caller; a page that opens asks for far fewer at once. */
const mostWaiting = 100

/** One import of a caller at a time, as it holds many records; two of all, so that the rest goes on beside it. */
const importTurns = { each: 1, all: 2, waiting: 10 }

/** The whole API as one function of web standards: `/fhir/*`, `/auth/*`, `/events` and `/hl7`. It never rejects. */
export function createHandler(settings: HandlerSettings): Handler {
  const { sql, now = () => new Date(), zone = usualZone, hl7Zone = zone } = settings
  const store = settings.store ?? createStore(sql, { now, zone })
  const trail = createTrail(sql)
  const news = gatherNews({ sql, store, now, wire: settings.wire })
  const newcomers = takeInNewcomers({ sql, store, now, hl7Zone })
  const counts = standingCounts({ news, sql, now })
  const turns = fairTurns({ each: settings.callsEach ?? Infinity, waiting: mostWaiting })
  const imports = fairTurns(importTurns)
  const words = askedWords(sql)
  // its key is there by the first call
  words.ready().catch(() => undefined)
  const facts = { store, now, zone, hl7Zone }
  const inner = { trail, words, news, turns, imports, counts, newcomers }
  const house: House = { ...settings, ...facts, ...inner }
  return async (request) => {
    try {
      const answer = await answerTo(request, new URL(request.url), house)
      return request.method === 'HEAD' ? withoutBody(answer) : answer
    } catch (error) {
      const answer = problemAnswer(error)
      if (answer.status >= 500) settings.onFailure?.(error)
      return answer
    }
  }
}

function withoutBody(answer: Response): Response {
  return new Response(null, { status: answer.status, headers: answer.headers })
}

function doorOf({ sql, demo, deviceKeys, signIn, contact, now, news, zone }: House): Door {
  const onSignOut = (identity?: string) => news.sessionsEnded(identity)
  return { sql, demo, deviceKeys, signIn, contact, now: now(), zone, onSignOut }
}

async function answerTo(request: Request, url: URL, house: House): Promise<Response> {
  const door = doorOf(house)
  if (url.pathname.startsWith('/auth/')) return await authAnswer(request, url, door)
  if (/^\/events(\/|$)/.test(url.pathname)) {
    const actor = await mustBeSignedIn(request, url, door)
    return await eventsAnswer({ request, url, actor, house })
  }
  if (url.pathname === '/hl7') {
    const actor = await mustBeKnown(request, url, { ...door, store: house.store })
    const leave = await house.turns.enter(actor.identity)
    const inbox = { ...house, now: door.now, zone: house.hl7Zone, actor }
    return await hl7Answer(request, inbox).finally(leave)
  }
  if (!/^\/fhir(\/|$)/.test(url.pathname)) {
    throw new FhirProblem(404, 'not-found', 'Nothing is served at this address')
  }
  return await fhirAnswer(request, url, house)
}

async function fhirAnswer(request: Request, url: URL, house: House): Promise<Response> {
  const { store, signIn } = house
  if (url.pathname === '/fhir/.well-known/smart-configuration')
    return await smartConfiguration(signIn?.provider)
  mustTakeJson(request, url)
  const now = house.now()
  const base = `${url.origin}/fhir`
  const route = routeOf(request.method, url.pathname.replace(/^\/fhir/, ''))
  if (route.kind === 'metadata') return resourceAnswer(capabilities(base, now))
  const actor = await mustBeKnown(request, url, { ...doorOf(house), store })
  const leave = await house.turns.enter(actor.identity)
  try {
    return await visited({ request, url, base, actor, now }, house)
  } finally {
    leave()
  }
}

type Call = Pick<Visit, 'request' | 'url' | 'base' | 'actor' | 'now'>

async function visited(call: Call, house: House): Promise<Response> {
  const { actor, now } = call
  await house.words.ready()
  const { zone } = house
  const reach = await reachOf(actor, house.store, { now, zone })
  const rows = rowReachOf(reach.scope, now)
  const visit: Visit = {
    ...call,
    reach,
    store: house.store.as(rows),
    sql: house.sql.as(rows),
    service: serviceOf(house),
    zone,
    hl7Zone: house.hl7Zone,
    born: new Set(),
    came: new Set(),
    concerned: new Set(),
    belongs: new Map(),
    coming: new Map(),
    reached: new Map(),
    asked: [],
    told: { asked: 0 },
    words: house.words,
    inside: false,
    trail: house.trail,
    ...(house.callCounts ? { furtherCalls: furtherCalls(house.callCounts, call.request) } : {}),
  }
  const answer = await serveTraced(visit)
  if (visit.came.size > 0) await house.newcomers(visit.came)
  return answer
}

function serviceOf({ store, sql, ground, counts, news, imports }: House): Visit['service'] {
  return { store, sql, ground, counts, tellLost: news.tellLost, imports }
}
