import {
  createBrowserRouter,
  type LoaderFunctionArgs,
  matchRoutes,
  type RouteObject,
  redirect,
} from 'react-router'
import { deviceReady } from '#client/offline/device-ready.ts'
import { isSomebodyElse, useSession } from '#client/session/session.ts'
import { turnedScreen } from '#client/session/turned-screen.ts'
import { ErrorPage } from './error-page.tsx'
import { homeRouteFor } from './home-route.ts'
import { FrontLayout } from './layouts/front-layout.tsx'
import { LoadingPage } from './loading-page.tsx'
import { myPages } from './navigation/my-pages.tsx'
import { frame, type Load, page, stayTurned, withData, withError } from './navigation/page.tsx'
import { PageChange } from './navigation/page-change.tsx'
import { personPages } from './navigation/person-pages.tsx'
