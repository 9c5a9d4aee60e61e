import type { Communication, QuestionnaireResponse, Resource } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import {
  afterFromFhir,
  afterIdFor,
  areBothAnswered,
  isAfterConversation,
  isLeaveGiven,
  reviewIn,
} from '#domain/preparation/after-conversation.ts'
import { isConversationForm } from '#domain/preparation/prompts.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

const isOne = (resource: Resource | undefined): resource is QuestionnaireResponse =>
  resource?.resourceType === 'QuestionnaireResponse' && isAfterConversation(resource)

const refused = (text: string) => new FhirProblem(422, 'business-rule', text)

/** How far the clock of a device may be ahead of ours, or behind, in milliseconds. */
const clockSlack = 15 * 60_000

/**
 * What a person says about one conversation that was held: once, both questions, in their own name or written down by a
 * professional from a screen or from paper. What was written down stays until the person answers themselves; their own
 * answer is changed by nobody. Throws 403 and 422.
 */
export async function guardAfterConversation(
  context: RequestContext,
  resource: Resource & { id: string },
  { person, before }: Readonly<{ person: string | undefined; before: Resource | undefined }>,
): Promise<void> {
  if (isOne(before)) mustBeOwnInstead(before, resource)
  if (!isOne(resource) || !person) return
  if (!areBothAnswered(resource) || resource.status !== 'completed')
    throw refused('Answer both questions with yes, partly or no')
  mustBeSaidByPerson(context, resource, person)
  const review = reviewIn(resource)
  if (resource.id !== afterIdFor(review))
    throw refused(`The answers to this conversation have the id ${afterIdFor(review)}`)
  const message = await reviewOf(context, review, person)
  if (!message) throw refused('Name the conversation, one that was held with this person')
  mustComeAfter(message, resource, context.now)
}

/** Somebody who only wrote down what was said cannot stand in the way of the person’s own answer. */
function mustBeOwnInstead(before: QuestionnaireResponse, after: Resource): void {
  const isOwn = (each: Resource) => isOne(each) && afterFromFhir(each)?.way === 'own'
  if (isOwn(before) || !isOwn(after))
    throw forbidden('What a person said about a conversation is not changed')
  if (isOne(after) && reviewIn(after) !== reviewIn(before))
    throw refused('These answers are about another conversation')
}

function mustComeAfter(held: Communication, said: QuestionnaireResponse, now: Date): void {
  const [talked, answered] = [held.sent, said.authored].map((each) => Date.parse(each ?? ''))
  if (talked === undefined || talked > now.getTime() + clockSlack)
    throw refused('This conversation has not taken place yet')
  if (answered === undefined || Number.isNaN(answered)) throw refused('Say when this was answered')
  if (answered > now.getTime() + clockSlack) throw refused('The answers are dated in the future')
  if (answered < talked - clockSlack)
    throw refused('The answers are dated before the conversation they are about')
}

function mustBeSaidByPerson(
  { actor }: RequestContext,
  response: QuestionnaireResponse,
  person: string,
): void {
  const { source, author } = response
  const [by, from] = [author?.reference ?? '', source?.reference]
  if (from !== `Patient/${person}`) throw refused('The answers are those of the person')
  const way = extensionOf(response, 'answered-on')?.valueCode
  const isWrittenDown = isStaff(actor) && (way === 'screen' || way === 'paper')
  const isOwn = actor.person === person && way === undefined
  if (!namesOf(actor).includes(by) || !(isWrittenDown || isOwn))
    throw forbidden(
      'Only the person answers. A professional says whether it was on a screen or on paper',
    )
  if (isLeaveGiven(response) && !isOwn)
    throw forbidden('Only the person gives leave to show these words, on their own page')
}

async function reviewOf(
  { service }: RequestContext,
  id: string,
  person: string,
): Promise<Communication | undefined> {
  const stored = id ? await service.store.read('Communication', id, everyone) : undefined
  const { resource } = stored ?? {}
  if (stored?.person !== person || resource?.resourceType !== 'Communication') return undefined
  const isHeld = hasMessageCategory(resource, 'review') && resource.status === 'completed'
  // people and carers write messages, too: a conversation is recorded by a professional
  return isHeld && resource.sender?.reference?.startsWith('Practitioner/') ? resource : undefined
}

/** What somebody said before or after a conversation is not deleted: it is marked as an error, or stays. */
export function mustStaySaid(stored: Resource): void {
  if (stored.resourceType === 'QuestionnaireResponse' && isConversationForm(stored.questionnaire))
    throw forbidden('What was said before or after a conversation cannot be deleted')
}
