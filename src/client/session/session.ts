import * as v from 'valibot'
import { create } from 'zustand'
import { parseJsonResponse } from '#client/fhir/parse-json-response.ts'
import type { Actor } from '#domain/access/actor.ts'
import {
  endsAway,
  type SessionLimits,
  sessionStep,
  type WhyEnded,
  whyEnded,
} from '#domain/access/session-limits.ts'
import { checkedJson } from '#domain/fhir/checked-json.ts'
import {
  askToSignOut,
  clearPendingSignOut,
  isTaken,
  notePendingSignOut,
  pendingSignOut,
  retryPendingSignOut,
} from './pending-sign-out.ts'
import { actorShape, sessionShape } from './session-shape.ts'
import { offerSessionTransfer, takeSessionTransfer } from './session-transfer.ts'
import { markTurned, type TurnedScreen, turnedScreen } from './turned-screen.ts'
import { isUserActive, lastUse } from './user-activity.ts'

/** When a session ends by itself (instants): `idle` moves with use, `absolute` never does. */
export type SessionTimes = Readonly<{ idle: string; absolute: string }>

/**
 * Who is signed in on this tab. `token` exists only in the embedded app, whose service worker cannot set a cookie, and
 * lives as long as the tab; a team server keeps its session in a cookie that no script can read. `deviceKey` opens what
 * is stored on this device for offline work.
 */
type Session = Readonly<{
  actor?: Actor | undefined
  token?: string | undefined
  ends?: SessionTimes | undefined
  /** the server's clock when it gave the end times */
  now?: string | undefined
  /** by how much this device's clock is ahead of it, in milliseconds */
  ahead?: number | undefined
  /** the previous session, if it ended without being asked to */
  ended?: Readonly<{ why: WhyEnded; identity: string }> | undefined
  deviceKey?: string | undefined
  /** the service's time zone, which decides all days */
  zone?: string | undefined
  /** as the server says: it is kept in `turned-screen.ts` */
  turned?: TurnedScreen | undefined
}>

const storageKey = 'gable-session'
const nobody: Session = { actor: undefined }
/** True in a team build, whose records are on a server. */
export const isRemote = () => import.meta.env?.VITE_API === 'remote'

function remembered(): Session {
  // a tab that is restored while the screen is turned remembers who had it before
  if (turnedScreen()) return nobody
  try {
    const text = globalThis.sessionStorage?.getItem(storageKey)
    return checkedJson(sessionShape, text) ?? nobody
  } catch {
    return nobody
  }
}

export const useSession = create<Session>(() => remembered())

function keep(session: Session): void {
  useSession.setState(session, true)
  try {
    globalThis.sessionStorage?.setItem(storageKey, JSON.stringify(session))
  } catch {
    // a tab without storage signs in again after a reload
  }
}

/**
 * Tells the server with each request which user this tab belongs to. One cookie serves all tabs: the server refuses a
 * tab that somebody else opened.
 */
export function callerHeaders(): Readonly<Record<string, string>> {
  const { token = turnedScreen()?.token, actor } = useSession.getState()
  return {
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(actor && isRemote() ? { 'Gable-Identity': encodeURIComponent(actor.identity) } : {}),
    ...(isRemote() && !isUserActive() ? unattended : {}),
  }
}

const unattended = { 'Gable-Unattended': '1' }

const patience = 5_000
/** Goes up when somebody signs in or out: an answer to an earlier request says nothing about who is here now. */
let changes = 0

/**
 * Asks a team server whose cookie this browser holds; `quiet` does not count as use. Returns whether the server said
 * so: until it does, the current user stays.
 */
export async function restoreSession({ quiet = false } = {}): Promise<boolean> {
  const before = changes
  try {
    if (!(await retryPendingSignOut())) return leaveAsOwed()
    const isUse = !quiet && isUserActive()
    const headers = { Accept: 'application/json', ...(isUse ? {} : unattended) }
    const response = await fetch('/auth/session', {
      headers,
      signal: AbortSignal.timeout(patience),
    })
    const session = await parseJsonResponse(response, sessionShape)
    return session !== undefined && changes === before && hearOf(session, response)
  } catch {
    // offline, or a network that hangs: the next request shows which
    return false
  }
}

/** Whether the server said who is signed in, or that nobody is. */
function hearOf(session: Session, { ok, status }: Response): boolean {
  const isOver = status === 401
  const isTold = ok && (session.actor !== undefined || session.turned !== undefined)
  if (isOver) sessionEnded()
  else if (ok && session.turned) narrowTo(session.turned, session)
  else if (isTold) keepAsTold(session)
  return isOver || isTold
}

/** A page restored from the browser's cache missed a sign-out; the pending sign-out shows it. */
function leaveAsOwed(): false {
  const { actor } = useSession.getState()
  if (actor && pendingSignOut() === actor.identity) forgetSession()
  return false
}

/**
 * Whether the session may go on in one more tab without a server: not after half an hour without use in any tab. In the
 * embedded app, whose people are fictional, it goes on as long as a tab is open.
 */
