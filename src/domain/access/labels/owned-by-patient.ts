import type { Resource } from '@medplum/fhirtypes'
import { namesPerson } from '#domain/access/names-person.ts'
import { isEmergencyOpening } from '#domain/card/card-opening.ts'
import { goalObservationCode } from '#domain/goal/said/goal-observation.ts'
import { isAboutMePhoto } from '#domain/photo/about-me-photo.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { isAftercare } from '#domain/plan/crisis/is-aftercare.ts'
import { isPlanRecord } from '#domain/plan/plan-record.ts'
import { isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { isDayColour } from '#domain/plan/worse/day-colour.ts'
import { wishCodes } from '#domain/plan/worse/wish-codes.ts'
import { isWishDocument } from '#domain/plan/worse/wishes.ts'
import { isKeptBySocialCare } from '#domain/social-care/kept-kind.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { isOffer, isOfferWord } from '#domain/support/is-offer.ts'
import { isHandOver } from '#domain/team/hand-over-fhir.ts'
import { isTemplateItem } from '#domain/template/is-template-item.ts'

/** What a person wrote, agreed, was promised or is told, by its type alone. */
const alwaysOwned: readonly Resource['resourceType'][] = [
  ...(['Patient', 'RelatedPerson', 'CareTeam', 'EpisodeOfCare', 'CarePlan', 'Goal'] as const),
  ...(['Consent', 'Provenance', 'AuditEvent', 'Appointment', 'AppointmentResponse'] as const),
]

/** Messages that are part of what is said and done about the plan. */
const saidAboutThePlan = [
  ...['comment', 'goal-reason', 'promise-answer', 'promise-review', 'promise-confirmed'],
  ...['promise-dealt-with', 'round-closed', 'question-answer', 'easy-read'],
]

/** True for records that are never hidden from the person they are about, whatever label somebody would put on them. */
export function isOwnedByPatient(resource: Resource): boolean {
  if (isOfPlanByKind(resource)) return true
  // a suggestion to professionals is theirs until it is accepted
  if (resource.resourceType === 'Task' && resource.intent === 'proposal') return false
  if (alwaysOwned.includes(resource.resourceType) || namesPerson(resource)) return true
  switch (resource.resourceType) {
    case 'Observation':
      return (
        hasCode([resource.code], [...Object.values(aboutMeCodes), ...Object.values(wishCodes)]) ||
        goalObservationCode(resource) !== undefined ||
        isOfferWord(resource)
      )
    case 'Media':
      return isAboutMePhoto(resource)
    case 'ServiceRequest':
      return isOffer(resource)
    case 'DocumentReference':
      return isWishDocument(resource)
    case 'Condition':
      return hasCode(resource.category, ['health-concern'])
    case 'Communication':
      return hasCode(resource.category, saidAboutThePlan)
    case 'Task':
      // work of staff and referrals are not part of the plan; everything else is a promise to the person, no matter
      // who has to keep it; a change of registration is told to them as well
      return isPlanRecord(resource) || isHandOver(resource)
    case 'Flag':
      return (
        isEmergencyOpening(resource) ||
        isDayColour(resource) ||
        isCarerIll(resource) ||
        isAftercare(resource)
      )
    default:
      return isEmergencyOpening(resource)
  }
}

const isOfPlanByKind = (resource: Resource) =>
  isSuggestedChange(resource) || isTemplateItem(resource) || isKeptBySocialCare(resource)

type Concept = { coding?: { code?: string | undefined }[] } | undefined

function hasCode(concepts: readonly Concept[] | undefined, codes: readonly string[]): boolean {
  return (concepts ?? []).some((concept) =>
    concept?.coding?.some(({ code }) => code !== undefined && codes.includes(code)),
  )
}
