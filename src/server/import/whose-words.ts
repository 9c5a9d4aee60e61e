import type { Communication, Extension, Resource } from '@medplum/fhirtypes'
import { type Actor, namesOf } from '#domain/access/actor.ts'
import { authorOf, changedElements } from '#domain/access/record-access-kind.ts'
import { isPromiseAnswer } from '#domain/agreement/comment-message.ts'
import { withOwnDeathMark } from '#domain/bereavement/ended-by-death.ts'
import { hasEndedWhy, withoutEndedWhy } from '#domain/carer/carer-ending.ts'
import { extensionsOf, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isEasyRead } from '#domain/plan/easy-read/easy-read-message.ts'
import { keepBringersWords } from '#server/agreement/own-words.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import { isLeftForCover } from '#server/cover/guard-absences.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { broughtOptOut } from '#server/opt-out/brought-opt-out.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { keepBroughtDecision } from '#server/rules/keep-case-decision.ts'
import type { Fine } from './items.ts'
import { mustNotBeSaidHere } from './said-here.ts'
import { nameOf, standingRecords } from './standing-records.ts'
import { speaksForUser, type UsersHere, usersNamedIn, withBringer } from './users-named.ts'

type Named = ResourceWithId

/** Refuses by name what a file says in the name of somebody who did not say it. */
export async function checkWhoseWords(
  context: RequestContext,
  items: readonly Fine[],
): Promise<void> {
  const words = await standingWords(context, items)
  for (const item of items.filter(({ asWritten }) => !asWritten)) {
    try {
      await broughtBy(context, item.resource, words)
      item.note ??= noteOn(context, item.resource, words)
    } catch (problem) {
      if (!(problem instanceof FhirProblem)) throw problem
      item.reason = problem.message
    }
  }
}

/** What the importer reads beside a record that is stored, but not quite as it came. */
function noteOn(
  context: RequestContext,
  resource: Named,
  { users }: StandingWords,
): string | undefined {
  if (hasEndedWhy(resource)) return 'Why this carer stopped is said here: it was not imported'
  if (!speaksForUser(context, resource, users)) return undefined
  return 'It is in the name of somebody who works here: the record says who imported it'
}

export type StandingWords = Readonly<{
  /** the current records, by `Type/id` */
  records: ReadonlyMap<string, Resource>
  /** who is named as an author and works here */
  users: UsersHere
}>

/** The current records with somebody's words; locked until the transaction ends. */
export async function standingWords(
  context: RequestContext,
  items: readonly Fine[],
): Promise<StandingWords> {
  const { service, inTransaction: locked } = context
  const resources = items.map(({ resource }) => resource)
  const users = await usersNamedIn(context, resources)
  const spoken = resources.filter(
    (each) =>
      spokenTypes.includes(each.resourceType) ||
      isLeftForCover(each) ||
      speaksForUser(context, each, users),
  )
  return { users, records: await standingRecords(service.sql, spoken, { locked }) }
}

const spokenTypes: readonly string[] = [
  ...[
    'Appointment',
    'Communication',
    'CommunicationRequest',
    'Condition',
    'Consent',
    'DetectedIssue',
    'EpisodeOfCare',
    'Flag',
    'Goal',
    'Observation',
    'QuestionnaireResponse',
  ],
  ...['PractitionerRole', 'ServiceRequest', 'Task'],
]

/** The record to be stored, its words in the name of the person who says them. Throws 403. */
export async function broughtBy(
  context: RequestContext,
  resource: Named,
  { records, users }: StandingWords,
): Promise<Named> {
  const before = records.get(nameOf(resource))
  mustNotBeSaidHere(resource, before)
  if (resource.resourceType === 'Communication') return broughtMessage(context, resource, before)
  const person = await personOf(context, resource)
  const marked = withOwnDeathMark(keepBroughtDecision(resource, before), before)
  const refused = broughtOptOut(context, marked, { before, person })
  const kept = keepBringersWords(context, withoutEndedWhy(refused), { before, person })
  return speaksForUser(context, kept, users)
    ? withBringer(kept, before, bringerOf(context.actor))
    : kept
}

const words = ['sender', 'payload', 'about', 'category', 'note', 'status', 'extension:happened']

/** A message stays as its sender sent it. A new one names who imported it. */
function broughtMessage<M extends Communication & { id: string }>(
  { actor }: RequestContext,
  message: M,
  before: Resource | undefined,
): M {
  const names = namesOf(actor)
  const existing = before?.resourceType === 'Communication' ? before : undefined
  const fault = existing ? faultInChange(names, existing, message) : faultInNew(names, message)
  if (fault) throw forbidden(fault)
  const kept = existing ? marksOf(existing) : { 'easy-retold': [] }
  const tied = isEasyRead(message) ? withMarks(message, kept, ['easy-retold']) : message
  if (isOf(names, message)) return tied
  if (existing) return isOfPerson(message) ? withMarks(tied, kept, ['supported-by']) : tied
  return withMarks(tied, { 'supported-by': [bringerOf(actor)] }, ['supported-by'])
}

/** An administrator is no professional of the record, and is named in words. */
function bringerOf(actor: Actor): Mark {
  const reference = agentOf(actor)
  if (reference) return { valueReference: { reference, display: actor.name } }
  return { valueString: actor.name || actor.identity }
}

type Mark = Omit<Extension, 'url'>
type Marks = Readonly<Record<string, readonly Mark[]>>

/** What the service says about a message: a file only claims it. */
const marksOf = (message: Communication): Marks =>
  Object.fromEntries(
    ['supported-by', 'easy-retold'].map((name) => [
      name,
      extensionsOf(message, name).map(withoutUrl),
    ]),
  )

function withMarks<M extends Communication>(message: M, marks: Marks, names: readonly string[]): M {
  const { extension: _claimed, ...rest } = message
  const kept = Object.fromEntries(names.map((name) => [name, marks[name] ?? []]))
  return { ...rest, ...withExtensions(message, kept) } as M
}

function faultInChange(names: readonly string[], existing: Communication, message: Communication) {
  if (isOf(names, existing)) return undefined
  return changedElements(existing, message).some((name) => words.includes(name))
    ? 'An import cannot change someone else’s words here'
    : undefined
}

function faultInNew(names: readonly string[], message: Communication) {
  return isPromiseAnswer(message) && !isOf(names, message)
    ? 'A promise must be answered here. Answers cannot be imported'
    : undefined
}

const isOf = (names: readonly string[], message: Communication) =>
  names.includes(authorOf(message) ?? '')

const withoutUrl = ({ url: _url, ...value }: { url?: string }) => value

const isOfPerson = (message: Communication) =>
  /^(Patient|RelatedPerson)\//.test(authorOf(message) ?? '')
