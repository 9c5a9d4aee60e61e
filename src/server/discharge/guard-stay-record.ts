import type { Communication, Encounter, Resource } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { zonedMoment } from '#domain/calendar/zone.ts'
import { arrangedIn } from '#domain/discharge/arranged-task.ts'
import {
  isDischargeLetter,
  type LetterFault,
  letterFault,
  stayOfLetter,
} from '#domain/discharge/discharge-letter.ts'
import { followUpChange } from '#domain/discharge/follow-up-choice-of.ts'
import {
  isAboutStay,
  type StayFault,
  stayIn,
  stayMessageFault,
  stayMessageKindOf,
} from '#domain/discharge/stay-message.ts'
import { hospitalClasses, type WardStay, wardStayFromFhir } from '#domain/discharge/ward-stay.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { managesHours } from '#server/support/manages-hours.ts'

type Facts = Readonly<{ person: string | undefined; before: Resource | undefined }>

/**
 * What is written down about a stay in hospital keeps to the order of things: it names a stay of this person, a call after it
 * comes after it, and what was said stays as it was said.
 */
export async function guardStayRecord(
  context: RequestContext,
  resource: Resource,
  { person, before }: Facts,
): Promise<void> {
  mustBeChosenByAdmin(context, resource, before)
  await mustBeLetter(context, resource, { person, before })
  await mustBeArrangedFor(context, resource, person)
  if (resource.resourceType !== 'Communication') return
  if (before?.resourceType === 'Communication' && isAboutStay(before))
    return mustOnlyWithdraw(resource, before)
  if (!isAboutStay(resource)) return
  if (!isStaff(context.actor) && context.actor.role !== 'admin')
    throw forbidden('Professionals write down what is done about a stay')
  await mustBeAboutStay(context, resource, person)
}

/** It names one stay of the person; a call comes after it, and the rest is sound. */
async function mustBeAboutStay(
  context: RequestContext,
  resource: Communication,
  person: string | undefined,
): Promise<void> {
  if ((resource.about ?? []).length !== 1)
    throw refusal('Name one stay in hospital, and nothing else')
  const stay = await stayNamed(context, stayIn(resource), person)
  const kind = stayMessageKindOf(resource)
  if (!kind) return await mustComeAfter(context, resource, stay)
  const words = resource.payload?.[0]?.contentString ?? ''
  const on = extensionOf(resource, 'expected-on')?.valueDate
  const fault = stayMessageFault({ kind, on, words }, stay, context.zone)
  if (fault) throw refusal(refusals[fault])
}

const refusal = (words: string) => new FhirProblem(422, 'business-rule', words)

const refusals: Readonly<Record<StayFault, string>> = {
  'no-day': 'Say on which day the person is expected home',
  'before-admission': 'This day is before the admission',
  'no-words': 'Say who said it, or to whom it was given',
  over: 'The person has left hospital already: there is nothing to expect',
}

function mustBeChosenByAdmin(
  { actor }: RequestContext,
  resource: Resource,
  before: Resource | undefined,
): void {
  const { isChanged, isSound } = followUpChange(resource, before)
  if (isChanged && actor.role !== 'admin' && !managesHours(actor, before, resource))
    throw forbidden(
      'An administrator, or a manager of the organisation, chooses by when to call after a discharge',
    )
  if (!isSound) throw refusal('There is no such rule, or no such calendar of holidays')
}

/** A letter is a file of a kind that is allowed, and stays what it is. */
async function mustBeLetter(
  context: RequestContext,
  resource: Resource,
  { person, before }: Facts,
): Promise<void> {
  if (isDischargeLetter(before)) return mustStayAsItCame(resource, before)
  if (!isDischargeLetter(resource)) return
  await stayNamed(context, stayOfLetter(resource), person)
  const [first, ...others] = resource.content
  if (!first || others.length > 0 || first.attachment.url !== undefined)
    throw refusal('A letter is one file, sent with the record')
  const fault = letterFault(first.attachment)
  if (fault) throw refusal(letterRefusals[fault])
  if (!namesOf(context.actor).includes(resource.author?.[0]?.reference ?? ''))
    throw forbidden('A letter is put on the record in your own name')
}

