import type { ComponentType } from 'react'
import {
  createBrowserRouter,
  type LoaderFunctionArgs,
  type RouteObject,
  redirect,
} from 'react-router'
import { deviceReady } from '#client/device/ready.ts'
import { isSomebodyElse, useSession } from '#client/session/session.ts'
import { FhirError } from '#client/wire/fhir-error.ts'
import { houseRooms } from '#domain/plan/plan.ts'
import { Alone } from './alone.tsx'
import { FrontLayout } from './front-layout.tsx'
import { landingFor } from './landing.ts'
import { MyLayout } from './my-layout.tsx'
import { PersonLayout } from './person-layout.tsx'
import { Problem } from './problem.tsx'
import { Starting } from './starting.tsx'
import { mayOpen } from './who-opens.ts'
import { WorkLayout } from './work-layout.tsx'

/** One page: fetched when it is first opened, and refused to a role that it is not made for. */
function page(path: string, load: () => Promise<ComponentType>): RouteObject {
  return {
    path,
    lazy: async () => ({ Component: await load() }),
    loader: mustBeTheirs,
    errorElement: <Problem />,
  }
}

async function mustBeTheirs({ request }: LoaderFunctionArgs) {
  await deviceReady()
  const { actor } = useSession.getState()
  const { pathname } = new URL(request.url)
  if (actor && pathname !== '/sign-in' && !mayOpen(actor, pathname))
    throw new FhirError({ status: 403 })
  return null
}

async function mustBeSignedIn({ request }: LoaderFunctionArgs) {
  await deviceReady()
  if (useSession.getState().actor) return null
  const { pathname, search } = new URL(request.url)
  return redirect(`/sign-in?${new URLSearchParams({ to: pathname + search })}`)
}

/** Where the one who has signed in wanted to go, when that is a page for her, else where her role begins. */
function goHome({ request }: LoaderFunctionArgs) {
  const { actor } = useSession.getState()
  if (!actor) return redirect('/sign-in')
  const asked = isSomebodyElse() ? '' : (new URL(request.url).searchParams.get('to') ?? '')
  return redirect(landingFor(actor, asked))
}

const personPages: RouteObject[] = [
  page('score', () => import('#features/screen/score-page.tsx').then((file) => file.ScorePage)),
  page('review', () => import('#features/monitor/review-page.tsx').then((file) => file.ReviewPage)),
  page('tasks', () =>
    import('#features/coordinate/person-tasks-page.tsx').then((file) => file.PersonTasksPage),
  ),
  page('readings', () =>
    import('#features/monitor/readings-page.tsx').then((file) => file.ReadingsPage),
  ),
  page('plan', () => import('#features/plan/house-page.tsx').then((file) => file.HousePage)),
  page('plan/goals/:goal', () =>
    import('#features/plan/goal-page.tsx').then((file) => file.GoalPage),
  ),
  ...houseRooms.map((room) =>
    page(`plan/${room}`, () =>
      import('#features/plan/room-page.tsx').then((file) => file.RoomPage),
    ),
  ),
  page('story', () => import('#features/people/story-page.tsx').then((file) => file.StoryPage)),
  page('assessments', () =>
    import('#features/assess/assessments-page.tsx').then((file) => file.AssessmentsPage),
  ),
  page('assessments/:questionnaire', () =>
    import('#features/assess/assessment-page.tsx').then((file) => file.AssessmentPage),
  ),
  page('contacts', () =>
    import('#features/people/contact-sheet-page.tsx').then((file) => file.ContactSheetPage),
  ),
  page('hand-over', () =>
    import('#features/people/hand-over-page.tsx').then((file) => file.HandOverPage),
  ),
  page('sharing', () =>
    import('#features/people/sharing-page.tsx').then((file) => file.SharingPage),
  ),
]

const workPages: RouteObject[] = [
  page('/find', () => import('#features/screen/find-page.tsx').then((file) => file.FindPage)),
  page('/caseload', () =>
    import('#features/people/caseload-page.tsx').then((file) => file.CaseloadPage),
  ),
  page('/emergency', () =>
    import('#features/people/emergency-page.tsx').then((file) => file.EmergencyPage),
  ),
  page('/insight', () =>
    import('#features/people/insight-page.tsx').then((file) => file.InsightPage),
  ),
  page('/import', () => import('#features/people/import-page.tsx').then((file) => file.ImportPage)),
  page('/messages', () =>
    import('#features/people/messages-page.tsx').then((file) => file.MessagesPage),
  ),
  page('/duplicates', () =>
    import('#features/people/duplicates-page.tsx').then((file) => file.DuplicatesPage),
  ),
  page('/backup', () => import('#features/people/backup-page.tsx').then((file) => file.BackupPage)),
  page('/tasks', () =>
    import('#features/coordinate/tasks-page.tsx').then((file) => file.TasksPage),
  ),
  page('/waiting', () =>
    import('#features/people/waiting-page.tsx').then((file) => file.WaitingPage),
  ),
  page('/today', () => import('#features/monitor/today-page.tsx').then((file) => file.TodayPage)),
]

const myPages: RouteObject[] = [
  page('readings', () =>
    import('#features/monitor/my-readings-page.tsx').then((file) => file.MyReadingsPage),
  ),
  page('', () => import('#features/my-care/my-house-page.tsx').then((file) => file.MyHousePage)),
  page('contacts', () =>
    import('#features/people/my-contacts-page.tsx').then((file) => file.MyContactsPage),
  ),
  page('who-looked', () =>
    import('#features/my-care/who-looked-page.tsx').then((file) => file.WhoLookedPage),
  ),
  ...houseRooms.map((room) =>
    page(room, () => import('#features/my-care/my-room-page.tsx').then((file) => file.MyRoomPage)),
  ),
  { path: '*', element: <Problem missing /> },
]

const routes: RouteObject[] = [
  {
    errorElement: <Alone />,
    hydrateFallbackElement: <Starting />,
    children: [
      { path: '/', loader: goHome },
      {
        element: <FrontLayout />,
        children: [
          page('/sign-in', () =>
            import('#features/people/sign-in-page.tsx').then((file) => file.SignInPage),
          ),
        ],
      },
      {
        element: <WorkLayout />,
        loader: mustBeSignedIn,
        children: [
          ...workPages,
          {
            path: '/people/:person',
            element: <PersonLayout />,
            loader: mustBeTheirs,
            errorElement: (
              <main className="gable-main" id="content">
                <Problem />
              </main>
            ),
            children: [...personPages, { path: '*', element: <Problem missing /> }],
          },
        ],
      },
      { path: '/my', element: <MyLayout />, loader: mustBeSignedIn, children: myPages },
      { path: '*', element: <Alone missing /> },
    ],
  },
]

export type Router = ReturnType<typeof createBrowserRouter>

/** Opens the page that the address names: to be called when it is known who is signed in. */
export function openRouter(): Router {
  return createBrowserRouter(routes)
}
