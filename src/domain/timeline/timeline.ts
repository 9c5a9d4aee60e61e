import type { Observation, Resource } from '@medplum/fhirtypes'
import { usualZone } from '#domain/calendar/zone.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { isWishCode } from '#domain/plan/worse/wish-codes.ts'
import {
  agreementEvents,
  assessmentEvents,
  contactEvents,
  imagingEvents,
  planEvents,
  readingEvents,
  reportEvents,
  requestEvents,
  type Titles,
} from './care-events.ts'
import {
  allergyEvents,
  conditionEvents,
  encounterEvents,
  immunisationEvents,
  lifeEvents,
  medicineEvents,
  prescriptionEvents,
  procedureEvents,
} from './clinical-events.ts'
import type { StoryEvent } from './event.ts'

/** The kinds of record that make up the story. */
export const timelineTypes = [
  'Condition',
  'Encounter',
  'MedicationRequest',
  'MedicationStatement',
  'Procedure',
  'Immunization',
  'AllergyIntolerance',
  'Observation',
  'QuestionnaireResponse',
  'CarePlan',
  'Provenance',
  'ServiceRequest',
  'DiagnosticReport',
  'ImagingStudy',
  'Communication',
] as const

/**
 * The story in the records, newest first, undated last. What was entered in error is left out; kinds of record that say
 * nothing about a life (claims, payments) too.
 */
export function timelineOf(
  resources: readonly Resource[],
  titles: Titles = {},
  zone = usualZone,
): readonly StoryEvent[] {
  const scores = scoresByResponse(resources)
  return resources
    .filter((resource) => !isInError(resource))
    .flatMap((resource) => eventsOf(resource, { titles, scores, zone }))
    .sort(newestFirst)
}

type Facts = Readonly<{
  titles: Titles
  scores: ReadonlyMap<string, Observation>
  zone: string
}>

function eventsOf(resource: Resource, { titles, scores, zone }: Facts): readonly StoryEvent[] {
  switch (resource.resourceType) {
    case 'Patient':
      return lifeEvents(resource)
    case 'Condition':
      return conditionEvents(resource)
    case 'Encounter':
      return encounterEvents(resource, zone)
    case 'MedicationRequest':
      return prescriptionEvents(resource)
    case 'MedicationStatement':
      return medicineEvents(resource)
    case 'Procedure':
      return procedureEvents(resource)
    case 'Immunization':
      return immunisationEvents(resource)
    case 'AllergyIntolerance':
      return allergyEvents(resource)
    case 'Observation':
      return isReading(resource) ? readingEvents(resource) : []
    case 'QuestionnaireResponse':
      return assessmentEvents(resource, titles, scores)
    case 'CarePlan':
      return planEvents(resource)
    case 'Provenance':
      return agreementEvents(resource)
    case 'ServiceRequest':
      return requestEvents(resource)
    case 'DiagnosticReport':
      return reportEvents(resource)
    case 'ImagingStudy':
      return imagingEvents(resource)
    case 'Communication':
      return contactEvents(resource)
    default:
      return []
  }
}

/** Sections of About me belong to the plan; a score is shown with its assessment. */
function isReading(observation: Observation): boolean {
  const aboutMe: readonly string[] = Object.values(aboutMeCodes)
  const isSaid = (code = '') => aboutMe.includes(code) || isWishCode(code)
  if (observation.code.coding?.some((each) => isSaid(each.code))) return false
  return !(observation.derivedFrom ?? []).some(isResponseReference)
}

const isResponseReference = (each: { reference?: string | undefined }) =>
  each.reference?.startsWith('QuestionnaireResponse/') ?? false

function scoresByResponse(resources: readonly Resource[]): ReadonlyMap<string, Observation> {
  const scores = new Map<string, Observation>()
  for (const resource of resources) {
    if (resource.resourceType !== 'Observation') continue
    for (const each of (resource.derivedFrom ?? []).filter(isResponseReference))
      scores.set(each.reference ?? '', resource)
  }
  return scores
}

function isInError(resource: Resource): boolean {
  const { status, verificationStatus } = resource as {
    status?: unknown
    verificationStatus?: { coding?: { code?: string }[] }
  }
  const doubt = verificationStatus?.coding?.some((each) => each.code === 'entered-in-error')
  return status === 'entered-in-error' || doubt === true
}

function newestFirst(one: StoryEvent, other: StoryEvent): number {
  if (one.at === other.at) return one.id.localeCompare(other.id)
  if (!one.at) return 1
  if (!other.at) return -1
  return one.at < other.at ? 1 : -1
}
