/**
 * A sign-out that the server has not taken yet. It is noted before the server is asked: a page that closes, a network that
 * is gone or a server that refuses leaves the cookie standing, and whoever opens the browser next would be her.
 */
const owedKey = 'gable-owed'
const patience = 5_000

/** `path` is the way out that was chosen, and `identity` whose session has to end: nobody else's does. */
type Owed = Readonly<{ path: string; identity: string }>

export function notePendingSignOut(owed: Owed): void {
  try {
    localStorage.setItem(owedKey, JSON.stringify(owed))
  } catch {
    // a browser that keeps nothing signs out all the same, as far as the server hears of it now
  }
}

/** A new session has taken the place of the one that was to end. */
export function clearPendingSignOut(): void {
  localStorage.removeItem(owedKey)
}

/** Whose session is to end and may stand at the server still; undefined when nothing is owed. */
export function pendingSignOut(): string | undefined {
  const text = localStorage.getItem(owedKey)
  return text === null ? undefined : (JSON.parse(text) as Owed).identity
}

/** Asks the server to sign out, also from a page that is about to close; undefined when it did not answer. */
export function askToSignOut(
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response | undefined> {
  const signal = AbortSignal.timeout(patience)
  return fetch(path, { method: 'POST', headers, keepalive: true, signal }).catch(() => undefined)
}

/** Whether nothing stands any more of the session that was to end. */
export const isTaken = (answer: Response | undefined): boolean =>
  answer !== undefined && (answer.ok || answer.status === 401)

/** Does what is owed; false as long as the server has not taken it. */
export async function retryPendingSignOut(): Promise<boolean> {
  const text = localStorage.getItem(owedKey)
  if (text === null) return true
  const { path, identity } = JSON.parse(text) as Owed
  const answer = await askToSignOut(path, { 'Gable-Identity': encodeURIComponent(identity) })
  if (!isTaken(answer)) return false
  // another sign-out may have been noted meanwhile
  if (localStorage.getItem(owedKey) === text) clearPendingSignOut()
  return true
}
