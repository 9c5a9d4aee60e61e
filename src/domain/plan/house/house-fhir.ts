import type {
  CarePlan,
  CareTeam,
  Communication,
  Condition,
  DocumentReference,
  EpisodeOfCare,
  Flag,
  Goal,
  HealthcareService,
  Observation,
  Organization,
  Patient,
  Practitioner,
  Provenance,
  Reference,
  RelatedPerson,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes'
import {
  answerFromMessage,
  commentFromMessage,
  isCommentMessage,
  isPromiseAnswer,
  isReasonMessage,
} from '#domain/agreement/comment-message.ts'
import { agreementFromFhir, eventFromFhir } from '#domain/agreement/fhir.ts'
import { withStanding } from '#domain/agreement/part-mark.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { serviceHoursFrom } from '#domain/contact/service-hours.ts'
import { containedSomebody } from '#domain/fhir/contained.ts'
import { given, idIn, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import { actionFromFhir, goalFromFhir } from '#domain/goal/fhir.ts'
import type { Action, PromiseAnswer } from '#domain/goal/goal.ts'
import { promiseDeedFromMessage, withDeeds } from '#domain/goal/promise-deed-kind.ts'
import { withAnswer } from '#domain/goal/promise-state.ts'
import { attainmentScoreFromFhir } from '#domain/goal/said/attainment-score.ts'
import { goalObservationCode } from '#domain/goal/said/goal-observation.ts'
import { ratingFromFhir } from '#domain/goal/said/rating.ts'
import { topGoalFromFhir } from '#domain/goal/said/top-goal.ts'
import { careHomeIn } from '#domain/home/care-home.ts'
import { preferredLanguage } from '#domain/language/preferred-language.ts'
import { numbers } from '#domain/person/contact-sheet.ts'
import { deathIn } from '#domain/person/death.ts'
import { nameInWords, nameOn } from '#domain/person/shown-name.ts'
import { aboutMeFromFhir } from '#domain/plan/about-me-fhir.ts'
import { isActionOf } from '#domain/plan/agreed-content.ts'
import type { Comment } from '#domain/plan/comment.ts'
import { aftercareFromFhir } from '#domain/plan/crisis/aftercare.ts'
import { crisisFromFhir } from '#domain/plan/crisis/crisis-fhir.ts'
import { isAftercare } from '#domain/plan/crisis/is-aftercare.ts'
import { easyReadFromMessage } from '#domain/plan/easy-read/easy-read-message.ts'
import { isWhatIf, needFromFhir, planFromFhir } from '#domain/plan/fhir.ts'
import { livingPlan, otherPlans } from '#domain/plan/living-plan.ts'
import type { HouseRoom, PlanEvent, WhatIf, Who } from '#domain/plan/plan.ts'
import { carerIllFromFhir, isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { colourFromFhir, isDayColour } from '#domain/plan/worse/day-colour.ts'
import { numbersByDay } from '#domain/plan/worse/numbers-now.ts'
import { planHolder } from '#domain/plan/worse/plan-holder.ts'
import { whatIfFromFhir } from '#domain/plan/worse/what-if-fhir.ts'
import { isWish, wishDocumentFromFhir, wishFromFhir } from '#domain/plan/worse/wishes.ts'
import { isReferral } from '#domain/referral/fhir.ts'
import { changeEvents } from '#domain/suggestion/change-events.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { suggestedChangeFromFhir } from '#domain/suggestion/suggested-change-fhir.ts'
import { isOffer, isOfferWord } from '#domain/support/is-offer.ts'
import type { SupportOffer } from '#domain/support/offer.ts'
import { offerEvents } from '#domain/support/offer-events.ts'
import { offerFromFhir, offerWordFromFhir } from '#domain/support/offer-fhir.ts'
import { templateItemFromFhir } from '#domain/template/template-fhir.ts'
import type { CaseOfPlan, HouseRecord, HouseTeamMember, Support } from './house.ts'

/** The FHIR records of one person from which the house is made, as they were found. */
export type HouseResources = Readonly<{
  patient: Patient
  episodes: readonly EpisodeOfCare[]
  carePlans: readonly CarePlan[]
  observations: readonly Observation[]
  conditions: readonly Condition[]
  goals: readonly Goal[]
  tasks: readonly Task[]
  teams: readonly CareTeam[]
  requests: readonly ServiceRequest[]
  provenances: readonly Provenance[]
  messages: readonly Communication[]
  flags: readonly Flag[]
  documents: readonly DocumentReference[]
  people: readonly (Practitioner | RelatedPerson)[]
  /** of the organisations that coordinate or treat, with the hours of their telephones */
  services: readonly HealthcareService[]
  /** those organisations: they say whose bank holidays they keep */
  organisations: readonly Organization[]
}>

/** Fills in the name of someone whom a record mentions only by reference. */
function namer(found: HouseResources, today: string): (who: Who) => Who {
  const names = new Map(
    [found.patient, ...found.people].map((each) => [
      `${each.resourceType}/${each.id}`,
      nameInWords(each.name, today),
    ]),
  )
  return (who) => (who.name ? who : { ...who, name: names.get(who.reference) ?? '' })
}

/** Gives every `Who` inside a record its name. */
function named<T>(value: T, name: (who: Who) => Who): T {
  if (Array.isArray(value)) return value.map((each) => named(each, name)) as T
  if (!value || typeof value !== 'object') return value
  if ('reference' in value && 'voice' in value) return name(value as unknown as Who) as T
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, named(each, name)]),
  ) as T
}

