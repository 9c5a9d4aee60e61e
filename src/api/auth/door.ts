import { writeTrail } from '#api/audit/trail.ts'
import { FhirProblem } from '#api/problem.ts'
import { parseJson } from '#api/rest/negotiation.ts'
import { demoIdentities } from '#api/seed/identities.ts'
import type { Sql } from '#api/sql/sql.ts'
import type { Actor } from '#domain/access/actor.ts'
import { credentialOf, noCookie, sessionCookie } from './credential.ts'
import { demoPerson } from './demo-person.ts'
import { actorOf, beginSession, endSession } from './session.ts'

export type Door = Readonly<{
  sql: Sql
  demo: boolean
  now: Date
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
      return json({ actor: await mustBeSignedIn(request, url, door) })
    case 'POST /auth/sign-out':
      return await signOut(request, url, door)
    default:
      throw new FhirProblem(404, 'not-found', 'Nothing is served at this address')
  }
}

function shown({ identity, name, role, organisationName }: Actor): unknown {
  return { identity, name, role, ...(organisationName ? { organisationName } : {}) }
}

async function signIn(request: Request, url: URL, door: Door): Promise<Response> {
  if (!door.demo) throw new FhirProblem(404, 'not-found', 'Nothing is served at this address')
  const body = parseJson(await request.text()) as { as?: unknown; person?: unknown } | null
  const actor =
    body?.as === 'person' && typeof body.person === 'string'
      ? await demoPerson(body.person, await mustBeSignedIn(request, url, door), door)
      : demoIdentities.find((each) => each.identity === body?.as)
  if (!actor) throw new FhirProblem(403, 'login', 'There is no such demonstration identity')
  const token = await beginSession(door.sql, actor, door.now)
  await writeTrail(door.sql, [
    { at: door.now, actor, act: 'E', way: 'login', allowed: true, what: new Map() },
  ])
  return json({ actor, token }, { 'Set-Cookie': sessionCookie(token, url) })
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
  const credential = credentialOf(request, url)
  const actor = credential && (await actorOf(door.sql, credential.token, door.now))
  if (actor) return actor
  throw new FhirProblem(401, 'login', 'Sign in first', {
    headers: { 'WWW-Authenticate': 'Bearer realm="Gable"' },
  })
}

function json(body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
  })
}
