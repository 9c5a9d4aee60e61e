import type { Actor } from '#domain/access/actor.ts'
import { type Clock, usualZone } from '#domain/calendar/zone.ts'
import { writeAuditLog } from '#server/audit/audit-log.ts'
import { parseJson } from '#server/http/read-json.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { credentialOf, mustNotBeForeign, noCookie, sessionCookie } from './credential.ts'
import { demoSignIn } from './demo-sign-in.ts'
import { deviceKeyOf } from './device-key.ts'
import { programActor } from './program-actor.ts'
import { comeBack, heardOfLogout, leave, type SignIn } from './provider-sign-in.ts'
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

type Answer = (request: Request, url: URL, door: AuthContext) => Promise<Response>

const answers: Readonly<Record<string, Answer>> = {
  'GET /auth/ways': async (_request, _url, door) => json(waysOf(door)),
  'GET /auth/demo': async (_request, _url, { demo = [] }) => json({ identities: demo.map(shown) }),
  'POST /auth/demo': signInAsDemo,
  'GET /auth/session': async (request, url, door) =>
    json(await shownSession(await standing(request, url, door), door)),
  'POST /auth/sign-out': signOut,
  'POST /auth/sign-out-everywhere': signOutEverywhere,
  'GET /auth/sign-in': async (_request, url, door) => await leave(url, door, providerOf(door)),
  'GET /auth/callback': async (request, url, door) =>
    await comeBack(request, url, door, providerOf(door)),
  'POST /auth/back-channel-logout': async (request, _url, door) =>
    await heardOfLogout(request, door, providerOf(door)),
}

/** `/auth/*`: sign in at the provider or as a demonstration identity, ask who is signed in, sign out. */
export async function authRoutes(request: Request, url: URL, door: AuthContext): Promise<Response> {
  const answer = answers[`${request.method} ${url.pathname.replace(/\/$/, '')}`]
  if (!answer) throw nothingHere()
  return await answer(request, url, door)
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

async function shownSession({ actor, ends }: OpenSession, door: AuthContext): Promise<unknown> {
  const key = door.deviceKeys ? { deviceKey: await deviceKeyOf(door.sql, actor.identity) } : {}
  return { actor, ends, now: door.now.toISOString(), zone: clockOf(door).zone, ...key }
}

async function signInAsDemo(request: Request, url: URL, door: AuthContext): Promise<Response> {
  if (!door.demo) throw nothingHere()
  mustNotBeForeign(request, url)
  const body = parseJson(await request.text()) as { as?: unknown; person?: unknown } | null
  const actor =
    body?.as === 'person' && typeof body.person === 'string'
      ? await demoSignIn(body.person, await mustBeSignedIn(request, url, door), {
          ...{ sql: door.sql, ...clockOf(door) },
        })
      : door.demo.find((each) => each.identity === body?.as)
  if (!actor) throw new FhirProblem(403, 'login', 'There is no such demonstration identity')
  const before = credentialOf(request, url)
  if (before?.by === 'cookie') await endSession(door.sql, before.token)
  const token = await beginSession(door.sql, actor, door.now)
  await writeAuditLog(door.sql, [
    { at: door.now, actor, act: 'E', way: 'login', allowed: true, what: new Map() },
  ])
  return json({ actor, token, zone: clockOf(door).zone }, { 'Set-Cookie': sessionCookie(token) })
}

/** Ends this session; `leadsTo` is where the browser goes to end the one at the provider too. */
async function signOut(request: Request, url: URL, door: AuthContext): Promise<Response> {
  const credential = credentialOf(request, url)
  if (!credential) return await signedOut(url, door, undefined)
  const { token } = credential
  const found = await openSession(door.sql, token, { ...clockOf(door), attended: false })
  // somebody else has signed in since: the session that the page was opened in has ended already
  if (found && !isMeant(request, found.actor)) return json({})
  const idToken = await endSession(door.sql, token)
  door.onSignOut?.(found?.actor.identity)
  return await signedOut(url, door, idToken)
}

/** Ends all sessions of this identity, on every device. */
async function signOutEverywhere(request: Request, url: URL, door: AuthContext): Promise<Response> {
  const { actor } = await standing(request, url, door)
  const credential = credentialOf(request, url)
  const idToken = credential && (await endSession(door.sql, credential.token))
  await endSessions(door.sql, { identity: actor.identity })
  door.onSignOut?.(actor.identity)
  return await signedOut(url, door, idToken)
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
  door: AuthContext,
): Promise<Actor> {
  return (await standing(request, url, door)).actor
}

/** As `mustBeSignedIn`, and programs with an access token of the provider too. For records and messages only. */
export async function mustBeKnown(
  request: Request,
  url: URL,
  door: AuthContext & Readonly<{ store: Store }>,
): Promise<Actor> {
  const { signIn, store } = door
  const program = signIn && (await programActor(request, signIn.provider, store))
  return program ?? (await mustBeSignedIn(request, url, door))
}

/** Throws 401 if there is no session, or if it is not the one the page was opened in. */
async function standing(request: Request, url: URL, door: AuthContext): Promise<OpenSession> {
  const credential = credentialOf(request, url)
  const attended = !request.headers.has('gable-unattended')
  const found =
    credential && (await openSession(door.sql, credential.token, { ...clockOf(door), attended }))
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
