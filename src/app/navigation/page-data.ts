import { queryClient } from '#client/fhir/query-client.ts'
import { measuresQuery } from '#client/queries/admin/measures.ts'
import { assessmentQueries } from '#client/queries/care-plan/assessments.ts'
import { carerRooms } from '#client/queries/care-plan/carer-rooms.ts'
import { casesQuery } from '#client/queries/care-plan/case.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { carerRecordQuery } from '#client/queries/carer/carer-record.ts'
import { carersQuery, caringForQuery } from '#client/queries/carer/carers.ts'
import { consentQueries } from '#client/queries/consent/consents.ts'
import { optOutsQuery } from '#client/queries/consent/opt-outs.ts'
import { careTeamQuery } from '#client/queries/coordination/care-team.ts'
import { registrationQuery } from '#client/queries/coordination/hand-over.ts'
import { referralsQuery } from '#client/queries/coordination/referrals.ts'
import { tasksQuery } from '#client/queries/coordination/tasks.ts'
import { personAppointmentsQuery } from '#client/queries/diary/diary.ts'
import { followUpQuery, stayMessagesQuery, staysQuery } from '#client/queries/discharge/stays.ts'
import { evaluationQuery } from '#client/queries/insight/evaluation.ts'
import { learningCyclesQuery } from '#client/queries/insight/learning-cycles.ts'
import { outcomesQuery } from '#client/queries/insight/outcomes.ts'
import { settleYearQuery } from '#client/queries/insight/settle-year.ts'
import { unmetNeedsQuery } from '#client/queries/insight/unmet-needs.ts'
import { voicesQuery } from '#client/queries/insight/voices.ts'
import { threadsQuery, whoReadsQuery } from '#client/queries/messages/messages.ts'
import { caseloadQuery } from '#client/queries/monitoring/caseload.ts'
import { feedsQuery } from '#client/queries/monitoring/feeds.ts'
import { scoreQueries } from '#client/queries/monitoring/find-people.ts'
import { observationsQuery } from '#client/queries/monitoring/observations.ts'
import { populationQuery } from '#client/queries/monitoring/population.ts'
import { rulesQuery } from '#client/queries/monitoring/rules.ts'
import { todayQuery } from '#client/queries/monitoring/today.ts'
import { contactSheetQuery } from '#client/queries/patient/contact-sheet.ts'
import { duplicatesQuery } from '#client/queries/patient/duplicates.ts'
import { notesQuery } from '#client/queries/patient/notes.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { recordQuery } from '#client/queries/patient/record-query.ts'
import { timelineQueries } from '#client/queries/patient/timeline.ts'
import { yearQuery } from '#client/queries/patient/year.ts'
import { conversationsQuery } from '#client/queries/preparation/conversation.ts'
import { personProgrammesQuery, programmesQuery } from '#client/queries/programmes/programmes.ts'
import { careGapsQuery, gapsQuery } from '#client/queries/quality/gaps.ts'
import { careAssessmentsQuery } from '#client/queries/social-care/care-assessments.ts'
import { carePackagesQuery } from '#client/queries/social-care/care-packages.ts'
import { socialCareWorkQuery } from '#client/queries/social-care/social-care-work.ts'
import { supportPlansQuery } from '#client/queries/social-care/support-plans.ts'
import { careCardQueries } from '#client/queries/suggestion/care-cards.ts'
import { useSession } from '#client/session/session.ts'
import { pooledBudget } from '#domain/contract/presets/pooled-budget.ts'
import { usualYear, yearFrom } from '#features/contract/typed-year.ts'

type AnyQuery = Parameters<typeof queryClient.prefetchQuery>[0]
type Asking = Readonly<{ person: string; identity: string }>

/**
 * What each page requests as soon as it opens, for any user. Nothing else: each read of a record is shown to the
 * person as somebody having looked.
 */
