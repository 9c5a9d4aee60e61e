import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { RouterProvider } from 'react-router'
import { queryClient } from '#client/fhir/query-client.ts'
import { useSession } from '#client/session/session.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { ShownZone } from '#ui/text/shown-zone.ts'
import type { Router } from './routes.tsx'

/** All pages, inside the providers that they need. */
export function App({ router }: { router: Router }) {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <InServiceZone>
          <RouterProvider router={router} />
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
