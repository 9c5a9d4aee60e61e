import type {
  Appointment,
  CarePlan,
  Communication,
  CommunicationRequest,
  Consent,
  EpisodeOfCare,
  Flag,
  Media,
  Observation,
  Patient,
  Provenance,
  QuestionnaireResponse,
  Resource,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { answerIn } from '#domain/agreement/fhir.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import { type Clock, dayIn, endOfDay, startOfDay } from '#domain/calendar/zone.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import { goalObservationCode } from '#domain/goal/said/goal-observation.ts'
import { messageCode, readersOf } from '#domain/message/is-message.ts'
import { isAboutMePhoto } from '#domain/photo/about-me-photo.ts'
import { isEnded } from '#domain/plan/fhir.ts'
import { isPlanRecord } from '#domain/plan/plan-record.ts'
import { isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { isDayColour } from '#domain/plan/worse/day-colour.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { isOffer, isOfferWord } from '#domain/support/is-offer.ts'
import { isHandOver } from '#domain/team/hand-over-fhir.ts'
import { isTemplateItem } from '#domain/template/is-template-item.ts'
import { deathIn } from './death.ts'

/** What a write asks of a person, or says was done with them; `at`: when, a day or instant; absent for now. */
type AskedOfPerson = Readonly<{ what: keyof typeof refusals; at?: string | undefined }>

const refusals = {
  case: 'No case can be started or restarted. An open case can be closed',
  contact:
    'No call, visit or review can be recorded after the death. Record a conversation with the family as a note',
  offer: 'Nothing more can be offered, and no offer answered',
  view: 'Nothing more can be said about a goal in a score or a choice',
  message: 'No message can be sent to the person, and no answer to a promise can be recorded',
  promise: 'Nothing new can be promised. Record what the team still has to do as a task for staff',
  plan: 'No plan can be started, and no review date can be set',
  suggestion: 'No other words can be suggested for the plan, and none accepted',
  agreement: 'No plan can be agreed',
  answers: 'No questionnaire can be answered',
  consent: 'Nothing can be shared on behalf of the person',
  appointment: 'No appointment can be made',
  carer: 'Nobody can be added who cares for the person. Record somebody to talk to as a contact',
  'carer-offer':
    'No assessment as the carer of this person can be offered any more. Talk to the carer about the loss instead',
  'carer-ill': 'Nobody has to step in for a carer any more',
  programme: 'In a programme only the end with the reason “died” can be recorded',
  today: 'Nothing can be said about how the person is today',
  picture: 'No picture of the person can be chosen. The one that is here can be taken away',
  due: 'Nothing is due any more, and nothing can be declined',
  card: 'No emergency card can be made. A card that is about can be destroyed, and its link stopped',
} as const

/**
 * Why a write is refused because the person has died, as text for the writer; undefined if it is not. What is dated
 * before the death is history and stays allowed; of a death without a day everything dated before today is. Closing,
 * ending and correcting go on.
 */
export function refusedAfterDeath(
  patient: Patient,
  write: Readonly<{ resource: Resource; before: Resource | undefined }>,
  clock: Clock,
): string | undefined {
  const end = endOf(patient, clock)
  if (end === undefined) return undefined
  const request = askedBy(write.resource, write.before)
  if (!request || momentOf(request.at, clock) < end) return undefined
  return textOf(patient, request.what)
}

/** Why something that is asked only of the living is refused, at once and whatever day it is dated; undefined if it is not. */
export function refusedToTheDead(
  patient: Patient,
  what: keyof typeof refusals,
): string | undefined {
  return deathIn(patient) === undefined ? undefined : textOf(patient, what)
}

function textOf({ deceasedDateTime }: Patient, what: keyof typeof refusals): string {
  const day = deceasedDateTime ? ` (${deceasedDateTime})` : ''
  return `The person has died${day}. ${refusals[what]}. If this is wrong, remove the death from the record first`
}

/** Whether a record is of a kind that may ask something of a person: the others need no check. */
export const mayAsk = (resource: Resource): boolean =>
  resource.resourceType in rules &&
  (resource.resourceType !== 'Observation' ||
    goalObservationCode(resource) !== undefined ||
    isOfferWord(resource))

/** The first moment that is certainly after the death; undefined for the living. */
function endOf(patient: Patient, { now, zone }: Clock): number | undefined {
  const { deceasedDateTime: died, deceasedBoolean } = patient
  if (died === undefined)
    return deceasedBoolean ? Number(startOfDay(dayIn(zone, now), zone)) : undefined
  if (died.length > 10) return Date.parse(died) + 1
  return Number(endOfDay(lastDayOf(died), zone))
}

/** The last day of a FHIR date: for a month or a year alone its end. */
function lastDayOf(date: string): string {
  const [year = '', month, day] = date.split('-')
  if (day) return date
  const next = Date.UTC(Number(year), month ? Number(month) : 12, 0)
  return dayIn('UTC', next)
}

function momentOf(at: string | undefined, { now, zone }: Clock): number {
  if (!at) return Number(now)
  if (at.length > 10) return Date.parse(at)
  return Number(startOfDay(dayWritten(`${at}-01-01`), zone))
}

type Rule<R extends Resource> = (after: R, before: R | undefined) => AskedOfPerson | undefined

const rules: Readonly<Partial<Record<Resource['resourceType'], Rule<never>>>> = {
  EpisodeOfCare: byCase,
  Communication: byMessage,
  Flag: byFlag,
  Media: byPicture,
  Observation: byView,
  CommunicationRequest: byRequest,
  ServiceRequest: byOffer,
  Task: byTask,
  CarePlan: byPlan,
  Provenance: byAnswer,
  QuestionnaireResponse: byAnswers,
  Consent: byConsent,
  Appointment: byAppointment,
}

function askedBy(after: Resource, before: Resource | undefined): AskedOfPerson | undefined {
  const rule = rules[after.resourceType] as Rule<Resource> | undefined
  const existing = before?.resourceType === after.resourceType ? before : undefined
  return rule?.(after, existing)
}

/** A newly opened record asks now; an imported open one asks at its own date. */
const opened = (
  what: AskedOfPerson['what'],
  at: string | undefined,
  existed: boolean,
): AskedOfPerson => (existed ? { what } : { what, at })

const openCases = ['planned', 'waitlist', 'active', 'onhold']

function byCase(
  after: EpisodeOfCare,
  before: EpisodeOfCare | undefined,
): AskedOfPerson | undefined {
  if (!openCases.includes(after.status)) return undefined
  const begins = !before || !openCases.includes(before.status)
  const resumes = after.status === 'active' && before?.status !== 'active'
  return begins || resumes ? opened('case', after.period?.start, !!before) : undefined
}

const toldAboutPromises = ['promise-answer', 'promise-confirmed', 'promise-dealt-with']

const unsaid = ['entered-in-error', 'stopped']

function saidWith(message: Communication | undefined): AskedOfPerson['what'] | undefined {
  if (!message || unsaid.includes(message.status)) return undefined
  if (hasMessageCategory(message, 'carer-offer')) return 'carer-offer'
  if (hasMessageCategory(message, 'contact') || hasMessageCategory(message, 'review'))
    return 'contact'
  const { reference } = message.subject ?? {}
  const toPatient = message.recipient?.some((each) => reference && each.reference === reference)
  const isAboutPromise = toldAboutPromises.some((code) => hasMessageCategory(message, code))
  return toPatient || isAboutPromise || isToTheFamily(message) ? 'message' : undefined
}

/** Professionals go on writing to each other. */
const isToTheFamily = (message: Communication) =>
  hasMessageCategory(message, messageCode) && readersOf(message) !== 'team'

function byMessage(
  after: Communication,
  before: Communication | undefined,
): AskedOfPerson | undefined {
  const what = saidWith(after)
  return what && what !== saidWith(before)
    ? opened(what, after.sent ?? after.received, !!before)
    : undefined
}

/** A word about today; what began before goes on to its end. */
function byFlag(after: Flag, before: Flag | undefined): AskedOfPerson | undefined {
  if (after.status !== 'active' || before?.status === 'active') return undefined
  if (isCarerIll(after)) return { what: 'carer-ill' }
  return isDayColour(after) ? { what: 'today' } : undefined
}

function byPicture(after: Media): AskedOfPerson | undefined {
  const isGone = after.status === 'entered-in-error'
  return isAboutMePhoto(after) && !isGone ? { what: 'picture' } : undefined
}

/** A score, a rating or a choice about the person’s goals. */
function byView(after: Observation, before: Observation | undefined): AskedOfPerson | undefined {
  if (before) return undefined
  if (isOfferWord(after)) return { what: 'offer', at: after.effectiveDateTime }
  return goalObservationCode(after) ? { what: 'view', at: after.effectiveDateTime } : undefined
}

/** An offer. A service can still be asked for, for example by a referral for the family. */
function byOffer(after: ServiceRequest, before: ServiceRequest | undefined) {
  return before || !isOffer(after) ? undefined : opened('offer', after.authoredOn, false)
}

const over = ['completed', 'revoked', 'cancelled', 'rejected', 'failed', 'entered-in-error']

function byRequest(
  after: CommunicationRequest,
  before: CommunicationRequest | undefined,
): AskedOfPerson | undefined {
  const isOpen = !over.includes(after.status)
  const existed = before !== undefined && !over.includes(before.status)
  return isOpen && !existed ? opened('message', after.authoredOn, !!before) : undefined
}

const isReference = (reference: string | undefined, type: string) =>
  reference?.startsWith(`${type}/`) ?? false

/** A step of the plan, or anything that the person has to do. */
const isPromised = (task: Task): boolean => {
  const isForPatient = isPlanRecord(task) || isReference(task.owner?.reference, 'Patient')
  return task.intent !== 'proposal' && isForPatient && !isHandOver(task)
}

const dueOf = (task: Task | undefined) => task?.restriction?.period?.end ?? ''

function byTask(after: Task, before: Task | undefined): AskedOfPerson | undefined {
  if (isSuggestedChange(after) || isTemplateItem(after)) return bySuggestion(after, before)
  const isOpen = (task: Task) => !over.includes(task.status) && isPromised(task)
  if (!isOpen(after)) return undefined
  const existed = before !== undefined && isOpen(before)
  if (existed && dueOf(after) <= dueOf(before)) return undefined
  return opened('promise', after.authoredOn, !!before)
}

/** Declining and withdrawing end something: they stay possible. */
function bySuggestion(after: Task, before: Task | undefined): AskedOfPerson | undefined {
  const isAccepted = after.status === 'completed' && before?.status !== 'completed'
  return !before || isAccepted ? { what: 'suggestion' } : undefined
}

function byPlan(after: CarePlan, before: CarePlan | undefined): AskedOfPerson | undefined {
  if (isEnded(after)) return undefined
  if (!before || isEnded(before))
    return opened('plan', after.created ?? after.period?.start, !!before)
  const reviewOn = reviewOf(after)
  return reviewOn && reviewOn !== reviewOf(before) ? { what: 'plan', at: reviewOn } : undefined
}

const reviewOf = (plan: CarePlan) => extensionOf(plan, 'review-on')?.valueDate

function byAnswer(after: Provenance): AskedOfPerson | undefined {
  return answerIn(after) ? { what: 'agreement' } : undefined
}

const asking = ['in-progress', 'completed', 'amended']

function byAnswers(
  after: QuestionnaireResponse,
  before: QuestionnaireResponse | undefined,
): AskedOfPerson | undefined {
  if (!asking.includes(after.status)) return undefined
  const goesOn = before?.status === 'in-progress' || !before || !asking.includes(before.status)
  return goesOn ? { what: 'answers', at: after.authored } : undefined
}

const given = ['draft', 'proposed', 'active']

function byConsent(after: Consent, before: Consent | undefined): AskedOfPerson | undefined {
  const existed = before !== undefined && given.includes(before.status)
  const isNew = !existed || (after.status === 'active' && before.status !== 'active')
  return given.includes(after.status) && isNew
    ? opened('consent', after.dateTime, !!before)
    : undefined
}

const met = ['fulfilled', 'cancelled', 'noshow', 'entered-in-error']

function byAppointment(
  after: Appointment,
  before: Appointment | undefined,
): AskedOfPerson | undefined {
  if (met.includes(after.status)) return undefined
  const existed = before !== undefined && !met.includes(before.status)
  const startOf = (one: Appointment) => one.start ?? one.requestedPeriod?.[0]?.start
  return existed && startOf(after) === startOf(before)
    ? undefined
    : { what: 'appointment', at: startOf(after) }
}
