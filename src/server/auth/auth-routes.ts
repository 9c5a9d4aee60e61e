import type { Actor } from '#domain/access/actor.ts'
import type { TurnedFor } from '#domain/agreement/turned.ts'
import { type Clock, dayIn, usualZone } from '#domain/calendar/zone.ts'
import { isForTurned, screenIsTurned } from '#server/agreement/turned-session.ts'
import { writeAuditLog } from '#server/audit/audit-log.ts'
import { changeSide, isSide, sidesOf } from '#server/carer/sides.ts'
import { parseJson } from '#server/http/read-json.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { credentialOf, mustNotBeForeign, noCookie, sessionCookie } from './credential.ts'
import { demoSignIn } from './demo-sign-in.ts'
import { deviceKeyOf } from './device-key.ts'
import { programActor } from './program-actor.ts'
import { completeSignIn, heardOfLogout, type SignIn, startSignIn } from './provider-sign-in.ts'
import { beginSession, endSession, endSessions, type OpenSession, openSession } from './session.ts'

export type AuthContext = Readonly<{
  /** the service's own connection */
  sql: Sql
  /** the identities of a demonstration, without a password; none: this is not a demonstration */
  demo?: readonly Actor[] | undefined
  now: Date
  /** the service's time zone, by which screens decide what day it is */
  zone?: string
  /** true: a signed-in user gets the key to their data on the device */
  deviceKeys?: boolean | undefined
  /** the OpenID provider of a team server */
  signIn?: SignIn | undefined
  /** who to contact when signing in does not work */
  contact?: string | undefined
  /** called whenever sessions were ended early, with the identity if it is known */
  onSignOut?: (identity?: string) => void
}>

/** The time, and the zone that says which day it is. */
const clockOf = ({ now, zone = usualZone }: AuthContext): Clock => ({ now, zone })

type Answer = (request: Request, url: URL, auth: AuthContext) => Promise<Response>

const answers: Readonly<Record<string, Answer>> = {
  'GET /auth/ways': async (_request, _url, auth) => json(waysOf(auth)),
  'GET /auth/demo': async (_request, _url, { demo = [] }) => json({ identities: demo.map(shown) }),
  'POST /auth/demo': signInAsDemo,
  'GET /auth/session': async (request, url, auth) =>
    json(await shownSession(await standing(request, url, auth), auth)),
  'GET /auth/sides': shownSides,
  'POST /auth/side': takeSide,
  'POST /auth/sign-out': signOut,
  'POST /auth/sign-out-everywhere': signOutEverywhere,
  'GET /auth/sign-in': async (request, url, auth) =>
    await startSignIn(request, url, auth, providerOf(auth)),
  'GET /auth/callback': async (request, url, auth) =>
    await completeSignIn(request, url, auth, providerOf(auth)),
  'POST /auth/back-channel-logout': async (request, _url, auth) =>
    await heardOfLogout(request, auth, providerOf(auth)),
}

/** `/auth/*`: sign in at the provider or as a demonstration identity, ask who is signed in, sign out. */
export async function authRoutes(request: Request, url: URL, auth: AuthContext): Promise<Response> {
  const answer = answers[`${request.method} ${url.pathname.replace(/\/$/, '')}`]
  if (!answer) throw nothingHere()
  return await answer(request, url, auth)
}

const nothingHere = () => new FhirProblem(404, 'not-found', 'Nothing is served at this address')

function providerOf({ signIn }: AuthContext): SignIn {
  if (!signIn) throw nothingHere()
  return signIn
}

/** What the sign-in page can offer. */
function waysOf({ signIn, demo, contact }: AuthContext): unknown {
  const provider = signIn ? { provider: { label: signIn.provider.label } } : {}
  return { ...provider, demo: demo !== undefined, ...(contact ? { contact } : {}) }
}

function shown({ identity, name, role, organisationName }: Actor): unknown {
  return { identity, name, role, ...(organisationName ? { organisationName } : {}) }
}

/** A turned session says whose plan it shows and who turned it: no user, no key, nothing else. */
function shownTurned({ actor, ends }: OpenSession, turned: TurnedFor, auth: AuthContext): unknown {
  const { person, plan, version } = turned
  const by = { identity: actor.identity, name: actor.name }
  const { zone } = clockOf(auth)
  return { turned: { person, plan, version, by }, ends, now: auth.now.toISOString(), zone }
}

async function shownSession(session: OpenSession, auth: AuthContext): Promise<unknown> {
  const { actor, ends, turned } = session
  if (turned) return shownTurned(session, turned, auth)
  const key = auth.deviceKeys ? { deviceKey: await deviceKeyOf(auth.sql, actor.identity) } : {}
  return { actor, ends, now: auth.now.toISOString(), zone: clockOf(auth).zone, ...key }
}

async function signInAsDemo(request: Request, url: URL, auth: AuthContext): Promise<Response> {
  if (!auth.demo) throw nothingHere()
  mustNotBeForeign(request, url)
  const body = parseJson(await request.text()) as { as?: unknown; person?: unknown } | null
  const actor =
    body?.as === 'person' && typeof body.person === 'string'
      ? await demoSignIn(body.person, await mustBeSignedIn(request, url, auth), {
          ...{ sql: auth.sql, ...clockOf(auth) },
        })
      : auth.demo.find((each) => each.identity === body?.as)
  if (!actor) throw new FhirProblem(403, 'login', 'There is no such demonstration identity')
  const before = credentialOf(request, url)
  if (before?.by === 'cookie') await endSession(auth.sql, before.token)
  const token = await beginSession(auth.sql, actor, auth.now)
  await writeAuditLog(auth.sql, [
    { at: auth.now, actor, act: 'E', way: 'login', allowed: true, what: new Map() },
  ])
  return json({ actor, token, zone: clockOf(auth).zone }, { 'Set-Cookie': sessionCookie(token) })
}

