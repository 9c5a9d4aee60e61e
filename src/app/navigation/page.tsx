import type { ComponentType, ReactNode } from 'react'
import { type LoaderFunctionArgs, type RouteObject, redirect } from 'react-router'
import { ErrorPage } from '#app/error-page.tsx'
import { hasRouteAccess } from '#app/route-access.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { deviceReady } from '#client/offline/device-ready.ts'
import { useSession } from '#client/session/session.ts'
import { type TurnedScreen, turnedPath, turnedScreen } from '#client/session/turned-screen.ts'
import { codeLost } from './code-lost.ts'
import type { PageData } from './page-data.ts'
import { mostPatience } from './page-patience.ts'

export type Load = () => Promise<ComponentType>

/** The frames around several pages: loaded with the first of them, because nobody needs them before sign-in. */
export const frame = (load: Load) => ({
  lazy: async () => ({ Component: await load().catch(codeLost) }),
  handle: load,
})

/**
 * One page: loaded when it is first opened, together with its data, while the previous page stays visible; and refused
 * to a role that it is not made for.
 */
export function page(path: string, load: Load, data?: PageData): RouteObject {
  const loader = data ? withData(data) : mustBeTheirs
  return withError(<ErrorPage />, { path, ...frame(load), loader })
}

/** Around the route, not on it: the router shows nothing at all for a route whose own code did not load. */
export const withError = (errorElement: ReactNode, route: RouteObject): RouteObject => ({
  errorElement,
  children: [route],
})

export const withData = (page: PageData) => async (called: LoaderFunctionArgs) => {
  const elsewhere = await mustBeTheirs(called)
  if (elsewhere || turnedScreen()) return elsewhere
  const fetched = import('./page-data.ts')
    .then(({ fetchFor }) => fetchFor(page, called.params['person']))
    // the page itself requests what is missing
    .catch(() => undefined)
  await Promise.race([fetched, new Promise((resolve) => setTimeout(resolve, mostPatience))])
  return null
}

/** Every address leads to the turned page, which is shown instead of the page of the address. */
export function stayTurned(turned: TurnedScreen, request: Request) {
  const path = turnedPath(turned)
  return new URL(request.url).pathname === path ? null : redirect(path)
}

async function mustBeTheirs({ request }: LoaderFunctionArgs) {
  const turned = turnedScreen()
  if (turned) return stayTurned(turned, request)
  const { pathname } = new URL(request.url)
  // they show nothing that is stored on this device
  if (['/sign-in', '/card'].includes(pathname)) return null
  await deviceReady()
  const { actor } = useSession.getState()
  if (actor && !hasRouteAccess(actor, pathname)) throw new FhirError({ status: 403 })
  return null
}
