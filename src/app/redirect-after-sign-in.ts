import type { useSession } from '#client/session/session.ts'

type Session = Pick<ReturnType<typeof useSession.getState>, 'actor' | 'ended'>
type Place = Readonly<{ pathname: string; search: string }>

/**
 * Where the app goes when the signed-in user changes. A session that ended by itself remembers the page, so that
 * signing in again leads back to it; a user who signs out leaves nothing behind.
 */
export function redirectAfterSignIn(session: Session, before: Session, place: Place): string {
  const isAtDoor = place.pathname === '/sign-in'
  // back from a turned screen
  const plan = /^(\/people\/[^/]+\/plan)\/turned$/.exec(place.pathname)?.[1]
  if (session.actor && plan) return plan
  if (session.actor) return isAtDoor && !before.actor ? `/${place.search}` : '/'
  if (!session.ended) return '/sign-in'
  if (isAtDoor) return `/sign-in${place.search}`
  const to = place.pathname + place.search
  return `/sign-in?${new URLSearchParams({ to, ended: session.ended.why })}`
}
