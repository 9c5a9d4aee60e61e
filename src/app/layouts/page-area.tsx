import { Suspense, useRef } from 'react'
import { Outlet, ScrollRestoration, useLocation } from 'react-router'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Toasts } from '#ui/feedback/toasts.tsx'
import { HeadingFocus } from './heading-focus.tsx'

/** The part of the window that changes from page to page; after a move the focus goes to its heading. */
export function PageArea() {
  const { pathname } = useLocation()
  const first = useRef(pathname)
  return (
    <main className="gable-main" id="content">
      <Suspense fallback={<Skeleton lines={10} />}>
        <Outlet />
        {first.current === pathname ? null : <HeadingFocus key={pathname} />}
      </Suspense>
      <Toasts />
      <ScrollRestoration />
    </main>
  )
}
