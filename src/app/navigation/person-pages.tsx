import type { RouteObject } from 'react-router'
import { agreementPages } from '#app/agreement-pages.ts'
import { houseRooms } from '#domain/plan/plan.ts'
import { page } from './page.tsx'

/** The pages about one person for staff, below `/people/:person`. */
export const personPages: RouteObject[] = [
  ...agreementPages.map(([path, load]) => page(path, load, 'plan')),
  page(
    'score',
    () => import('#features/case-finding/score-page.tsx').then((file) => file.ScorePage),
    'score',
  ),
  page(
    'review',
    () => import('#features/review/review-page.tsx').then((file) => file.ReviewPage),
    'review',
  ),
  page(
    'summary',
    () => import('#features/record/summary-page.tsx').then((file) => file.SummaryPage),
    'summary',
  ),
  page(
    'prepare',
    () => import('#features/preparation/prepare-page.tsx').then((file) => file.PreparePage),
    'prepare',
  ),
  page(
    'tasks',
    () =>
      import('#features/coordination/person-tasks-page.tsx').then((file) => file.PersonTasksPage),
    'tasks',
  ),
  page(
    'readings',
    () =>
      import('#features/observations/observations-page.tsx').then((file) => file.ObservationsPage),
    'readings',
  ),
  page(
    'plan',
    () => import('#features/care-plan/house-page.tsx').then((file) => file.HousePage),
    'plan',
  ),
  page(
    'plan/before',
    () => import('#features/care-plan/versions/before-page.tsx').then((file) => file.BeforePage),
    'plan',
  ),
  page(
    'plan/compare',
    () => import('#features/care-plan/versions/compare-page.tsx').then((file) => file.ComparePage),
    'plan',
  ),
  page(
    'plan/promises',
    () =>
      import('#features/care-plan/promises/promises-page.tsx').then((file) => file.PromisesPage),
    'plan',
  ),
  page(
    'plan/goals/:goal',
    () => import('#features/care-plan/goal-page.tsx').then((file) => file.GoalPage),
    'plan',
  ),
  page(
    'plan/easy-read',
    () =>
      import('#features/care-plan/easy-read/write-easy-read-page.tsx').then(
        (file) => file.WriteEasyReadPage,
      ),
    'plan',
  ),
  page(
    'plan/paper',
    () =>
      import('#features/care-plan/paper/plan-paper-page.tsx').then((file) => file.PlanPaperPage),
    'plan',
  ),
  ...houseRooms.map((room) =>
    page(
      `plan/${room}`,
      () => import('#features/care-plan/room-page.tsx').then((file) => file.RoomPage),
      'plan',
    ),
  ),
  page('emergency', () =>
    import('#features/break-glass/emergency-page.tsx').then((file) => file.EmergencyPage),
  ),
  page(
    'story',
    () => import('#features/timeline/timeline-page.tsx').then((file) => file.TimelinePage),
    'story',
  ),
  page(
    'story/year',
    () => import('#features/timeline/year-page.tsx').then((file) => file.YearPage),
    'year',
  ),
  page(
    'home-from-hospital',
    () =>
      import('#features/home-from-hospital/home-from-hospital-page.tsx').then(
        (file) => file.HomeFromHospitalPage,
      ),
    'homeFromHospital',
  ),
  page('home-from-hospital/for-the-ward', () =>
    import('#features/home-from-hospital/ward-sheet-page.tsx').then((file) => file.WardSheetPage),
  ),
  page(
    'assessments',
    () => import('#features/assessments/assessments-page.tsx').then((file) => file.AssessmentsPage),
    'assessments',
  ),
  page(
    'assessments/:questionnaire',
    () => import('#features/assessments/assessment-page.tsx').then((file) => file.AssessmentPage),
    'assessments',
  ),
  page(
    'calendar',
    () =>
      import('#features/diary/person-calendar-page.tsx').then((file) => file.PersonCalendarPage),
    'calendar',
  ),
  page(
    'messages',
    () =>
      import('#features/messages/person-messages-page.tsx').then((file) => file.PersonMessagesPage),
    'messages',
  ),
  page(
    'contacts',
    () => import('#features/contacts/contact-sheet-page.tsx').then((file) => file.ContactSheetPage),
    'contacts',
  ),
  page(
    'due',
    () => import('#features/quality/due-page.tsx').then((file) => file.DuePage),
    'careGaps',
  ),
  page(
    'programmes',
    () =>
      import('#features/programmes/person-programmes-page.tsx').then(
        (file) => file.PersonProgrammesPage,
      ),
    'personProgrammes',
  ),
  page(
    'carers',
    () => import('#features/carers/carers-page.tsx').then((file) => file.CarersPage),
    'carers',
  ),
  page(
    'carer-assessment',
    () =>
      import('#features/carers/carer-assessment-page.tsx').then((file) => file.CarerAssessmentPage),
    'carerAssessment',
  ),
  page(
    'care-needs',
    () => import('#features/social-care/care-needs-page.tsx').then((file) => file.CareNeedsPage),
    'careNeeds',
  ),
  page(
    'support-plan',
    () =>
      import('#features/social-care/support-plan-page.tsx').then((file) => file.SupportPlanPage),
    'supportPlan',
  ),
  page('safeguarding', () =>
    import('#features/safeguarding/safeguarding-page.tsx').then((file) => file.SafeguardingPage),
  ),
  page(
    'hand-over',
    () => import('#features/hand-over/hand-over-page.tsx').then((file) => file.HandOverPage),
    'handOver',
  ),
  page(
    'sharing',
    () => import('#features/sharing/sharing-page.tsx').then((file) => file.SharingPage),
    'sharing',
  ),
]
