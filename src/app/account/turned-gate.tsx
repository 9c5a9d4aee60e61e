import { lazy, type ReactNode, Suspense } from 'react'
import { LoadingPage } from '#app/loading-page.tsx'
import { useTurnedScreen } from '#client/session/turned-screen.ts'

const TurnedPage = lazy(() =>
  import('#features/turned-screen/turned-page.tsx').then((file) => ({ default: file.TurnedPage })),
)

/** While the screen is turned to somebody, there is no other page at any address of this app. */
export function TurnedGate({ children }: Readonly<{ children: ReactNode }>) {
  const turned = useTurnedScreen((state) => state.turned)
  if (!turned) return children
  return (
    <Suspense fallback={<LoadingPage />}>
      <TurnedPage turned={turned} />
    </Suspense>
  )
}
