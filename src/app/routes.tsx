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
import { teamPages } from './navigation/team-pages.tsx'
import { RootErrorPage } from './root-error-page.tsx'

async function mustBeSignedIn({ request }: LoaderFunctionArgs) {
  const turned = turnedScreen()
  if (turned) return stayTurned(turned, request)
  if (useSession.getState().actor) await deviceReady()
  if (useSession.getState().actor) return null
  const { pathname, search } = new URL(request.url)
  return redirect(`/sign-in?${new URLSearchParams({ to: pathname + search })}`)
}

/** The page that the user wanted before sign-in, if it is one for them, otherwise the first page of their role. */
function goHome({ request }: LoaderFunctionArgs) {
  const turned = turnedScreen()
  if (turned) return stayTurned(turned, request)
  const { actor } = useSession.getState()
  if (!actor) return redirect('/sign-in')
  const target = isSomebodyElse() ? '' : (new URL(request.url).searchParams.get('to') ?? '')
  return redirect(homeRouteFor(actor, target))
}

/** No page, for anybody: only a turned screen leads from there to its plan. */
function mayBeTurned({ request }: LoaderFunctionArgs) {
  const turned = turnedScreen()
  return turned ? stayTurned(turned, request) : null
}

const workPages: RouteObject[] = [
  ...teamPages,
  page('/find', () => import('#features/case-finding/find-page.tsx').then((file) => file.FindPage)),
  page(
    '/find/population',
    () =>
      import('#features/case-finding/population/population-page.tsx').then(
        (file) => file.PopulationPage,
      ),
    'population',
  ),
  page(
    '/insight/agreement',
    () => import('#features/contract/agreement-page.tsx').then((file) => file.AgreementPage),
    'agreement',
  ),
  page(
    '/insight/tried',
    () => import('#features/outcomes/tried/tried-page.tsx').then((file) => file.TriedPage),
    'tried',
  ),
  page(
    '/insight/unmet',
    () => import('#features/unmet-needs/unmet-needs-page.tsx').then((file) => file.UnmetNeedsPage),
    'unmetNeeds',
  ),
  page(
    '/insight/evaluation',
    () => import('#features/evaluation/evaluation-page.tsx').then((file) => file.EvaluationPage),
    'evaluation',
  ),
  page(
    '/find/rules',
    () => import('#features/case-finding/rules/rules-page.tsx').then((file) => file.RulesPage),
    'rules',
  ),
  page('/find/rules/:rule', () =>
    import('#features/case-finding/rules/rule-page.tsx').then((file) => file.RulePage),
  ),
  page(
    '/caseload',
    () => import('#features/caseload/caseload-page.tsx').then((file) => file.CaseloadPage),
    'caseload',
  ),
  page('/emergency', () =>
    import('#features/break-glass/break-glass-page.tsx').then((file) => file.BreakGlassPage),
  ),
  page(
    '/insight',
    () => import('#features/outcomes/outcomes-page.tsx').then((file) => file.OutcomesPage),
    'outcomes',
  ),
  page(
    '/insight/work',
    () => import('#features/admin/insight/insight-page.tsx').then((file) => file.InsightPage),
    'insight',
  ),
  page('/import', () =>
    import('#features/admin/import/import-page.tsx').then((file) => file.ImportPage),
  ),
  page('/diary', () => import('#features/diary/diary-page.tsx').then((file) => file.DiaryPage)),
  page('/messages', () =>
    import('#features/messages/team-messages-page.tsx').then((file) => file.TeamMessagesPage),
  ),
  page('/hospital-messages', () =>
    import('#features/admin/hl7-messages/messages-page.tsx').then((file) => file.MessagesPage),
  ),
  page(
    '/duplicates',
    () =>
      import('#features/admin/duplicates/duplicates-page.tsx').then((file) => file.DuplicatesPage),
    'duplicates',
  ),
  page('/organisations', () =>
    import('#features/admin/organisations/organisations-page.tsx').then(
      (file) => file.OrganisationsPage,
    ),
  ),
  page('/licences', () =>
    import('#features/admin/licences/licences-page.tsx').then((file) => file.LicencesPage),
  ),
  page('/questionnaires', () =>
    import('#features/assessments/library/questionnaires-page.tsx').then(
      (file) => file.QuestionnairesPage,
    ),
  ),
  page('/backup', () =>
    import('#features/admin/backup/backup-page.tsx').then((file) => file.BackupPage),
  ),
  page('/tasks', () =>
    import('#features/coordination/tasks/tasks-page.tsx').then((file) => file.TasksPage),
  ),
  page('/services', () =>
    import('#features/directory/services-page.tsx').then((file) => file.ServicesPage),
  ),
  page(
    '/social-care',
    () => import('#features/social-care/social-care-page.tsx').then((file) => file.SocialCarePage),
    'socialCare',
  ),
  page('/find/roster', () =>
    import('#features/case-finding/roster/roster-page.tsx').then((file) => file.RosterPage),
  ),
  page('/find/in-hospital', () =>
    import('#features/case-finding/in-hospital/in-hospital-page.tsx').then(
      (file) => file.InHospitalPage,
    ),
  ),
  page(
    '/find/gaps',
    () => import('#features/quality/gaps-page.tsx').then((file) => file.GapsPage),
    'gaps',
  ),
  page('/find/referrals', () =>
    import('#features/coordination/referrals/referrals-to-us-page.tsx').then(
      (file) => file.ReferralsToUsPage,
    ),
  ),
  page(
    '/find/feeds',
    () => import('#features/case-finding/feeds/feeds-page.tsx').then((file) => file.FeedsPage),
    'feeds',
  ),
  page(
    '/find/programmes',
    () => import('#features/programmes/programmes-page.tsx').then((file) => file.ProgrammesPage),
    'programmes',
  ),
  page(
    '/find/programmes/:programme',
    () => import('#features/programmes/programme-page.tsx').then((file) => file.ProgrammePage),
    'programmes',
  ),
  page('/waiting', () =>
    import('#features/offline-queue/offline-queue-page.tsx').then((file) => file.OfflineQueuePage),
  ),
  page(
    '/today',
    () => import('#features/today/today-page.tsx').then((file) => file.TodayPage),
    'today',
  ),
]

