import { Suspense, useState } from 'react'
import {
  Outlet,
  ScrollRestoration,
  useLocation,
  useNavigation,
  useNavigationType,
} from 'react-router'
import { useSession } from '#client/session/session.ts'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Toasts, ToastsFromPageBefore } from '#ui/feedback/toasts.tsx'
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
  const isOpen = useIsOpenedByUser()
  return (
    <main className="gable-main" id="content" aria-busy={state === 'loading'}>
      <ToastsFromPageBefore page={pathname} />
      {/* of its own for each page: else the page before would stay until the next is there, however long that takes */}
      <Suspense key={pathname} fallback={<Skeleton lines={10} />}>
        {isOpen ? <Outlet /> : <Skeleton lines={10} />}
        {first === pathname ? null : <HeadingFocus key={pathname} />}
      </Suspense>
      <Toasts />
      <ScrollRestoration />
    </main>
  )
}

/**
 * False from the moment at which somebody else signs in, or nobody is signed in any more, until the router has opened
 * a page for them: the page of the user before asks for nothing in the name of the next.
 */
function useIsOpenedByUser(): boolean {
  const { key } = useLocation()
  const identity = useSession(({ actor }) => actor?.identity)
  const [opened, setOpened] = useState({ key, identity })
  if (opened.key !== key) setOpened({ key, identity })
  return opened.identity === identity
}
