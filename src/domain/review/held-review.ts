import type { Communication, Extension } from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { contactCategory } from '#domain/contact/fhir.ts'
import {
  extensionsOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/** What was decided about an open goal, step or promise. */
export type ReviewDecision = Readonly<{
  /** for example `Goal/1` */
  about: string
  /** its words when it was decided */
  what: string
  decision: 'goes-on' | 'changed' | 'ended'
  /** why, and what changes; may be empty if it goes on */
  words: string
}>

/** Facts of daily life that are asked at every review, one at a time. Our own list. */
export type ReviewTopic =
  | 'moving'
  | 'falls'
  | 'toilet'
  | 'washing'
  | 'eating'
  | 'going-out'
  | 'night'
  | 'carer'
export const reviewTopics: readonly ReviewTopic[] = [
  ...(['moving', 'falls', 'toilet', 'washing', 'eating', 'going-out', 'night', 'carer'] as const),
]

/** How a fact stands against last time. A fact that was not asked is not kept: last time's stays last time's. */
export type FactChange = 'still-so' | 'better' | 'worse' | 'different' | 'first'
const factChanges: readonly FactChange[] = ['still-so', 'better', 'worse', 'different', 'first']

export type ReviewFact = Readonly<{ topic: ReviewTopic; words: string; change: FactChange }>

/** A review that was held. */
export type HeldReview = Readonly<{
  id: string
  person: string
  plan: string
  words: string
  by: Who
  at: string
  /** when the server stored it */
  kept?: string
  decisions: readonly ReviewDecision[]
  facts: readonly ReviewFact[]
}>

const partIn = (extension: Extension, url: string) =>
  extension.extension?.find((each) => each.url === url)

function decisionIn(extension: Extension): readonly ReviewDecision[] {
  const decision = partIn(extension, 'decision')?.valueCode
  const about = partIn(extension, 'about')?.valueReference?.reference
  if (!about || (decision !== 'goes-on' && decision !== 'changed' && decision !== 'ended'))
    return []
  const text = (url: string) => partIn(extension, url)?.valueString ?? ''
  return [{ about, decision, what: text('what'), words: text('words') }]
}

function factIn(extension: Extension): readonly ReviewFact[] {
  const topic = reviewTopics.find((each) => each === partIn(extension, 'topic')?.valueCode)
  const change = factChanges.find((each) => each === partIn(extension, 'change')?.valueCode)
  const words = partIn(extension, 'words')?.valueString
  return topic && change && words ? [{ topic, change, words }] : []
}

export const decisionsIn = (message: Communication): readonly ReviewDecision[] =>
  extensionsOf(message, 'review-decision').flatMap(decisionIn)

/** A review that a professional held; undefined for messages of another kind, and for withdrawn ones. */
export function heldReviewFromFhir(message: Communication): HeldReview | undefined {
  const by = whoFrom(message.sender)
  const at = message.sent ?? message.meta?.lastUpdated
  if (!hasMessageCategory(message, 'review') || message.status !== 'completed') return undefined
  if (by?.voice !== 'professional' || !at) return undefined
  return {
    ...{ id: message.id ?? '', person: idIn(message.subject?.reference), by, at },
    plan: idIn(message.about?.find((each) => each.reference?.startsWith('CarePlan/'))?.reference),
    words: message.payload?.[0]?.contentString ?? '',
    ...given('kept', message.meta?.lastUpdated),
    decisions: decisionsIn(message),
    facts: extensionsOf(message, 'review-fact').flatMap(factIn),
  }
}

/** A review is a contact too. */
export function heldReviewToFhir(review: HeldReview): Communication & { id: string } {
  const { id, person, plan, words, by, at, decisions, facts } = review
  const text = (url: string, valueString: string) => (valueString ? [{ url, valueString }] : [])
  return {
    ...{ resourceType: 'Communication', id, status: 'completed' },
    category: [ownCode('review'), contactCategory],
    subject: { reference: `Patient/${person}` },
    about: [{ reference: `CarePlan/${plan}` }],
    ...{ sender: referenceTo(by), sent: at },
    payload: [{ contentString: words }],
    ...withExtensions(undefined, {
      'review-decision': decisions.map((each) => ({
        extension: [
          { url: 'about', valueReference: { reference: each.about } },
          { url: 'decision', valueCode: each.decision },
          ...text('what', each.what),
          ...text('words', each.words.trim()),
        ],
      })),
      'review-fact': facts.map((each) => ({
        extension: [
          { url: 'topic', valueCode: each.topic },
          { url: 'change', valueCode: each.change },
          { url: 'words', valueString: each.words },
        ],
      })),
    }),
  }
}

/** The last one held, by its own date. */
export const lastHeld = (reviews: readonly HeldReview[]): HeldReview | undefined =>
  reviews.toSorted((one, other) => other.at.localeCompare(one.at))[0]