const data = {
  frame: ({ person }: Asking) => [patientQuery(person)],
  plan: ({ person }: Asking) => [planQueries.house(person), conversationsQuery(person)],
  review: ({ person }: Asking) => [planQueries.house(person), conversationsQuery(person)],
  summary: ({ person }: Asking) => [planQueries.house(person), recordQuery(person)],
  prepare: ({ person }: Asking) => [planQueries.house(person), conversationsQuery(person)],
  myPrepare: ({ person }: Asking) => [
    ...[planQueries.house(person), carerRooms(person)],
    conversationsQuery(person),
  ],
  myRecord: ({ person }: Asking) => [planQueries.house(person), carerRooms(person)],
  tasks: ({ person }: Asking) => [
    ...[tasksQuery(person), referralsQuery(person)],
    careTeamQuery(person),
  ],
  readings: ({ person }: Asking) => [observationsQuery(person), planQueries.house(person)],
  score: ({ person }: Asking) => [
    ...[casesQuery(person), scoreQueries.today(person)],
    scoreQueries.recorded(person),
  ],
  story: ({ person }: Asking) => [timelineQueries.ofPerson(person), notesQuery(person)],
  year: ({ person }: Asking) => [yearQuery(person)],
  myYear: ({ person }: Asking) =>
    useSession.getState().actor?.person === person
      ? [planQueries.house(person), carerRooms(person), yearQuery(person)]
      : [planQueries.house(person), carerRooms(person)],
  homeFromHospital: ({ person }: Asking) => [
    ...[staysQuery(person), stayMessagesQuery(person)],
    followUpQuery(person),
  ],
  assessments: ({ person }: Asking) => [
    assessmentQueries.forms(),
    ...[assessmentQueries.ofPerson(person), careCardQueries.ofPerson(person)],
  ],
  calendar: ({ person }: Asking) => [personAppointmentsQuery(person)],
  messages: ({ person }: Asking) => [threadsQuery(person), whoReadsQuery(person)],
  contacts: ({ person }: Asking) => [contactSheetQuery(person), careTeamQuery(person)],
  carers: ({ person }: Asking) => [carersQuery(person)],
  carerAssessment: ({ person }: Asking) => [carerRecordQuery(person)],
  careNeeds: ({ person }: Asking) => [careAssessmentsQuery(person)],
  supportPlan: ({ person }: Asking) => [supportPlansQuery(person), carePackagesQuery(person)],
  myCareNeeds: ({ person }: Asking) =>
    useSession.getState().actor?.person === person ? [careAssessmentsQuery(person)] : [],
  myCarers: ({ person }: Asking) => [carersQuery(person)],
  myCaring: ({ person }: Asking) =>
    useSession.getState().actor?.person === person
      ? [carerRecordQuery(person), caringForQuery(person), planQueries.house(person)]
      : [carersQuery(person)],
  handOver: ({ person }: Asking) => [registrationQuery(person)],
  sharing: ({ person }: Asking) => [
    ...[planQueries.house(person), consentQueries.shares(person)],
    consentQueries.whoLooked(person),
    ...[registrationQuery(person), consentQueries.accessNews(person)],
  ],
  caseload: () => [caseloadQuery()],
  today: ({ identity }: Asking) => [todayQuery(identity)],
  socialCare: ({ identity }: Asking) => [socialCareWorkQuery(identity)],
  insight: () => [measuresQuery],
  outcomes: () => [outcomesQuery, voicesQuery, learningCyclesQuery],
  tried: () => [learningCyclesQuery],
  population: () => [populationQuery()],
  agreement: () => [settleYearQuery(pooledBudget, yearFrom(pooledBudget, usualYear))],
  evaluation: () => [evaluationQuery()],
  unmetNeeds: () => [unmetNeedsQuery],
  feeds: () => [feedsQuery],
  gaps: ({ identity }: Asking) => [gapsQuery(identity)],
  careGaps: ({ person }: Asking) => [careGapsQuery(person)],
  programmes: ({ identity }: Asking) => [programmesQuery(identity)],
  personProgrammes: ({ person }: Asking) => [personProgrammesQuery(person)],
  myProgrammes: ({ person }: Asking) =>
    useSession.getState().actor?.person === person ? [personProgrammesQuery(person)] : [],
  rules: () => [rulesQuery],
  duplicates: () => [duplicatesQuery()],
  whoLooked: ({ person }: Asking) => [
    consentQueries.whoLooked(person),
    consentQueries.shares(person),
  ],
  myOptOuts: ({ person }: Asking) =>
    useSession.getState().actor?.person === person ? [optOutsQuery(person)] : [],
  mine: ({ person }: Asking) => [planQueries.house(person), carerRooms(person)],
} as const satisfies Readonly<Record<string, (asking: Asking) => readonly object[]>>

export type PageData = keyof typeof data

/** Loads what a page needs and is not there yet. Never rejects: the page says what went wrong. */
export async function fetchFor(page: PageData, person: string | undefined): Promise<void> {
  const { actor } = useSession.getState()
  if (!actor) return
  const own = actor.person ?? actor.caresFor?.[0]?.person
  const asking = { person: person ?? own ?? '', identity: actor.identity }
  // a user who may not see the person is refused once, not by every part of a page
  if (person && !(await have([patientQuery(person)]))) return
  await have(data[page](asking))
}

/** Loads what is not there; true if all of it is. */
async function have(queries: readonly object[]): Promise<boolean> {
  const isMissing = ({ queryKey }: AnyQuery) => queryClient.getQueryData(queryKey) === undefined
  const all = queries as readonly AnyQuery[]
  await Promise.all(all.filter(isMissing).map((query) => queryClient.prefetchQuery(query)))
  return !all.some(isMissing)
}
