import type { Observation, Resource } from '@medplum/fhirtypes'

/** Where a record belongs in the house: the unit in which a person shares. `own`: hers and the professionals’, shared with no carer. */
export type Room =
  | 'me'
  | 'conversation'
  | 'team'
  | 'roof'
  | 'support'
  | 'record'
  | 'own'
  | 'professional'

export const sharedRooms: readonly Room[] = [
  'me',
  'conversation',
  'team',
  'roof',
  'support',
  'record',
]

/** What a person reads of her own record. */
export const ownRooms: readonly Room[] = [...sharedRooms, 'own']

/** SNOMED CT codes of the seven About Me sections (PRSB About Me v2.0.1). */
export const aboutMeCodes = {
  'most-important': '1515861000000103',
  'people-important': '1515871000000105',
  communicate: '1515881000000107',
  wellness: '1515891000000109',
  'please-do': '1515901000000105',
  support: '1515911000000107',
  also: '1515921000000101',
} as const

export const professionalOnly = {
  system: 'https://gable.example/codes',
  code: 'professional-only',
} as const

const roomByType: Partial<Record<Resource['resourceType'], Room>> = {
  Patient: 'me',
  RelatedPerson: 'team',
  CareTeam: 'team',
  EpisodeOfCare: 'roof',
  CarePlan: 'roof',
  Provenance: 'roof',
  Consent: 'roof',
  Goal: 'conversation',
  Communication: 'conversation',
  ServiceRequest: 'support',
  RiskAssessment: 'professional',
  QuestionnaireResponse: 'own',
}

/** The room that a record stands in. Anything the house does not name belongs to the clinical record. */
export function roomOf(resource: Resource): Room {
  const marked = resource.meta?.security?.some(
    (label) => label.system === professionalOnly.system && label.code === professionalOnly.code,
  )
  if (marked) return 'professional'
  if (resource.resourceType === 'Task')
    return resource.intent === 'proposal' ? 'professional' : 'conversation'
  if (resource.resourceType === 'Observation') return roomOfObservation(resource)
  if (resource.resourceType === 'Condition' && isConcern(resource.category)) return 'conversation'
  return roomByType[resource.resourceType] ?? 'record'
}

/** A score tells what was answered: thoughts of death are told to nobody but the professionals. */
function roomOfObservation({ code, derivedFrom }: Observation): Room {
  if (isAboutMe(code.coding)) return 'me'
  const isOfAnswers = derivedFrom?.some(({ reference }) =>
    reference?.startsWith('QuestionnaireResponse/'),
  )
  return isOfAnswers ? 'own' : 'record'
}

function isAboutMe(coding: readonly { code?: string | undefined }[] | undefined): boolean {
  const codes: readonly string[] = Object.values(aboutMeCodes)
  return coding?.some((each) => each.code !== undefined && codes.includes(each.code)) ?? false
}

type Concept = { coding?: { code?: string }[] }

function isConcern(categories: readonly Concept[] | undefined): boolean {
  return (
    categories?.some((concept) => concept.coding?.some((each) => each.code === 'health-concern')) ??
    false
  )
}