const routes: RouteObject[] = [
  {
    element: <PageChange />,
    errorElement: <RootErrorPage />,
    hydrateFallbackElement: <LoadingPage />,
    children: [
      { path: '/', loader: goHome },
      {
        element: <FrontLayout />,
        children: [
          page('/sign-in', () =>
            import('#features/sign-in/sign-in-page.tsx').then((file) => file.SignInPage),
          ),
          page('/card', () =>
            import('#features/opened-card/opened-card-page.tsx').then(
              (file) => file.OpenedCardPage,
            ),
          ),
        ],
      },
      {
        ...frame(() => import('./layouts/work-layout.tsx').then((file) => file.WorkLayout)),
        loader: mustBeSignedIn,
        children: [
          ...workPages,
          withError(
            <main className="gable-main" id="content">
              <ErrorPage />
            </main>,
            {
              path: '/people/:person',
              ...frame(() =>
                import('./layouts/person-layout.tsx').then((file) => file.PersonLayout),
              ),
              loader: withData('frame'),
              children: [...personPages, { path: '*', element: <ErrorPage missing /> }],
            },
          ),
        ],
      },
      {
        path: '/my',
        ...frame(() => import('./layouts/my-layout.tsx').then((file) => file.MyLayout)),
        loader: mustBeSignedIn,
        children: myPages,
      },
      { path: '*', loader: mayBeTurned, element: <RootErrorPage missing /> },
    ],
  },
]

export type Router = ReturnType<typeof createBrowserRouter>

/** Opens the page of the address: call it once it is known who is signed in. */
export function createRoutes(): Router {
  return createBrowserRouter(routes)
}

/** Loads the code of the page that an address leads to, and nobody's record: for a user who points at a link. */
export function fetchPageOf(pathname: string): void {
  for (const { route } of matchRoutes(routes, pathname) ?? [])
    (route.handle as Load | undefined)?.().catch(() => undefined)
}
