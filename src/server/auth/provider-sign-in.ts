import { usualZone } from '#domain/calendar/zone.ts'
import { turnedSince } from '#server/agreement/turned-session.ts'
import { writeAuditLog } from '#server/audit/audit-log.ts'
import { FhirProblem } from '#server/problem.ts'
import { createStore } from '#server/store/create-store.ts'
import { decryptToken, encryptToken } from '#server/store/encrypted-token.ts'
import type { Sql } from '#server/store/sql.ts'
import { type ClaimNames, identityAt, type SubjectProblem, subjectOf } from './claims.ts'
import { cookieIn, credentialIn, credentialOf, sessionCookie } from './credential.ts'
import { findActor } from './find-actor.ts'
import {
  type Provider,
  type ProviderFault,
  ProviderProblem,
  type SignInStarted,
} from './provider-contract.ts'
import type { NoActor } from './record-match.ts'
import { sameSitePath } from './same-site-path.ts'
import { beginSession, endSession, endSessions } from './session.ts'

type SignInContext = Readonly<{
  /** the service's own connection */
  sql: Sql
  now: Date
  zone?: string | undefined
  /** called whenever sessions were ended early */
  onSignOut?: () => void
}>

/** The provider that the host brought, and the names of its claims. */
export type SignIn = Readonly<{ provider: Provider; names: ClaimNames }>

/** `again`: the screen of this user is turned to somebody, and they have not signed in since */
type Problem = ProviderFault | SubjectProblem | NoActor | 'again'

/** What is stored encrypted in the browser while the user is at the provider. */
type Leaving = SignInStarted & Readonly<{ to: string; asCarer: boolean; until: string }>

const purpose = 'sign-in'
const minutes = 10
const cookieFor = (state: string) => `__Host-gable-leaving-${state.slice(0, 8)}`

/** Sends the browser to the provider. One cookie an attempt, so that two tabs do not disturb each other. */
export async function startSignIn(
  request: Request,
  url: URL,
  auth: SignInContext,
  { provider }: SignIn,
): Promise<Response> {
  const again = await mustSignInAgain(request, url, auth)
  const begun = {
    ...{ state: random(), nonce: random(), verifier: random() },
    ...(again ? { again } : {}),
  }
  const to = sameSitePath(url.searchParams.get('to'))
  const until = new Date(auth.now.getTime() + minutes * 60_000).toISOString()
  const asCarer = url.searchParams.get('as') === 'carer'
  const leaving: Leaving = { ...begun, to, asCarer, until }
  try {
    const address = await provider.begin(begun, `${url.origin}/auth/callback`)
    const sealed = await encryptToken(auth.sql, purpose, leaving)
    return goTo(address.href, [cookie(begun.state, sealed, minutes * 60)])
  } catch (error) {
    return problemPage(faultOf(error), to)
  }
}

/**
 * Accepts a user who comes back: checks, finds who they are here, starts a session with a new token, and redirects to
 * the page they wanted.
 */
export async function completeSignIn(
  request: Request,
  url: URL,
  auth: SignInContext,
  signIn: SignIn,
): Promise<Response> {
  const state = url.searchParams.get('state') ?? ''
  const leaving = await leavingIn(request, state, auth)
  if (!leaving) return problemPage('expired', '/')
  const gone = cookie(state, '', 0)
  const answer = await welcome(request, url, auth, { ...signIn, leaving })
  answer.headers.append('Set-Cookie', gone)
  return answer
}

/** From a turned screen, or asked for: what is left of a sign-in at the provider is not enough. */
async function mustSignInAgain(
  { headers }: Request,
  url: URL,
  { sql }: SignInContext,
): Promise<boolean> {
  if (url.searchParams.has('again')) return true
  const held = credentialIn(headers.get('authorization') ?? '', headers.get('cookie') ?? '')
  return held !== undefined && (await turnedSince(sql, held)) !== undefined
}

/** Both clocks may differ a little; whoever turns a screen has signed in longer ago than this. */
const clockSeconds = 5

/** True if somebody with a turned screen comes back with a sign-in of before they turned it. */
async function isOldSignIn(
  { sql }: SignInContext,
  identity: string,
  authTime: unknown,
): Promise<boolean> {
  const since = await turnedSince(sql, { identity })
  if (!since) return false
  return typeof authTime !== 'number' || authTime + clockSeconds < since.getTime() / 1000
}