const openCase: readonly string[] = ['active', 'onhold']

function caseIn(episodes: readonly EpisodeOfCare[]): CaseOfPlan | undefined {
  const episode = episodes.find((each) => openCase.includes(each.status))
  if (!episode?.id) return undefined
  return {
    id: episode.id,
    ...given('coordinator', whoFrom(episode.careManager)),
    ...given('since', episode.period?.start),
  }
}

/** Other systems put people inside the team: `#p1` means another person in every team. */
function memberOf(
  team: CareTeam,
  member: Reference | undefined,
  inside: ReturnType<typeof containedSomebody>,
): Who | undefined {
  if (!inside) return whoFrom(member)
  const voice = voiceOf[inside.type] ?? 'professional'
  return {
    ...{ reference: `CareTeam/${team.id}${member?.reference}`, voice },
    name: member?.display || inside.name,
  }
}

const voiceOf: Readonly<Record<string, Who['voice']>> = {
  Patient: 'person',
  RelatedPerson: 'carer',
}

function teamIn(found: HouseResources, today: string): readonly HouseTeamMember[] {
  const phoneOf = (who: Who) => {
    const record = found.people.find((each) => `${each.resourceType}/${each.id}` === who.reference)
    return numbers(record?.telecom, today).phones[0]?.value ?? ''
  }
  const active = found.teams.filter((team) => (team.status ?? 'active') === 'active')
  return active.flatMap((team) =>
    (team.participant ?? [])
      .filter((each) => !each.period?.end)
      .flatMap((each) => {
        const inside = containedSomebody(team, each.member, today)
        const who = memberOf(team, each.member, inside)
        const role = each.role?.[0]?.text ?? each.role?.[0]?.coding?.[0]?.display ?? ''
        return who && who.voice !== 'person'
          ? [
              {
                ...{ who, role, ...given('team', team.id) },
                phone: phoneOf(who) || (numbers(inside?.telecom, today).phones[0]?.value ?? ''),
              },
            ]
          : []
      }),
  )
}

const running: readonly string[] = ['active', 'on-hold']

/** A request to another service is not arranged yet; it is under tasks and referrals. */
function supportIn(requests: readonly ServiceRequest[]): readonly Support[] {
  return requests
    .filter(
      (request) =>
        running.includes(request.status ?? '') && !isReferral(request) && !isOffer(request),
    )
    .map((request) => ({
      id: request.id ?? '',
      title: request.code?.text ?? request.code?.coding?.[0]?.display ?? '',
      note: request.note?.[0]?.text ?? '',
      ...given('since', request.authoredOn),
    }))
}

/** What was offered, the latest first, with what the person said about it. */
function offersIn({ requests, observations }: HouseResources): readonly SupportOffer[] {
  const words = observations.flatMap((each) => offerWordFromFhir(each) ?? [])
  return requests
    .flatMap((each) => offerFromFhir(each, words) ?? [])
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
}

const roomOfComment = (comment: Comment): HouseRoom =>
  comment.about.startsWith('Observation/') ? 'me' : 'conversation'

function talk(comments: readonly Comment[], answers: readonly PromiseAnswer[]): PlanEvent[] {
  const said = comments.map((comment) => ({
    id: comment.id,
    kind: 'comment' as const,
    room: roomOfComment(comment),
    ...comment.written,
    targets: [comment.about],
  }))
  const answered = answers.map((answer) => ({
    id: answer.id,
    kind: 'answer-promise' as const,
    room: 'team' as const,
    by: answer.by,
    at: answer.at,
    targets: [`Task/${answer.action}`],
    answer: answer.happened ? ('happened' as const) : ('did-not-happen' as const),
    ...given('words', answer.words || undefined),
  }))
  return [...said, ...answered]
}

/** If the plan itself is hidden from this reader, what was promised for it may be visible. */
const isForPlanUnseen = ({ intent, focus }: Task, plan: object | undefined) =>
  !plan && intent === 'order' && (focus?.reference?.startsWith('CarePlan/') ?? false)

