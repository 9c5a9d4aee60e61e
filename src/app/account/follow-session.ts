import { redirectAfterSignIn } from '#app/redirect-after-sign-in.ts'
import type { Router } from '#app/routes.tsx'
import { listenForChangeEvents } from '#client/fhir/change-events.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { deviceReady } from '#client/offline/device-ready.ts'
import { forgetRestrictions } from '#client/queries/consent/restrictions.ts'
import { useSession } from '#client/session/session.ts'
import { turnedScreen } from '#client/session/turned-screen.ts'
import { forgetToasts } from '#ui/feedback/toasts.tsx'

/**
 * A new user sees nothing that was loaded for somebody else, and gets change events as long as the session lasts. Returns
 * how to stop.
 */
export function followSession(router: Router): () => void {
  let stop = useSession.getState().actor ? listenWhenReady() : () => undefined
  const unsubscribe = useSession.subscribe((session, before) => {
    if (session.token === before.token && identityIn(session) === identityIn(before)) return
    stop()
    queryClient.clear()
    forgetRestrictions()
    forgetToasts()
    // every page is the turned one
    if (turnedScreen()) {
      stop = () => undefined
      return void router.navigate(router.state.location.pathname, { replace: true })
    }
    stop = session.actor ? listenWhenReady() : () => undefined
    const { location } = router.state
    const replace = location.pathname === '/sign-in'
    void router.navigate(redirectAfterSignIn(session, before, location), { replace })
  })
  return () => {
    unsubscribe()
    stop()
  }
}

/** The other side of the same user, as a carer or as a person of their own, is somebody else for what is on screen. */
const identityIn = ({ actor }: ReturnType<typeof useSession.getState>) =>
  actor && `${actor.identity} ${actor.role}`

/** No server answers before the records on this device are open. */
function listenWhenReady(): () => void {
  const stopped = new AbortController()
  void deviceReady().then(() => {
    if (!stopped.signal.aborted) stopped.signal.addEventListener('abort', listenForChangeEvents())
  })
  return () => stopped.abort()
}
