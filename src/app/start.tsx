import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { useOffline } from '#client/offline/use-offline.ts'
import { useLanguage } from '#client/session/language.ts'
import { beAt, followPresence } from '#client/session/presence.ts'
import {
  isRemote,
  joinOpenTab,
  narrowTo,
  restoreSession,
  useSession,
} from '#client/session/session.ts'
import { watchSessionTimeout } from '#client/session/session-timeout.ts'
import { followTurnedTabs, turnedScreen } from '#client/session/turned-screen.ts'
import { followSession } from './account/follow-session.ts'
import { App, type Gate } from './app.tsx'
import { activateI18n, followLanguage } from './i18n.ts'
import { presenceLocation } from './presence-location.ts'
import { createRoutes, fetchPageOf, type Router } from './routes.tsx'
import './styles.ts'

/** Renders the app; `gate` decides whether its pages are shown. */
export function startApp(root: HTMLElement, gate?: Gate): void {
  activateI18n()
  const router = createRoutes()
  followSession(router)
  followTurnedTabs(() => void hearTurned())
  if (isRemote()) watchSessionTimeout(() => useOffline.getState().people.length > 0)
  followPlace(router)
  followPointer(root)
  const render = () =>
    createRoot(root).render(
      <StrictMode>
        <App router={router} gate={gate} />
      </StrictMode>,
    )
  const spoken = followLanguage()
  // English is there at once; another language comes before the page, so that nobody sees it change
  if (useLanguage.getState().language === 'en') render()
  else void spoken.finally(render)
}

/** The page behind a link is loaded as soon as somebody points at the link or moves the focus to it. */
function followPointer(root: HTMLElement): void {
  const come = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null
    if (link?.origin === location.origin) fetchPageOf(link.pathname)
  }
  root.addEventListener('pointerover', come)
  root.addEventListener('focusin', come)
}

/** Another tab has turned the screen, or its user has signed in again there. */
async function hearTurned(): Promise<void> {
  const turned = turnedScreen()
  if (turned) narrowTo(turned)
  else if (isRemote()) await restoreSession()
  else await joinOpenTab()
}

/** Tells others in the same plan which room of it this page shows. */
function followPlace(router: Router): void {
  const tell = () =>
    beAt(presenceLocation(router.state.location.pathname, useSession.getState().actor))
  followPresence()
  router.subscribe(tell)
  useSession.subscribe(tell)
  tell()
}