const tokenOf = (request: Request, url: URL) => credentialOf(request, url)?.token ?? ''

/** Whether the user has a record of their own besides being a carer, or the other way round. */
async function shownSides(request: Request, url: URL, auth: AuthContext): Promise<Response> {
  const { actor } = await standing(request, url, auth)
  const asking = { sql: auth.sql, token: tokenOf(request, url), actor, ...clockOf(auth) }
  return json({ sides: [...(await sidesOf(asking)).keys()] })
}

/** Goes on as the other of the two: never as both at once, so that no record is written or read as the wrong one. */
async function takeSide(request: Request, url: URL, auth: AuthContext): Promise<Response> {
  mustNotBeForeign(request, url)
  const { actor } = await standing(request, url, auth)
  const { side } = (parseJson(await request.text()) ?? {}) as { side?: unknown }
  const asking = { sql: auth.sql, token: tokenOf(request, url), actor, ...clockOf(auth) }
  const next = isSide(side) ? await changeSide(asking, side) : undefined
  if (!next) throw new FhirProblem(403, 'login', 'You have no record on this side')
  await writeAuditLog(auth.sql, [
    { at: auth.now, actor: next, act: 'E', way: 'login', allowed: true, what: new Map() },
  ])
  return json({ actor: next, zone: clockOf(auth).zone })
}

/** Ends this session; `leadsTo` is where the browser goes to end the one at the provider too. */
async function signOut(request: Request, url: URL, auth: AuthContext): Promise<Response> {
  const credential = credentialOf(request, url)
  if (!credential) return await signedOut(url, auth, undefined)
  const { token } = credential
  const found = await openSession(auth.sql, token, { ...clockOf(auth), attended: false })
  if (found?.turned) throw screenIsTurned()
  // somebody else has signed in since: the session that the page was opened in has ended already
  if (found && !isMeant(request, found.actor)) return json({})
  const idToken = await endSession(auth.sql, token)
  auth.onSignOut?.(found?.actor.identity)
  return await signedOut(url, auth, idToken)
}

/** Ends all sessions of this identity, on every device. */
async function signOutEverywhere(request: Request, url: URL, auth: AuthContext): Promise<Response> {
  const { actor } = await standing(request, url, auth)
  const credential = credentialOf(request, url)
  const idToken = credential && (await endSession(auth.sql, credential.token))
  await endSessions(auth.sql, { identity: actor.identity })
  auth.onSignOut?.(actor.identity)
  return await signedOut(url, auth, idToken)
}

async function signedOut(
  url: URL,
  { signIn }: AuthContext,
  idToken: string | undefined,
): Promise<Response> {
  const address = idToken
    ? await signIn?.provider.goodbye(idToken, `${url.origin}/sign-in`)
    : undefined
  return json(address ? { leadsTo: address.href } : {}, { 'Set-Cookie': noCookie() })
}

/** Who is calling; 401 when nobody is signed in. */
export async function mustBeSignedIn(
  request: Request,
  url: URL,
  auth: AuthContext,
): Promise<Actor> {
  return (await standing(request, url, auth)).actor
}

/** As `mustBeSignedIn`, and programs with an access token of the provider too. For records and messages only. */
export async function mustBeKnown(
  request: Request,
  url: URL,
  auth: AuthContext & Readonly<{ store: Store }>,
): Promise<KnownCaller> {
  const { signIn, store, now, zone } = auth
  const program =
    signIn &&
    (await programActor(request, signIn.provider, { store, today: dayIn(zone ?? usualZone, now) }))
  if (program) return { actor: program }
  const { actor, turned } = await standing(request, url, auth)
  return { actor, ...(turned ? { turned } : {}) }
}

/** Who calls; `turned`: a person to whom the screen of this user is turned. */
export type KnownCaller = Readonly<{ actor: Actor; turned?: TurnedFor }>

/** Throws 401 if there is no session, or if it is not the one the page was opened in. */
async function standing(request: Request, url: URL, auth: AuthContext): Promise<OpenSession> {
  const credential = credentialOf(request, url)
  const attended = !request.headers.has('gable-unattended')
  const found =
    credential && (await openSession(auth.sql, credential.token, { ...clockOf(auth), attended }))
  if (found?.turned && !isForTurned(found.turned, request.method, url)) throw screenIsTurned()
  if (found && isMeant(request, found.actor)) return found
  throw new FhirProblem(401, 'login', 'Sign in first', {
    headers: { 'WWW-Authenticate': 'Bearer realm="Gable"' },
  })
}

/**
 * All tabs of a browser share one cookie. A tab opened by one identity says so with each request, so that nothing is
 * written in the name of somebody who has signed in since.
 */
function isMeant(request: Request, actor: Actor): boolean {
  const meant = request.headers.get('gable-identity')
  return meant === null || meant === encodeURIComponent(actor.identity)
}

function json(body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
  })
}
