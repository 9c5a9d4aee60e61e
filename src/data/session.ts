import { create } from 'zustand'
import type { Actor } from '#domain/access/actor.ts'

/** Who is signed in on this tab. The token lives as long as the tab: it is not written to disk. */
type Session = Readonly<{ actor: Actor | undefined; token: string | undefined }>

const storageKey = 'gable-session'

function remembered(): Session {
  try {
    const text = globalThis.sessionStorage?.getItem(storageKey)
    return text ? (JSON.parse(text) as Session) : { actor: undefined, token: undefined }
  } catch {
    return { actor: undefined, token: undefined }
  }
}

export const useSession = create<Session>(() => remembered())

function keep(session: Session): void {
  useSession.setState(session)
  try {
    globalThis.sessionStorage?.setItem(storageKey, JSON.stringify(session))
  } catch {
    // a tab without storage signs in again after a reload
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
  const { token: current } = useSession.getState()
  const response = await fetch('/auth/demo', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(current ? { Authorization: `Bearer ${current}` } : {}),
    },
    body: JSON.stringify(body),
  })
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) {
    throw new Error(`Sign-in was refused (${response.status})`)
  }
  const { actor, token } = (await response.json()) as { actor: Actor; token: string }
  keep({ actor, token })
  return actor
}

export async function signOut(): Promise<void> {
  const { token } = useSession.getState()
  keep({ actor: undefined, token: undefined })
  await fetch('/auth/sign-out', {
    method: 'POST',
    headers: token ? { Authorization: `Bearer ${token}` } : {},
  }).catch(() => undefined)
}

/** Forgets the session without telling the server: it no longer knows this token. */
export function sessionEnded(): void {
  keep({ actor: undefined, token: undefined })
}