function mustStayAsItCame(after: Resource, before: Resource): void {
  const changed = changedElements(before, after)
  const isError = isDischargeLetter(after) && after.status === 'entered-in-error'
  if (changed.length === 0 || (isError && changed.every((each) => each === 'status'))) return
  throw forbidden('A letter stays as it came. It can only be marked as an error')
}

const letterRefusals: Readonly<Record<LetterFault, string>> = {
  type: 'A letter is a PDF, or a document in FHIR',
  size: 'This file is larger than 2 MB',
  content: 'What is in this file is not what its kind says',
}

/** A task that comes from a stay names one of this person’s, and has an owner and a day. */
async function mustBeArrangedFor(
  context: RequestContext,
  resource: Resource,
  person: string | undefined,
): Promise<void> {
  const from = resource.resourceType === 'Task' ? arrangedIn(resource) : undefined
  if (!from || resource.resourceType !== 'Task') return
  await stayNamed(context, from.stay, person)
  if (!resource.owner?.reference || !resource.restriction?.period?.end)
    throw refusal('Say who does this, and by which day')
}

function mustOnlyWithdraw(after: Communication, before: Communication): void {
  const changed = changedElements(before, after)
  const isError = after.status === 'entered-in-error'
  if (changed.length === 0 || (isError && changed.every((each) => each === 'status'))) return
  throw forbidden('What was said about a stay stays. It can only be marked as an error')
}

/** The stay that is named, if it is one of this person’s. */
export async function stayNamed(
  { service }: RequestContext,
  id: string | undefined,
  person: string | undefined,
): Promise<WardStay> {
  const stored = id ? await service.store.read('Encounter', id, everyone) : undefined
  const stay =
    stored?.person === person && stored?.resource
      ? wardStayFromFhir(stored.resource as Encounter)
      : undefined
  if (!stay) throw refusal('This stay in hospital is not in the person’s record')
  return { ...stay, id: id ?? '' }
}

/** A call after a stay: after the person left, before the next stay began, and not in the future. */
async function mustComeAfter(
  context: RequestContext,
  message: Communication,
  stay: WardStay,
): Promise<void> {
  const { now, zone } = context
  if (!stay.until)
    throw refusal(
      'The record does not say that the person has left hospital. Until then this is no call after it',
    )
  const sent = message.sent ?? ''
  const at = sent.length > 10 ? Date.parse(sent) : Number.NaN
  if (Number.isNaN(at)) throw refusal('Say when the call was')
  const left = zonedMoment(stay.until, zone)
  if (at < left) throw refusal('This call is before the person left hospital')
  if (at > Number(now) + aMinute) throw refusal('This call is in the future')
  const next = await nextStays(context, stay)
  if (next.some(({ from }) => isBetween(zonedMoment(from, zone), left, at)))
    throw refusal('The person was in hospital again before this call. Write it down with that stay')
}

const isBetween = (moment: number, from: number, until: number) => moment > from && moment <= until

/** The other stays of the person. */
async function nextStays(
  { service }: RequestContext,
  stay: WardStay,
): Promise<readonly WardStay[]> {
  const { rows } = await service.sql.query<{ id: string; content: Encounter | string }>(
    `select id, content from resource where rt = 'Encounter' and person = $1 and id <> $2
     and content is not null and content #>> '{class,code}' = any($3::text[])`,
    [stay.person, stay.id, hospitalClasses],
  )
  return rows.flatMap(({ content }) => wardStayFromFhir(storedRecord(content) as Encounter) ?? [])
}

/** Clocks of devices differ. */
const aMinute = 60_000
