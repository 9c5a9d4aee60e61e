import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { listenForChangeEvents } from '#client/fhir/change-events.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { useOffline } from '#client/offline/use-offline.ts'
import { forgetRestrictions } from '#client/queries/consent/restrictions.ts'
import { beAt, followPresence } from '#client/session/presence.ts'
import { isRemote, useSession } from '#client/session/session.ts'
import { watchSessionTimeout } from '#client/session/session-timeout.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { forgetToasts } from '#ui/feedback/toasts.tsx'
import { ShownZone } from '#ui/text/shown-zone.ts'
import { activateI18n } from './i18n.ts'
import { presenceLocation } from './presence-location.ts'
import { redirectAfterSignIn } from './redirect-after-sign-in.ts'
import { createRoutes, fetchPageOf, type Router } from './routes.tsx'
import './styles.ts'

/** Renders the app. */
export function startApp(root: HTMLElement): void {
  activateI18n()
  const router = createRoutes()
  followSession(router)
  followPlace(router)
  followPointer(root)
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <InServiceZone>
            <RouterProvider router={router} />
          </InServiceZone>
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  )
}

/** Instants are shown in the service's time zone. */
function InServiceZone({ children }: { children: ReactNode }) {
  return (
    <ShownZone value={useSession((session) => session.zone) ?? usualZone}>{children}</ShownZone>
  )
}

/** A new user sees nothing that was loaded for somebody else, and gets change events as long as the session lasts. */
function followSession(router: Router): void {
  let stop = useSession.getState().actor ? listenForChangeEvents() : () => undefined
  useSession.subscribe((session, before) => {
    if (session.token === before.token && identityIn(session) === identityIn(before)) return
    stop()
    queryClient.clear()
    forgetRestrictions()
    forgetToasts()
    stop = session.actor ? listenForChangeEvents() : () => undefined
    const { location } = router.state
    const replace = location.pathname === '/sign-in'
    void router.navigate(redirectAfterSignIn(session, before, location), { replace })
  })
  if (isRemote()) watchSessionTimeout(() => useOffline.getState().people.length > 0)
}

const identityIn = ({ actor }: ReturnType<typeof useSession.getState>) => actor?.identity

/** The page behind a link is on its way as soon as somebody points at it or comes to it with the keyboard. */
function followPointer(root: HTMLElement): void {
  const come = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null
    if (link?.origin === location.origin) fetchPageOf(link.pathname)
  }
  root.addEventListener('pointerover', come)
  root.addEventListener('focusin', come)
}

/** Others in the same plan are told in which room of it this page is. */
function followPlace(router: Router): void {
  const tell = () =>
    beAt(presenceLocation(router.state.location.pathname, useSession.getState().actor))
  followPresence()
  router.subscribe(tell)
  useSession.subscribe(tell)
  tell()
}
