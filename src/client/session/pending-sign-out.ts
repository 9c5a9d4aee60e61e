import * as v from 'valibot'
import { checkedJson } from '#domain/fhir/checked-json.ts'

/**
 * A sign-out that the server has not confirmed yet. It is noted before the server is asked: if the page closes, the
 * network is gone or the server refuses, the cookie is still valid, and the next user of this browser would still be
 * signed in as this one.
 */
const owedKey = 'gable-owed'
const patience = 5_000

/** `path` is the chosen way to sign out, and `identity` whose session has to end: nobody else's does. */
const owedShape = v.object({
  path: v.pipe(v.string(), v.startsWith('/auth/')),
  identity: v.string(),
})
type Owed = Readonly<v.InferOutput<typeof owedShape>>

export function notePendingSignOut(pending: Owed): void {
  try {
    localStorage.setItem(owedKey, JSON.stringify(pending))
  } catch {
    // without browser storage the user is still signed out, if the server gets the request now
  }
}

/** A new session has replaced the one that was to end. */
export function clearPendingSignOut(): void {
  localStorage.removeItem(owedKey)
}

/** Whose session is to end and may still exist at the server; undefined if nothing is pending. */
export function pendingSignOut(): string | undefined {
  return checkedJson(owedShape, localStorage.getItem(owedKey))?.identity
}

/** Asks the server to sign out, also from a page that is about to close; undefined when it did not answer. */
export function askToSignOut(
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response | undefined> {
  const signal = AbortSignal.timeout(patience)
  return fetch(path, { method: 'POST', headers, keepalive: true, signal }).catch(() => undefined)
}

/** Whether the session that was to end is gone. */
export const isTaken = (answer: Response | undefined): boolean =>
  answer !== undefined && (answer.ok || answer.status === 401)

/** Sends the pending sign-out; false as long as the server has not confirmed it. */
export async function retryPendingSignOut(): Promise<boolean> {
  const text = localStorage.getItem(owedKey)
  if (text === null) return true
  const pending = checkedJson(owedShape, text)
  // a note that cannot be read signs nobody out: otherwise nobody could sign in any more
  if (!pending) {
    clearPendingSignOut()
    return true
  }
  const { path, identity } = pending
  const answer = await askToSignOut(path, { 'Gable-Identity': encodeURIComponent(identity) })
  if (!isTaken(answer)) return false
  // another sign-out may have been noted meanwhile
  if (localStorage.getItem(owedKey) === text) clearPendingSignOut()
  return true
}
