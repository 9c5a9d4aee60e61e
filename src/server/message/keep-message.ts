import type { Communication, Resource } from '@medplum/fhirtypes'
import { isBetween } from '#domain/access/labels/between.ts'
import { hasSameClosing } from '#domain/access/labels/closed-as.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { extensionOf, idIn, referenceTo } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import {
  carersOfMessage,
  isMessageSeen,
  isThreadMessage,
  messageSeenCode,
  readersOf,
} from '#domain/message/is-message.ts'
import { longestMessage, messageTopics } from '#domain/message/message.ts'
import { betweenCarers } from '#domain/message/message-fhir.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { mustHaveLeave } from './must-have-leave.ts'
import { mustReachCarer } from './must-reach-carer.ts'

type Facts = Readonly<{ person: string | undefined; before: Resource | undefined }>

const isKept = (resource: Resource | undefined): resource is Communication =>
  isThreadMessage(resource) || isMessageSeen(resource)

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Communication.${element}` })

/**
 * A message of a thread as it is stored: in the name of the caller, with the moment at which it came. Once it is here it stays
 * as it was sent: another one corrects it, or its sender marks it as sent by mistake. Throws 403 and 422.
 */
export async function keepMessage(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  if (isKept(before)) {
    mustOnlyBeMarked(resource, before)
    return resource
  }
  if (!isKept(resource)) return resource
  mustBeOfOneKind(resource)
  const { who, at } = writerOf(context, person)
  if (before) throw forbidden('What is here already does not become a message')
  const sent: Communication & { id: string } = {
    ...(resource as Communication),
    ...{ id: resource.id, sender: referenceTo(who) },
  }
  const message = await forItsReaders(context, sent, person)
  if (message.status !== 'completed') throw refusal('A message is sent (completed)', 'status')
  if (hasMessageCategory(message, messageSeenCode)) {
    const [seen, ...others] = message.about ?? []
    if (others.length > 0) throw refusal('Name one message that was seen', 'about')
    await messageNamed(context, seen?.reference, person, 'about')
    const { payload: _words, ...mark } = message
    return { ...mark, sent: at }
  }
  await mustBeSound(context, message, person)
  return { ...message, received: at }
}

/** A record of two kinds would be checked as one of them, and read as the other. Throws 422. */
function mustBeOfOneKind({ category = [] }: Communication): void {
  const kinds = category
    .flatMap(({ coding = [] }) => coding)
    .filter(({ system }) => system === gableCodeSystem)
  if (kinds.length > 1)
    throw refusal(
      'A message is a message alone, and that it was seen is another record',
      'category',
    )
}

function mustOnlyBeMarked(after: Resource, before: Communication): void {
  if (!hasSameClosing(before, after))
    throw forbidden('Who reads a message stays as it was when it was sent')
  const changed = changedElements(before, after)
  if (changed.length === 0) return
  if (hasMessageCategory(before, messageSeenCode))
    throw forbidden('That somebody has seen a message stays')
  const isMarked =
    isThreadMessage(after) && before.status === 'completed' && after.status === 'entered-in-error'
  if (isMarked && changed.every((each) => each === 'status' || each === 'statusReason')) return
  throw forbidden(
    'A sent message stays as it was sent. Correct it with another one, or mark it as sent by mistake',
  )
}

/** Clocks of devices differ. */
const aMinute = 60_000

async function mustBeSound(
  context: RequestContext,
  message: Communication,
  person: string | undefined,
): Promise<void> {
  mustHaveWords(message)
  const readers = readersOf(message)
  if (!readers) throw refusal('Say who reads it: person, carers, carer or team', 'extension')
  if ((readers === 'team') !== isBetween(message))
    throw refusal('A message for the team alone is between professionals, and no other is', 'meta')
  if (readers === 'team' && writerOf(context, person).who.voice !== 'professional')
    throw forbidden('Only professionals write to the team alone')
  mustHaveBeenSent(context, message)
  const [first, ...others] = message.inResponseTo ?? []
  if (others.length > 0) throw refusal('A message is in one thread', 'inResponseTo')
  if (first) await mustBeginThread(context, message, person)
  else if (!messageTopics.some((each) => each === message.topic?.coding?.[0]?.code))
    throw refusal(`Say what it is about: ${messageTopics.join(', ')}`, 'topic')
  await mustCorrectOwn(context, message, person)
  await mustHaveLeave(context, message, person)
}

function mustHaveBeenSent({ now }: RequestContext, message: Communication): void {
  const sent = Date.parse(message.sent ?? '')
  if (Number.isNaN(sent) || sent > Number(now) + aMinute)
    throw refusal('Say when it was written, and not in the future', 'sent')
}

function mustHaveWords({ payload = [], topic, note }: Communication): void {
  const [part, ...others] = payload
  const words = part?.contentString?.trim() ?? ''
  if (words === '' || words.length > longestMessage || others.length > 0)
    throw refusal(`Write up to ${longestMessage} characters, in one part`, 'payload')
  // a title of one’s own would stand in lists and notifications
  if (topic?.text || topic?.coding?.some(({ display }) => display))
    throw refusal('What it is about is one of the words that are given', 'topic')
  if (note) throw refusal('What is said stands in the message', 'note')
}

/** Its first message is there for the sender, about the same person and for the same readers. */
async function mustBeginThread(
  context: RequestContext,
  message: Communication,
  person: string | undefined,
): Promise<void> {
  const first = await firstOf(context, message, person)
  if ((first.inResponseTo ?? []).length > 0)
    throw refusal('Name the first message of the thread', 'inResponseTo')
  if (readersOf(first) !== readersOf(message))
    throw refusal('A thread keeps its readers. Begin another one for others', 'extension')
}

const firstOf = async (
  context: RequestContext,
  message: Communication,
  person: string | undefined,
) => await messageNamed(context, message.inResponseTo?.[0]?.reference, person, 'inResponseTo')

/**
 * A message with its readers as they count. What a carer begins is between that carer and the team, also when a device
 * still says that all carers read it; an answer goes to whoever reads the first message, and to nobody else.
 */
async function forItsReaders(
  context: RequestContext,
  message: Communication & { id: string },
  person: string | undefined,
): Promise<Communication & { id: string }> {
  const readers = readersOf(message)
  if (readers !== 'carers' && readers !== 'carer') return message
  if (message.inResponseTo?.[0]) {
    const first = await firstOf(context, message, person)
    return carersOfMessage(first) ? betweenCarers(message, first.recipient ?? []) : message
  }
  const { who } = writerOf(context, person)
  if (who.voice === 'carer') return betweenCarers(message, [referenceTo(who)])
  if (readers === 'carer') await mustReachCarer(context, message, person)
  return message
}

async function mustCorrectOwn(
  context: RequestContext,
  message: Communication,
  person: string | undefined,
): Promise<void> {
  const reference = extensionOf(message, 'corrects')?.valueReference?.reference
  if (!reference) return
  const wrong = await messageNamed(context, reference, person, 'extension')
  const threadOf = ({ id, inResponseTo }: Communication) => idIn(inResponseTo?.[0]?.reference) || id
  if (wrong.sender?.reference !== message.sender?.reference)
    throw forbidden('Only who sent a message corrects it')
  if (threadOf(wrong) !== threadOf(message))
    throw refusal('A correction is in the thread of the message', 'inResponseTo')
}

/** The message that is named, if it is one about this person that the caller may read. */
async function messageNamed(
  context: RequestContext,
  reference: string | undefined,
  person: string | undefined,
  element: string,
): Promise<Communication & { id: string }> {
  const id = reference?.startsWith('Communication/') ? idIn(reference) : ''
  const stored = id
    ? await context.store.read('Communication', id, context.accessScope.scope)
    : undefined
  if (!isThreadMessage(stored?.resource) || stored.person !== person)
    throw refusal('There is no such message about this person', element)
  return { ...stored.resource, id }
}

/** What was sent, and that it was seen, stays. Throws 403. */
export function mustStayOfMessages(stored: Resource): void {
  if (isKept(stored))
    throw forbidden('A sent message is not deleted. It can be marked as sent by mistake')
}
