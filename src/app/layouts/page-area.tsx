import { Suspense, useRef } from 'react'
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Toasts } from '#ui/feedback/toasts.tsx'
import { HeadingFocus } from './heading-focus.tsx'

/** The part of the window that changes from page to page; after navigation the focus goes to its heading. */
export function PageArea() {
  const { pathname } = useLocation()
  const { state } = useNavigation()
  const first = useRef(pathname)
  return (
    <main className="gable-main" id="content" aria-busy={state === 'loading'}>
      {/* of its own for each page: else the page before would stay until the next is there, however long that takes */}
      <Suspense key={pathname} fallback={<Skeleton lines={10} />}>
        <Outlet />
        {first.current === pathname ? null : <HeadingFocus key={pathname} />}
      </Suspense>
      <Toasts />
      <ScrollRestoration />
    </main>
  )
}
