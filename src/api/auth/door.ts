import { writeTrail } from '#api/audit/trail.ts'
import { FhirProblem } from '#api/problem.ts'
import { parseJson } from '#api/rest/negotiation.ts'
import { demoIdentities } from '#api/seed/identities.ts'
import type { Sql } from '#api/sql/sql.ts'
import type { Actor } from '#domain/access/actor.ts'
import { credentialOf, mustNotBeForeign, noCookie, sessionCookie } from './credential.ts'
import { demoPerson } from './demo-person.ts'
import { deviceKeyOf } from './device-key.ts'
import { beginSession, endSession, type Standing, standingOf } from './session.ts'

export type Door = Readonly<{
  sql: Sql
  demo: boolean
  now: Date
  /** true: whoever is signed in is given the key of what she keeps on her device */
  deviceKeys?: boolean | undefined
  /** told the token of each session that is ended by its owner */
  onSignOut?: (token: string) => void
}>

/** `/auth/*`: sign in as a demonstration identity, ask who is signed in, sign out. */
export async function authAnswer(request: Request, url: URL, door: Door): Promise<Response> {
  const wanted = `${request.method} ${url.pathname.replace(/\/$/, '')}`
  switch (wanted) {
    case 'GET /auth/demo':
      return json({ identities: door.demo ? demoIdentities.map(shown) : [] })
    case 'POST /auth/demo':
      return await signIn(request, url, door)
    case 'GET /auth/session':
      return json(await shownSession(await standing(request, url, door), door))
    case 'POST /auth/sign-out':
      return await signOut(request, url, door)
    default:
      throw new FhirProblem(404, 'not-found', 'Nothing is served at this address')
  }
}

function shown({ identity, name, role, organisationName }: Actor): unknown {
  return { identity, name, role, ...(organisationName ? { organisationName } : {}) }
}

async function shownSession({ actor, ends }: Standing, door: Door): Promise<unknown> {
  const key = door.deviceKeys ? { deviceKey: await deviceKeyOf(door.sql, actor.identity) } : {}
  return { actor, ends, ...key }
}

async function signIn(request: Request, url: URL, door: Door): Promise<Response> {
  if (!door.demo) throw new FhirProblem(404, 'not-found', 'Nothing is served at this address')
  mustNotBeForeign(request, url)
  const body = parseJson(await request.text()) as { as?: unknown; person?: unknown } | null
  const actor =
    body?.as === 'person' && typeof body.person === 'string'
      ? await demoPerson(body.person, await mustBeSignedIn(request, url, door), door)
      : demoIdentities.find((each) => each.identity === body?.as)
  if (!actor) throw new FhirProblem(403, 'login', 'There is no such demonstration identity')
  const before = credentialOf(request, url)
  if (before?.by === 'cookie') await endSession(door.sql, before.token)
  const token = await beginSession(door.sql, actor, door.now)
  await writeTrail(door.sql, [
    { at: door.now, actor, act: 'E', way: 'login', allowed: true, what: new Map() },
  ])
  return json({ actor, token }, { 'Set-Cookie': sessionCookie(token) })
}

async function signOut(request: Request, url: URL, door: Door): Promise<Response> {
  const credential = credentialOf(request, url)
  if (credential) {
    await endSession(door.sql, credential.token)
    door.onSignOut?.(credential.token)
  }
  return json({}, { 'Set-Cookie': noCookie() })
}

/** Who is calling; 401 when nobody is signed in. */
export async function mustBeSignedIn(request: Request, url: URL, door: Door): Promise<Actor> {
  return (await standing(request, url, door)).actor
}

/** Throws 401 when no session stands, or when it is another's than the one the page was opened in. */
async function standing(request: Request, url: URL, door: Door): Promise<Standing> {
  const credential = credentialOf(request, url)
  const attended = !request.headers.has('gable-unattended')
  const found =
    credential && (await standingOf(door.sql, credential.token, { now: door.now, attended }))
  if (found && isMeant(request, found.actor)) return found
  throw new FhirProblem(401, 'login', 'Sign in first', {
    headers: { 'WWW-Authenticate': 'Bearer realm="Gable"' },
  })
}

/**
 * All tabs of a browser share one cookie. A tab that was opened by one identity says so with each call, so that nothing is
 * written in the name of another who has signed in since.
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
