import { isCommentMessage, isPromiseAnswer } from '#domain/agreement/comment-message.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { tellsOfChange } from '#domain/plan/agreed-content.ts'
import { isEasyRead } from '#domain/plan/easy-read/easy-read-message.ts'
import { isPlanRecord, madeHere } from '#domain/plan/plan-record.ts'
import { isOffer } from '#domain/support/is-offer.ts'

/** Answers and events of the plan are part of it; who may see the person, and the service’s own notes, are not. */
export function isOfPlanDocument(resource: ResourceWithId): boolean {
  switch (resource.resourceType) {
    case 'Patient':
    case 'RelatedPerson':
    case 'EpisodeOfCare':
      return true
    case 'ServiceRequest':
      return !isOffer(resource)
    case 'Communication':
      return isCommentMessage(resource) || isPromiseAnswer(resource) || isEasyRead(resource)
    case 'Provenance':
      return tellsOfChange(resource) && !resource.id.startsWith(madeHere)
    case 'Task':
      return resource.intent === 'order' && isPlanRecord(resource)
    default:
      return isPlanRecord(resource)
  }
}
