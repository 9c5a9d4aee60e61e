import type { Flag, Observation, Resource, Task } from '@medplum/fhirtypes'
import { namesPerson } from '#domain/access/names-person.ts'
import { isEmergencyOpening } from '#domain/card/card-opening.ts'
import { isCarerEnding } from '#domain/carer/carer-ending.ts'
import { isCarerWords } from '#domain/carer/carer-words-code.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { goalObservationCode, isKeptFromOthers } from '#domain/goal/said/goal-observation.ts'
import { isTeamMeeting } from '#domain/meeting/is-team-meeting.ts'
import { carersOfMessage, isMessageWithPerson } from '#domain/message/is-message.ts'
import { isOptOut } from '#domain/opt-out/is-opt-out.ts'
import { isAboutMePhoto } from '#domain/photo/about-me-photo.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { isAftercare } from '#domain/plan/crisis/is-aftercare.ts'
import { isEasyRead } from '#domain/plan/easy-read/easy-read-message.ts'
import { isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { isDayColour } from '#domain/plan/worse/day-colour.ts'
import { isWishCode } from '#domain/plan/worse/wish-codes.ts'
import { isWishDocument } from '#domain/plan/worse/wishes.ts'
import { prepareForm } from '#domain/preparation/prompts.ts'
import { isProgrammeEntry } from '#domain/programme/is-programme.ts'
import { isKeptBySocialCare, isSafeguarding } from '#domain/social-care/kept-kind.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { isOfferWord } from '#domain/support/is-offer.ts'
import { isTemplateItem, kindOfItem } from '#domain/template/is-template-item.ts'
import { isBetween } from './between.ts'
import { type CarerRoom, carerKey, carerRoom, carersIn, isCarerRoom } from './carer-room.ts'
import { isOwnedByPatient } from './owned-by-patient.ts'
import { isRestricted } from './restricted.ts'

/**
 * Where a record is in the house: the unit in which a person shares. `own`: for the person and professionals, shared
 * with no carer. `restricted`: for the person and named professionals. `sealed`: named professionals only. `alone`: an
 * answer that each party gives without seeing the others, for nobody until its round is shown. `safeguarding`: for nobody
 * by FHIR, not even an administrator; only its own operations read it. A CarerRoom: as `own`, and for the carers it names.
 */
export type AccessLabel =
  | 'me'
  | 'conversation'
  | 'team'
  | 'roof'
  | 'support'
  | 'record'
  | 'own'
  | 'restricted'
  | 'professional'
  | 'sealed'
  | 'alone'
  | 'safeguarding'
  | CarerRoom

export const sharedAccessLabels: readonly AccessLabel[] = [
  'me',
  'conversation',
  'team',
  'roof',
  'support',
  'record',
]

/** What a person may read of their own record. */
export const ownAccessLabels: readonly AccessLabel[] = [...sharedAccessLabels, 'own', 'restricted']

/** Only named professionals have access to these, not whole organisations. */
export const namedAccessLabels: readonly AccessLabel[] = ['restricted', 'sealed']

/** Neither the person nor a carer has access to these. */
export const staffAccessLabels: readonly AccessLabel[] = ['professional', 'sealed']

const roomByType: Partial<Record<Resource['resourceType'], AccessLabel>> = {
  Patient: 'me',
  RelatedPerson: 'team',
  CareTeam: 'team',
  EpisodeOfCare: 'roof',
  CarePlan: 'roof',
  Consent: 'roof',
  Goal: 'conversation',
  Communication: 'conversation',
  ServiceRequest: 'support',
  RiskAssessment: 'professional',
  QuestionnaireResponse: 'own',
}

/**
 * The room of a record; `about`: the rooms of the records it refers to. It is never more open than they are: a record
 * that refers to a note between professionals reveals that the note exists. A Provenance is in the room of its target;
 * with several, in the roof, like the plan that they changed.
 */
export function accessLabelOf(resource: Resource, about: readonly AccessLabel[] = []): AccessLabel {
  const inherited = labelsAsSeenByPatient(resource, about)
  if (isSafeguarding(resource)) return 'safeguarding'
  const own = isAsItsTarget(resource) ? only(inherited) : houseRoomOf(resource)
  return strictestLabel(own, [...inherited, ...labelled(resource)])
}

/** Easy words are in the room of what they retell. */
const isAsItsTarget = (resource: Resource) =>
  resource.resourceType === 'Provenance' ||
  (resource.resourceType === 'Communication' && isEasyRead(resource))

/** A record of the person is not hidden from them by what it refers to, only from others. */
export function labelsAsSeenByPatient(
  resource: Resource,
  about: readonly AccessLabel[],
): readonly AccessLabel[] {
  if (!namesPerson(resource) && !staysOpenToPatient(resource)) return about
  return about.flatMap((room) => {
    if (room === 'professional') return []
    return room === 'sealed' ? ['restricted' as const] : [room]
  })
}

/**
 * A message and a Provenance are as restricted as what they are about; a goal, a promise or a team belongs to the
 * person in any case.
 */
export function staysOpenToPatient(resource: Resource): boolean {
  const { resourceType } = resource
  if (resourceType === 'Communication' || resourceType === 'Provenance') return false
  return isOwnedByPatient(resource)
}

/** What a record's own labels say. A consent is never hidden from the person: its label keeps carers out. */
function labelled(resource: Resource): readonly AccessLabel[] {
  const between = resource.resourceType === 'Consent' ? 'own' : 'professional'
  return [
    ...(isBetween(resource) ? ([between] as const) : []),
    ...(isRestricted(resource) ? (['restricted'] as const) : []),
    ...(isKeptFromOthers(resource) ? (['alone'] as const) : []),
  ]
}

function only(rooms: readonly AccessLabel[]): AccessLabel {
  const [room = 'roof', ...others] = new Set(rooms)
  return others.length === 0 ? room : 'roof'
}

/**
 * The room of a record in `own` that also refers to the others: hidden from everybody from whom one of them is hidden.
 */
export function strictestLabel(own: AccessLabel, others: readonly AccessLabel[]): AccessLabel {
  const isIn = (...rooms: readonly AccessLabel[]) =>
    [own, ...others].some((each) => rooms.includes(each))
  if (isIn('safeguarding')) return 'safeguarding'
  if (isIn('alone')) return 'alone'
  const isNamed = isIn(...namedAccessLabels)
  if (isIn(...staffAccessLabels)) return isNamed ? 'sealed' : 'professional'
  if (isNamed) return 'restricted'
  if (isIn('own')) return 'own'
  return carersLeft([own, ...others].filter(isCarerRoom)) ?? own
}

/** What two carers have with the team, each by themselves, is for neither of them. */
function carersLeft([first, ...others]: readonly CarerRoom[]): AccessLabel | undefined {
  if (!first) return undefined
  const left = carersIn(first).filter((key) => others.every((each) => carersIn(each).includes(key)))
  return carerRoom(left) ?? 'own'
}

/** Anything that the house does not name belongs to the clinical record. */
function houseRoomOf(resource: Resource): AccessLabel {
  if (isBetweenPersonAndStaff(resource)) return 'own'
  if (resource.resourceType === 'Flag') return roomOfFlag(resource)
  if (resource.resourceType === 'Task') return roomOfTask(resource)
  if (resource.resourceType === 'Observation') return roomOfObservation(resource)
  if (isAboutMePhoto(resource)) return 'me'
  if (isNeed(resource) || isPreparedByCarer(resource)) return 'conversation'
  if (isDocumentOfWishes(resource)) return 'own'
  if (isKeptBySocialCare(resource)) return 'support'
  return roomBetweenCarers(resource) ?? roomByType[resource.resourceType] ?? 'record'
}

function roomBetweenCarers(resource: Resource): AccessLabel | undefined {
  const carers = carersOfMessage(resource)
  return carers && (carerRoom(carers.map(carerKey)) ?? 'own')
}

const isBetweenPersonAndStaff = (resource: Resource) =>
  isEmergencyOpening(resource) ||
  isCarerEnding(resource) ||
  isOptOut(resource) ||
  isProgrammeEntry(resource) ||
  isTeamMeeting(resource) ||
  isMessageWithPerson(resource)

const isDocumentOfWishes = (resource: Resource) =>
  resource.resourceType === 'DocumentReference' && isWishDocument(resource)

function roomOfTask(task: Task): AccessLabel {
  if (isSuggestedChange(task)) return roomOfSuggestedChange(task)
  if (isTemplateItem(task)) return kindOfItem(task) === 'what-if' ? 'roof' : 'conversation'
  return task.intent === 'proposal' ? 'professional' : 'conversation'
}

/** Other words for a sentence are where the sentence is. */
function roomOfSuggestedChange({ focus }: Task): AccessLabel {
  const type = referenceTarget(focus?.reference ?? '')?.type
  if (type === 'Observation') return 'me'
  return type === 'CarePlan' ? 'roof' : 'conversation'
}
function roomOfFlag(flag: Flag): AccessLabel {
  if (isWordOfToday(flag)) return 'roof'
  return isAftercare(flag) ? 'restricted' : 'record'
}

/** How today is, and that a carer is ill. */
const isWordOfToday = (flag: Flag) => isDayColour(flag) || isCarerIll(flag)

/** A score reveals answers: thoughts of death are shown only to professionals. */
function roomOfObservation(observation: Observation): AccessLabel {
  const { code, derivedFrom } = observation
  if (isAboutMe(code.coding)) return 'me'
  if (goalObservationCode(observation)) return 'conversation'
  if (isOfferWord(observation)) return 'support'
  // for the person and professionals, whatever is shared with a carer
  if (code?.coding?.some((each) => isWishCode(each.code) || isCarerWords(each.code))) return 'own'
  const isOfAnswers = derivedFrom?.some(({ reference }) =>
    reference?.startsWith('QuestionnaireResponse/'),
  )
  return isOfAnswers ? 'own' : 'record'
}

function isAboutMe(coding: readonly { code?: string | undefined }[] | undefined): boolean {
  const codes: readonly string[] = Object.values(aboutMeCodes)
  return coding?.some((each) => each.code !== undefined && codes.includes(each.code)) ?? false
}

/** What a carer prepares for a conversation is part of it; what the person prepares is shared with no carer. */
function isPreparedByCarer(resource: Resource): boolean {
  return (
    resource.resourceType === 'QuestionnaireResponse' &&
    resource.questionnaire?.split('|')[0] === prepareForm.url &&
    [resource.author, resource.source].every((who) => who?.reference?.startsWith('RelatedPerson/'))
  )
}

const isNeed = (resource: Resource) =>
  resource.resourceType === 'Condition' && isConcern(resource.category)

type Concept = { coding?: { code?: string }[] }

function isConcern(categories: readonly Concept[] | undefined): boolean {
  return (
    categories?.some((concept) => concept.coding?.some((each) => each.code === 'health-concern')) ??
    false
  )
}
