import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, Suspense, useEffect } from 'react'
import { RouterProvider } from 'react-router'
import { queryClient } from '#client/fhir/query-client.ts'
import { useSession } from '#client/session/session.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { ShownZone } from '#ui/text/shown-zone.ts'
import { TurnedGate } from './account/turned-gate.tsx'
import { LoadingPage } from './loading-page.tsx'
import { keepFocus } from './navigation/keep-focus.ts'
import type { Router } from './routes.tsx'

export type Gate = (inside: Readonly<{ children: ReactNode }>) => ReactNode

const open: Gate = ({ children }) => children

/** All pages, inside the providers that they need; `gate` decides whether they are shown. */
export function App({ router, gate: Gate = open }: { router: Router; gate?: Gate | undefined }) {
  useEffect(() => keepFocus(document), [])
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <InServiceZone>
          <Gate>
            <TurnedGate>
              {/* a place without patience for loading waits here: the page before is inside, and stays */}
              <Suspense fallback={<LoadingPage />}>
                <RouterProvider router={router} useTransitions />
              </Suspense>
            </TurnedGate>
          </Gate>
        </InServiceZone>
      </QueryClientProvider>
    </I18nProvider>
  )
}

/** Instants are shown in the service's time zone. */
function InServiceZone({ children }: { children: ReactNode }) {
  return (
    <ShownZone value={useSession((session) => session.zone) ?? usualZone}>{children}</ShownZone>
  )
}
