import { Suspense, useState } from 'react'
import {
  Outlet,
  ScrollRestoration,
  useLocation,
  useNavigation,
  useNavigationType,
} from 'react-router'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Toasts } from '#ui/feedback/toasts.tsx'
import { HeadingFocus } from './heading-focus.tsx'

/**
 * The part of the window that changes from page to page; after navigation the focus goes to its heading. The browser itself
 * announces the first page of a visit; signing in, or opening a person from a list, is navigation too.
 */
export function PageArea() {
  const { pathname } = useLocation()
  const { state } = useNavigation()
  const isMove = useNavigationType() !== 'POP'
  const [first, setFirst] = useState(isMove ? undefined : pathname)
  if (first !== undefined && first !== pathname) setFirst(undefined)
  return (
    <main className="gable-main" id="content" aria-busy={state === 'loading'}>
      {/* of its own for each page: else the page before would stay until the next is there, however long that takes */}
      <Suspense key={pathname} fallback={<Skeleton lines={10} />}>
        <Outlet />
        {first === pathname ? null : <HeadingFocus key={pathname} />}
      </Suspense>
      <Toasts />
      <ScrollRestoration />
    </main>
  )
}
