import type { Communication, Observation } from '@medplum/fhirtypes'
import { isCommentMessage, isPromiseAnswer } from '#domain/agreement/comment-message.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { promiseDeedKindOf } from '#domain/goal/promise-deed-kind.ts'
import { goalObservationCode, isKeptFromOthers } from '#domain/goal/said/goal-observation.ts'
import { tellsOfChange } from '#domain/plan/agreed-content.ts'
import { isEasyRead } from '#domain/plan/easy-read/easy-read-message.ts'
import { isPlanRecord, madeHere } from '#domain/plan/plan-record.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { isOfferWord } from '#domain/support/is-offer.ts'

/**
 * Answers and events of the plan are part of it, and so are what was said about its goals, suggestions with their
 * decisions, and help that was offered with what the person said about it. Who may see the person, and the service’s own notes, are not; nor is an answer that its round still keeps
 * from the others, nor whether somebody can decide, which is for named professionals and the person.
 */
export function isOfPlanDocument(resource: ResourceWithId): boolean {
  switch (resource.resourceType) {
    case 'Patient':
    case 'RelatedPerson':
    case 'EpisodeOfCare':
    case 'ServiceRequest':
      return true
    case 'Communication':
      return isMessageOfPlan(resource)
    case 'Provenance':
      return tellsOfChange(resource) && !resource.id.startsWith(madeHere)
    case 'Task':
      return isSuggestedChange(resource) || (resource.intent === 'order' && isPlanRecord(resource))
    case 'Observation':
      return isPlanRecord(resource) || isShownAnswer(resource) || isOfferWord(resource)
    default:
      return isPlanRecord(resource)
  }
}

const isMessageOfPlan = (message: Communication): boolean =>
  isCommentMessage(message) ||
  isPromiseAnswer(message) ||
  isEasyRead(message) ||
  promiseDeedKindOf(message) !== undefined

const isShownAnswer = (answer: Observation): boolean =>
  goalObservationCode(answer) !== undefined && !isKeptFromOthers(answer)
