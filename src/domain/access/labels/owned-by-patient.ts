import type { Resource } from '@medplum/fhirtypes'
import { isBreakGlass } from '#domain/access/break-glass.ts'
import { namesPerson } from '#domain/access/names-person.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { isPlanRecord } from '#domain/plan/plan-record.ts'
import { isHandOver } from '#domain/team/hand-over-fhir.ts'

/** What a person wrote, agreed, was promised or is told, by its type alone. */
const alwaysHers: readonly Resource['resourceType'][] = [
  ...(['Patient', 'RelatedPerson', 'CareTeam', 'EpisodeOfCare', 'CarePlan', 'Goal'] as const),
  ...(['Consent', 'Provenance', 'AuditEvent', 'Appointment', 'AppointmentResponse'] as const),
]

/** True for what is never kept from the person whom it is about, whatever label somebody would put on it. */
export function isOwnedByPatient(resource: Resource): boolean {
  // what is suggested to professionals is theirs until it is taken up
  if (resource.resourceType === 'Task' && resource.intent === 'proposal') return false
  if (alwaysHers.includes(resource.resourceType) || namesPerson(resource)) return true
  switch (resource.resourceType) {
    case 'Observation':
      return hasCode([resource.code], Object.values(aboutMeCodes))
    case 'Condition':
      return hasCode(resource.category, ['health-concern'])
    case 'Communication':
      return hasCode(resource.category, ['comment', 'promise-answer'])
    case 'Task':
      // work of the staff and referrals stand beside the plan: all else is a promise to her, whoever is to keep it;
      // where she is to be registered she is told as well
      return isPlanRecord(resource) || isHandOver(resource)
    default:
      return isBreakGlass(resource)
  }
}

type Concept = { coding?: { code?: string | undefined }[] } | undefined

function hasCode(concepts: readonly Concept[] | undefined, codes: readonly string[]): boolean {
  return (concepts ?? []).some((concept) =>
    concept?.coding?.some(({ code }) => code !== undefined && codes.includes(code)),
  )
}
