import type { RouteObject } from 'react-router'
import { ErrorPage } from '#app/error-page.tsx'
import { houseRooms } from '#domain/plan/plan.ts'
import { page } from './page.tsx'

/** The pages of a person, and of who cares for them, below `/my`. */
export const myPages: RouteObject[] = [
  page(
    'readings',
    () =>
      import('#features/observations/my-observations-page.tsx').then(
        (file) => file.MyObservationsPage,
      ),
    'mine',
  ),
  page(
    '',
    () => import('#features/patient-portal/my-house-page.tsx').then((file) => file.MyHousePage),
    'mine',
  ),
  page(
    'plan/before',
    () =>
      import('#features/patient-portal/versions/my-before-page.tsx').then(
        (file) => file.MyBeforePage,
      ),
    'mine',
  ),
  page(
    'plan/compare',
    () =>
      import('#features/patient-portal/versions/my-compare-page.tsx').then(
        (file) => file.MyComparePage,
      ),
    'mine',
  ),
  page(
    'plan/easy-read',
    () =>
      import('#features/patient-portal/read-my-way/easy-read-page.tsx').then(
        (file) => file.EasyReadPage,
      ),
    'mine',
  ),
  page(
    'plan/paper',
    () =>
      import('#features/patient-portal/read-my-way/my-paper-page.tsx').then(
        (file) => file.MyPaperPage,
      ),
    'mine',
  ),
  page(
    'prepare',
    () => import('#features/preparation/my-prepare-page.tsx').then((file) => file.MyPreparePage),
    'myPrepare',
  ),
  page(
    'record',
    () => import('#features/record/my-record-page.tsx').then((file) => file.MyRecordPage),
    'myRecord',
  ),
  page(
    'year',
    () => import('#features/patient-portal/year/my-year-page.tsx').then((file) => file.MyYearPage),
    'myYear',
  ),
  page(
    'calendar',
    () =>
      import('#features/patient-portal/calendar/my-calendar-page.tsx').then(
        (file) => file.MyCalendarPage,
      ),
    'mine',
  ),
  page(
    'messages',
    () =>
      import('#features/patient-portal/messages/my-messages-page.tsx').then(
        (file) => file.MyMessagesPage,
      ),
    'mine',
  ),
  page('contacts', () =>
    import('#features/contacts/my-contacts-page.tsx').then((file) => file.MyContactsPage),
  ),
  page(
    'carers',
    () =>
      import('#features/patient-portal/carers/my-carers-page.tsx').then(
        (file) => file.MyCarersPage,
      ),
    'myCarers',
  ),
  page(
    'caring',
    () =>
      import('#features/patient-portal/carers/my-caring-page.tsx').then(
        (file) => file.MyCaringPage,
      ),
    'myCaring',
  ),
  page('talk', () =>
    import('#features/patient-portal/support/my-safety-page.tsx').then((file) => file.MySafetyPage),
  ),
  page(
    'care-needs',
    () =>
      import('#features/patient-portal/social-care/my-care-needs-page.tsx').then(
        (file) => file.MyCareNeedsPage,
      ),
    'myCareNeeds',
  ),
  page(
    'support-plan',
    () =>
      import('#features/patient-portal/social-care/my-support-plan-page.tsx').then(
        (file) => file.MySupportPlanPage,
      ),
    'supportPlan',
  ),
  page(
    'card',
    () => import('#features/patient-portal/worse/my-card-page.tsx').then((file) => file.MyCardPage),
    'mine',
  ),
  page(
    'who-looked',
    () =>
      import('#features/patient-portal/sharing/access-log-page.tsx').then(
        (file) => file.AccessLogPage,
      ),
    'whoLooked',
  ),
  page(
    'said-no',
    () =>
      import('#features/patient-portal/sharing/my-opt-outs-page.tsx').then(
        (file) => file.MyOptOutsPage,
      ),
    'myOptOuts',
  ),
  page(
    'programmes',
    () =>
      import('#features/patient-portal/support/my-programmes-page.tsx').then(
        (file) => file.MyProgrammesPage,
      ),
    'myProgrammes',
  ),
  ...houseRooms.map((room) =>
    page(
      room,
      () => import('#features/patient-portal/my-room-page.tsx').then((file) => file.MyRoomPage),
      'mine',
    ),
  ),
  page(
    'promises',
    () =>
      import('#features/patient-portal/promises/my-promises-page.tsx').then(
        (file) => file.MyPromisesPage,
      ),
    'mine',
  ),
  page(
    'goals/:goal',
    () => import('#features/patient-portal/goal/my-goal-page.tsx').then((file) => file.MyGoalPage),
    'mine',
  ),
  { path: '*', element: <ErrorPage missing /> },
]