const spokenName = ({ name }: Patient, today: string) =>
  nameOn(name, today)?.given?.[0] ?? nameInWords(name, today)

/** One house from the records found, on that day. Pure: the order and number of the records do not matter. */
function hoursIn(found: HouseResources, whatIf: WhatIf | undefined) {
  const { patient, episodes, services, organisations } = found
  const holder = planHolder(patient, episodes)?.reference
  return serviceHoursFrom(
    services.filter(({ providedBy }) => providedBy?.reference === holder),
    whatIf ? numbersByDay(whatIf) : [],
    organisations,
  )
}

export function houseFromFhir(
  found: HouseResources,
  { today, zone = usualZone }: Readonly<{ today: string; zone?: string }>,
): HouseRecord {
  const caseOfPlan = caseIn(found.episodes)
  const ofCase = (carePlan: CarePlan) =>
    !caseOfPlan ||
    (carePlan.supportingInfo?.some((each) => idIn(each.reference) === caseOfPlan.id) ?? false)
  const carePlan = livingPlan(found.carePlans, caseOfPlan?.id)
  const plan = carePlan && planFromFhir(carePlan)
  const whatIf = found.carePlans.find((each) => isWhatIf(each) && ofCase(each))
  const comments = found.messages
    .filter(isCommentMessage)
    .flatMap((each) => commentFromMessage(each) ?? [])
  const answers = found.messages
    .filter(isPromiseAnswer)
    .flatMap((each) => answerFromMessage(each) ?? [])
  const deeds = found.messages.flatMap((each) => promiseDeedFromMessage(each) ?? [])
  const actions: readonly Action[] = found.tasks
    .filter((task) => isActionOf(task, plan) || isForPlanUnseen(task, plan))
    .map((task) => withAnswer(withDeeds(actionFromFhir(task, zone), deeds), answers))
  const suggestedChanges = found.tasks
    .filter(isSuggestedChange)
    .flatMap((each) => suggestedChangeFromFhir(each) ?? [])
  const house: HouseRecord = {
    person: found.patient.id ?? '',
    name: nameInWords(found.patient.name, today),
    givenName: spokenName(found.patient, today),
    ...given('preferredLanguage', preferredLanguage(found.patient)),
    ...given('died', deathIn(found.patient)),
    caseOfPlan,
    home: careHomeIn(found.patient),
    ...given('hours', hoursIn(found, whatIf && whatIfFromFhir(whatIf))),
    plan,
    otherPlans: otherPlans(found.carePlans, carePlan, found.goals),
    aboutMe: found.observations
      .filter(
        (each) => goalObservationCode(each) === undefined && !isWish(each) && !isOfferWord(each),
      )
      .map(aboutMeFromFhir),
    needs: found.conditions.map(needFromFhir),
    goals: found.goals.map(goalFromFhir),
    actions,
    whatIf: whatIf && whatIfFromFhir(whatIf),
    crisis: whatIf && crisisFromFhir(whatIf),
    wishes: found.observations.filter(isWish).map(wishFromFhir),
    wishDocuments: found.documents.flatMap((each) => wishDocumentFromFhir(each) ?? []),
    aftercare: found.flags
      .filter((each) => isAftercare(each) && each.status !== 'entered-in-error')
      .map(aftercareFromFhir)[0],
    illnesses: found.flags.filter(isCarerIll).flatMap((each) => carerIllFromFhir(each) ?? []),
    colours: found.flags.filter(isDayColour).flatMap((each) => colourFromFhir(each) ?? []),
    team: teamIn(found, today),
    support: supportIn(found.requests),
    offers: offersIn(found),
    agreements: withStanding(
      found.provenances
        .flatMap((each) => agreementFromFhir(each) ?? [])
        .filter((agreement) => agreement.planId === plan?.id),
      [...found.goals, ...found.tasks, ...found.conditions, ...found.carePlans],
    ),
    events: [
      ...found.provenances.flatMap((each) => eventFromFhir(each) ?? []),
      ...talk(comments, answers),
      ...suggestedChanges.flatMap(changeEvents),
      ...offersIn(found).flatMap(offerEvents),
    ],
    comments,
    suggestedChanges,
    easyReads: found.messages.flatMap((each) => easyReadFromMessage(each) ?? []),
    reasons: found.messages
      .filter(isReasonMessage)
      .flatMap((each) => commentFromMessage(each) ?? []),
    ratings: found.observations.flatMap((each) => ratingFromFhir(each) ?? []),
    scores: found.observations.flatMap((each) => attainmentScoreFromFhir(each) ?? []),
    topGoals: found.observations.flatMap((each) => topGoalFromFhir(each) ?? []),
    suggestedItems: found.tasks.flatMap((each) => templateItemFromFhir(each) ?? []),
  }
  return named(house, namer(found, today))
}