async function leavingIn(
  request: Request,
  state: string,
  auth: SignInContext,
): Promise<Leaving | undefined> {
  const sealed = /^[0-9a-f]{64}$/.test(state) ? cookieIn(request, cookieFor(state)) : undefined
  const leaving = sealed
    ? ((await decryptToken(auth.sql, purpose, sealed)) as Leaving | undefined)
    : undefined
  const isOurs = leaving?.state === state && leaving.until > auth.now.toISOString()
  return isOurs ? leaving : undefined
}

async function welcome(
  request: Request,
  url: URL,
  auth: SignInContext,
  { provider, names, leaving }: SignIn & { leaving: Leaving },
): Promise<Response> {
  const { to, asCarer } = leaving
  try {
    const { claims, idToken } = await provider.finish(url, leaving)
    const subject = subjectOf(claims, provider.issuer, { names, asCarer })
    const refused = { auth, issuer: provider.issuer, sub: claims['sub'], to }
    if (typeof subject === 'string') return await refuseSignIn(subject, refused)
    if (await isOldSignIn(auth, subject.identity, claims['auth_time']))
      return await refuseSignIn('again', refused)
    const actor = await findActor(subject, {
      ...{ store: createStore(auth.sql), ...{ now: auth.now, zone: auth.zone ?? usualZone } },
    })
    if (typeof actor === 'string') return await refuseSignIn(actor, refused)
    const before = credentialOf(request, url)
    if (before) await endSession(auth.sql, before.token)
    const session = typeof claims['sid'] === 'string' ? { session: claims['sid'] } : {}
    const origin = { subject, ...session, ...(idToken ? { idToken } : {}) }
    const token = await beginSession(auth.sql, actor, auth.now, origin)
    await writeAuditLog(auth.sql, [
      { at: auth.now, actor, act: 'E', way: 'login', allowed: true, what: new Map() },
    ])
    return goTo(`/?${new URLSearchParams({ to })}`, [sessionCookie(token)])
  } catch (error) {
    return await refuseSignIn(faultOf(error), { auth, issuer: provider.issuer, to })
  }
}

type Refused = Readonly<{ auth: SignInContext; issuer: string; sub?: unknown; to: string }>

/**
 * Refuses, and records in the audit log that somebody tried: the provider's own name for the account, and the reason.
 * No staff identifier, NHS number or name of somebody who may have nothing to do with the people here. Only for users
 * who left for the provider from here: a mere call of the address does not fill the audit log.
 */
async function refuseSignIn(
  problem: Problem,
  { auth, issuer, sub, to }: Refused,
): Promise<Response> {
  const who = typeof sub === 'string' && sub !== '' ? sub.slice(0, 255) : 'somebody'
  await writeAuditLog(auth.sql, [
    {
      ...{ at: auth.now, act: 'E', way: 'login', allowed: false, why: problem, what: new Map() },
      actor: { identity: identityAt(issuer, who), name: '', role: 'unknown' },
    },
  ])
  return problemPage(problem, to)
}

function faultOf(error: unknown): ProviderFault {
  if (error instanceof ProviderProblem) return error.fault
  throw error
}

/** The sign-in page explains the code. */
function problemPage(problem: Problem, to: string): Response {
  const query = new URLSearchParams({ problem, ...(to === '/' ? {} : { to }) })
  return goTo(`/sign-in?${query}`, [])
}

function goTo(address: string, cookies: readonly string[]): Response {
  const headers = new Headers({ Location: address, 'Cache-Control': 'no-store' })
  for (const each of cookies) headers.append('Set-Cookie', each)
  return new Response(null, { status: 303, headers })
}

function cookie(state: string, value: string, seconds: number): string {
  return `${cookieFor(state)}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`
}

/** 256 bits as 64 characters: long enough for each of the three, and safe in any cookie or address. */
function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** OpenID Connect Back-Channel Logout 1.0: the provider says that a session there is over. */
export async function heardOfLogout(
  request: Request,
  auth: SignInContext,
  { provider }: SignIn,
): Promise<Response> {
  const token = new URLSearchParams(await request.text()).get('logout_token') ?? ''
  try {
    const { subject, session } = await provider.loggedOut(token)
    // a session at the provider is named, otherwise all sessions of the subject
    const identity = subject ? { identity: identityAt(provider.issuer, subject) } : {}
    await endSessions(auth.sql, { ...identity, ...(session ? { session } : {}) })
    auth.onSignOut?.()
    return new Response(null, { status: 200, headers: { 'Cache-Control': 'no-store' } })
  } catch (error) {
    if (!(error instanceof ProviderProblem)) throw error
    throw new FhirProblem(400, 'security', 'This logout token cannot be trusted')
  }
}
