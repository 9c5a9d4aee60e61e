import type { Communication, QuestionnaireResponse, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { madeOfRecords } from '#client/cache/records-at-hand.ts'
import { clockToday, dayHere, now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { mergeEditOf } from '#client/forms/merge-edit.ts'
import { savedAs, saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { addDays } from '#domain/calendar/days.ts'
import { withRecord } from '#domain/fhir/with-record.ts'
import type { Who } from '#domain/plan/plan.ts'
import {
  type AfterConversation,
  afterFromFhir,
  afterToFhir,
  isAfterConversation,
} from '#domain/preparation/after-conversation.ts'
import type { Preparation, QuestionAnswer } from '#domain/preparation/preparation.ts'
import {
  isPreparation,
  preparationFromFhir,
  preparationKind,
  questionAnswerFromFhir,
  questionAnswerToFhir,
} from '#domain/preparation/preparation-fhir.ts'
import { type HeldReview, heldReviewFromFhir, lastHeld } from '#domain/review/held-review.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'

/** Everything around the conversations about one person's plan that this reader may see. */
export type Conversations = Readonly<{
  preparations: readonly Preparation[]
  questionAnswers: readonly QuestionAnswer[]
  held: readonly HeldReview[]
  after: readonly AfterConversation[]
}>

type Found = Readonly<{
  responses: readonly QuestionnaireResponse[]
  messages: readonly Communication[]
}>

const isOfConversation = (each: QuestionnaireResponse) =>
  isPreparation(each) || isAfterConversation(each)

export const conversationsQuery = (person: string) =>
  queryOptions({
    queryKey: ['conversations', person],
    ...madeOfRecords({
      kinds: ['QuestionnaireResponse', 'Communication', 'Consent'],
      find: (signal) => findRecords(person, signal),
      make: conversationsFrom,
      put: (found, records) =>
        records.filter((each) => patientsOf(each).includes(person)).reduce(putOne, found),
      pick: ({ responses, messages }, type, id) =>
        [...responses, ...messages].find((each) => each.resourceType === type && each.id === id),
    }),
  })

async function findRecords(person: string, signal: AbortSignal): Promise<Found> {
  const patient = `Patient/${person}`
  const [responses, messages] = await Promise.all([
    allRecords('QuestionnaireResponse', { patient }, signal),
    allRecords('Communication', { patient, category: 'review,question-answer' }, signal),
  ])
  return { responses: responses.filter(isOfConversation), messages }
}

function putOne(found: Found, record: Resource): Found {
  if (record.resourceType === 'QuestionnaireResponse')
    return {
      ...found,
      responses: withRecord(found.responses, record, isOfConversation(record)),
    }
  if (record.resourceType !== 'Communication') return found
  const isOne = heldReviewFromFhir(record) ?? questionAnswerFromFhir(record)
  return { ...found, messages: withRecord(found.messages, record, isOne !== undefined) }
}

const conversationsFrom = ({ responses, messages }: Found): Conversations => ({
  preparations: responses.filter(isPreparation).map(preparationFromFhir),
  questionAnswers: messages.flatMap((each) => questionAnswerFromFhir(each) ?? []),
  held: messages.flatMap((each) => heldReviewFromFhir(each) ?? []),
  after: responses.flatMap((each) => afterFromFhir(each) ?? []),
})

/** So long after a conversation people still know how it was: our own choice. */
const daysToAsk = 60

/** The conversation that the person is asked about: the last one held, if it is recent and not answered. */
export function conversationToAsk(data: Conversations | undefined): HeldReview | undefined {
  const held = data && lastHeld(data.held)
  if (!held || dayHere(held.at) < addDays(clockToday(), -daysToAsk)) return undefined
  return saidAfterLast(data) ? undefined : held
}

/** What was said about the last conversation that was held, by the person or written down for them. */
export function saidAfterLast(data: Conversations | undefined): AfterConversation | undefined {
  const held = data && lastHeld(data.held)
  return data?.after.find(({ review }) => review === held?.id)
}

/** Saves what somebody prepared, in the name of the signed-in user; `saidBy`: whose words they are. */
export async function savePreparation(
  edit: Readonly<{ base: Preparation | undefined; mine: Preparation }>,
): Promise<Preparation> {
  const written = writtenNow(edit.mine.person)
  const saidBy: Who =
    written.by.voice === 'professional'
      ? { reference: `Patient/${edit.mine.person}`, name: '', voice: 'person' }
      : written.by
  const mine = { ...edit.mine, by: written.by, saidBy, written }
  const records = await saveTogether({
    edits: [mergeEditOf(preparationKind, { base: edit.base, mine })],
  })
  return savedAs(preparationKind, mine, records)
}

/** Answers a question that somebody prepared. The caller keeps `id` over retries. */
export async function answerQuestion(
  answer: Pick<QuestionAnswer, 'id' | 'person' | 'preparation' | 'question' | 'words'>,
): Promise<void> {
  await createOnce(questionAnswerToFhir({ ...answer, ...writtenNow(answer.person) }))
}

/** Says how a conversation was: in the person’s own name, or written down by a professional. */
export async function sayAfter(after: Omit<AfterConversation, 'by' | 'at'>): Promise<void> {
  const by = whoAmI(after.person)
  await createOnce(afterToFhir({ ...after, by, at: now().toISOString() }))
}
