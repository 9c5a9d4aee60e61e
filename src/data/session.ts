import { create } from 'zustand'
import type { Actor } from '#domain/access/actor.ts'

/** When a session ends by itself (instants): `idle` moves on with use, `absolute` never does. */
export type Ends = Readonly<{ idle: string; absolute: string }>

/**
 * Who is signed in on this tab. `token` is there in the embedded app alone, whose service worker cannot set a cookie, and
 * lives as long as the tab; a team server keeps its session in a cookie that no script can read. `deviceKey` opens what is
 * kept on this device for work without a network.
 */
type Session = Readonly<{
  actor: Actor | undefined
  token?: string | undefined
  ends?: Ends | undefined
  deviceKey?: string | undefined
}>

const storageKey = 'gable-session'
const nobody: Session = { actor: undefined }
const isRemote = () => import.meta.env?.VITE_API === 'remote'

function remembered(): Session {
  try {
    const text = globalThis.sessionStorage?.getItem(storageKey)
    return text ? (JSON.parse(text) as Session) : nobody
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

/** What each call says of who makes it. One cookie serves all tabs: the server refuses a tab that was opened by another. */
export function callerHeaders(): Readonly<Record<string, string>> {
  const { token, actor } = useSession.getState()
  return {
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(actor && isRemote() ? { 'Gable-Identity': encodeURIComponent(actor.identity) } : {}),
  }
}

/** Asks a team server whose cookie this browser holds. While it does not answer, whoever was here before a reload stays. */
export async function restoreSession(): Promise<void> {
  try {
    await signOutIfOwed()
    const response = await fetch('/auth/session', { headers: { Accept: 'application/json' } })
    if (response.status === 401) return keep(nobody)
    if (!response.ok || !response.headers.get('content-type')?.includes('json')) return
    keep((await response.json()) as Session)
  } catch {
    // no network: the next call tells
  }
}

export type DemoIdentity = Pick<Actor, 'identity' | 'name' | 'role' | 'organisationName'>

/** The identities that may be tried out; empty when the server offers none. */
export async function demoIdentities(): Promise<readonly DemoIdentity[]> {
  const response = await fetch('/auth/demo', { headers: { Accept: 'application/json' } })
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) return []
  const body = (await response.json()) as { identities: readonly DemoIdentity[] }
  return body.identities
}

/** Signs in as a demonstration identity. Rejects when the server refuses or does not answer in JSON. */
export async function signInAs(identity: string): Promise<Actor> {
  return await signInWith({ as: identity })
}

/** Signs in as a person of the record, in a demonstration, by a professional who may see that record. */
export async function signInAsPerson(person: string): Promise<Actor> {
  return await signInWith({ as: 'person', person })
}

async function signInWith(body: Readonly<Record<string, string>>): Promise<Actor> {
  const response = await fetch('/auth/demo', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...callerHeaders() },
    body: JSON.stringify(body),
  })
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) {
    throw new Error(`Sign-in was refused (${response.status})`)
  }
  const { actor, token } = (await response.json()) as { actor: Actor; token: string }
  if (isRemote()) await restoreSession()
  else keep({ actor, token })
  return actor
}

export async function signOut(): Promise<void> {
  const headers = callerHeaders()
  keep(nobody)
  try {
    await fetch('/auth/sign-out', { method: 'POST', headers })
  } catch {
    if (isRemote()) localStorage.setItem(owedKey, 'sign-out')
  }
}

/** A cookie cannot be taken back without a network: whoever signed out there is signed out before anything else is asked. */
const owedKey = 'gable-owed'

async function signOutIfOwed(): Promise<void> {
  if (!localStorage.getItem(owedKey)) return
  await fetch('/auth/sign-out', { method: 'POST' })
  localStorage.removeItem(owedKey)
}

/** Forgets the session without telling the server: it no longer knows it. */
export function sessionEnded(): void {
  keep(nobody)
}