function mayContinue(session: Session): boolean {
  if (!session.actor || pendingSignOut() !== undefined) return false
  if (!isRemote()) return session.token !== undefined
  const ends = endsHere(session)
  if (!ends) return false
  const away = { lastUse: lastUse(), isOnVisits: false }
  return sessionStep(endsAway(ends, away), Date.now()).kind !== 'over'
}

/** Gives the session to new tabs of this browser that get no answer from a server, as long as it lasts. */
export function shareWithNewTabs(): void {
  offerSessionTransfer(() => {
    const { ended: _, ...session } = useSession.getState()
    return mayContinue(session) ? session : undefined
  })
}

/** For a new tab that gets no answer from a server: continues the session of another tab. */
export async function joinOpenTab(): Promise<void> {
  if (useSession.getState().actor || turnedScreen() || pendingSignOut() !== undefined) return
  const lent = await takeSessionTransfer(sessionShape)
  // the user may have left between the question and the answer
  if (lent && mayContinue(lent)) keep(lent)
}

/** From now on this browser shows one plan: who is signed in, and the key to the device, are forgotten in every tab. */
export function narrowTo(turned: TurnedScreen, told: Session = useSession.getState()): void {
  changes += 1
  const { token, ends, now, ahead, zone } = told
  const own = !isRemote() && token ? { token } : {}
  markTurned({ ...turned, ...own })
  keep({ actor: undefined, ...own, ends, zone, ahead: now ? Date.now() - Date.parse(now) : ahead })
}

function keepAsTold(session: Session): void {
  markTurned(undefined)
  const ahead = session.now ? Date.now() - Date.parse(session.now) : 0
  keep({ ...session, ahead, ended: useSession.getState().ended })
}

/** When the session ends by the clock of this device; undefined if it does not say. */
export function endsHere({ ends, ahead = 0 }: Session): SessionLimits | undefined {
  if (!ends) return undefined
  return { idle: Date.parse(ends.idle) + ahead, absolute: Date.parse(ends.absolute) + ahead }
}

/**
 * Returns, once, whether another identity has signed in than the one whose session had ended: the pages that were open
 * are not for this user.
 */
export function isSomebodyElse(): boolean {
  const { ended, ...session } = useSession.getState()
  if (!ended) return false
  keep(session)
  return ended.identity !== session.actor?.identity
}

/** Signs in as a demonstration identity. Rejects when the server refuses or does not answer in JSON. */
export async function signInAs(identity: string): Promise<Actor> {
  return await signInWith({ as: identity })
}

/** Signs in as a person of the record, in a demonstration, for a professional who may see that record. */
export async function signInAsPerson(person: string): Promise<Actor> {
  return await signInWith({ as: 'person', person })
}

const signedInShape = v.object({
  actor: actorShape,
  token: v.optional(v.string()),
  zone: v.optional(v.string()),
})
const leadingShape = v.object({ leadsTo: v.optional(v.string()) })

async function signInWith(body: Readonly<Record<string, string>>): Promise<Actor> {
  const response = await fetch('/auth/demo', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...callerHeaders() },
    body: JSON.stringify(body),
  })
  const answer = await parseJsonResponse(response, signedInShape)
  if (!response.ok || !answer) throw new Error(`Sign-in was refused (${response.status})`)
  const { actor, token, zone } = answer
  if (isRemote()) {
    clearPendingSignOut()
    changes += 1
    await restoreSession()
  } else {
    markTurned(undefined)
    keep({ actor, token, zone })
  }
  return actor
}

/** The same session on its other side: as a person of their own, or as a carer. */
export function goOnAs(actor: Actor): void {
  changes += 1
  keep({ ...useSession.getState(), actor })
}

export async function signOut(): Promise<void> {
  await leave('/auth/sign-out')
}

/** Ends the sessions of this identity on every device. */
export async function signOutEverywhere(): Promise<void> {
  await leave('/auth/sign-out-everywhere')
}

/** Signs out here at once and, if the server says so, at the provider too. What the server does not confirm stays pending. */
async function leave(path: string): Promise<void> {
  const headers = callerHeaders()
  const { actor } = useSession.getState()
  if (actor && isRemote()) notePendingSignOut({ path, identity: actor.identity })
  forgetSession()
  const response = await askToSignOut(path, headers)
  if (!response || !isTaken(response)) return
  if (isRemote()) clearPendingSignOut()
  const { leadsTo } = (await parseJsonResponse(response, leadingShape)) ?? {}
  if (leadsTo) location.assign(leadsTo)
}

/** Nobody is signed in on this page from now on, whatever is still in flight. */
export function forgetSession(): void {
  changes += 1
  keep(nobody)
}

/** Forgets a session that the server no longer knows, but not whose it was and why it ended. */
export function sessionEnded(): void {
  changes += 1
  const session = useSession.getState()
  const { actor } = session
  const why = whyEnded(endsHere(session), Date.now())
  keep({ ...nobody, ended: actor ? { why, identity: actor.identity } : session.ended })
}
