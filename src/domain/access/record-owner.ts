import type { Resource, ResourceType } from '@medplum/fhirtypes'
import { referenceTarget } from '#domain/fhir/reference-target.ts'

/** Types that every signed-in user may read as long as they name nobody. */
const aboutNobody: readonly ResourceType[] = [
  'ActivityDefinition',
  'CapabilityStatement',
  'CodeSystem',
  'Device',
  'Endpoint',
  'HealthcareService',
  'Library',
  'Location',
  'Measure',
  'Medication',
  'Organization',
  'PlanDefinition',
  'Practitioner',
  'PractitionerRole',
  'Questionnaire',
  'Schedule',
  'Slot',
  'Substance',
  'ValueSet',
]

export function isAboutNobody(type: string): boolean {
  return (aboutNobody as readonly string[]).includes(type)
}

/**
 * True if every signed-in user may read a record: its type is not about a person, it refers to nobody, and it names no
 * owner. A device is open until it belongs to somebody.
 */
export function tellsOfNobody(resource: Resource): boolean {
  if (!isAboutNobody(resource.resourceType)) return false
  const record = resource as unknown as Named
  return !keys.some((key) => isReference(record[key])) && !pointsAtSomebody(resource)
}

const isReference = (value: unknown) => typeof value === 'object' && value !== null

function pointsAtSomebody(resource: Resource): boolean {
  return [...referencesIn(resource)].some((each) => {
    const type = referenceTarget(each)?.type
    return type === 'Patient' || type === 'RelatedPerson'
  })
}

const keys = ['subject', 'patient', 'for', 'beneficiary', 'individual', 'member'] as const

type Named = Readonly<Record<string, unknown>>

/**
 * Ids of the people that a record says it is about; `recordOwnerOf` decides whose it is. For Provenance see
 * `recordOwnerTargets`.
 */
export function peopleNamed(resource: Resource): readonly string[] {
  if (resource.resourceType === 'Patient') return resource.id ? [resource.id] : []
  if (resource.resourceType === 'Appointment') {
    return resource.participant.flatMap((each) => patientId(each.actor))
  }
  if (resource.resourceType === 'Schedule') return resource.actor.flatMap(patientId)
  const record = resource as unknown as Named
  return keys.flatMap((key) => patientId(record[key]))
}

const spokenOf: Readonly<Record<string, string>> = {
  Provenance: 'target',
  Communication: 'about',
  Task: 'focus',
  Observation: 'focus',
  DetectedIssue: 'implicated',
}

/** Types whose records may be about another record. */
export const speakingTypes: readonly string[] = [...Object.keys(spokenOf), 'Flag']

/**
 * The records that a record is about rather than the person, as `Type/id`, without versions: a Provenance's target,
 * what a message or a flag is about, what a task is done for.
 */
export function speaksOf(resource: Resource): readonly string[] {
  const record = resource as unknown as Named
  const key = spokenOf[resource.resourceType]
  const direct = key ? record[key] : undefined
  const extended = Array.isArray(record['extension']) ? record['extension'] : []
  const about = extended
    .filter((each) => String(each?.url).endsWith('/fhir/about'))
    .map((each) => each.valueReference)
  return [direct, ...about].flat().flatMap(recordNamed)
}

/** The records that a Provenance is about: it belongs to the person they belong to. */
export function recordOwnerTargets(resource: Resource): readonly string[] {
  return resource.resourceType === 'Provenance' ? speaksOf(resource) : []
}

function recordNamed(value: unknown): readonly string[] {
  const target = targetIn(value)
  return target && target.type !== 'Patient' ? [`${target.type}/${target.id}`] : []
}

function patientId(value: unknown): readonly string[] {
  const target = targetIn(value)
  return target?.type === 'Patient' ? [target.id] : []
}

function targetIn(value: unknown) {
  const reference = (value as { reference?: unknown } | undefined)?.reference
  return typeof reference === 'string' ? referenceTarget(reference) : undefined
}

/** Ids of everybody whom a record refers to, anywhere. */
export function peoplePointedAt(value: unknown): readonly string[] {
  const targets = [...referencesIn(value)].map((each) => referenceTarget(each))
  return [...new Set(targets.flatMap((each) => (each?.type === 'Patient' ? [each.id] : [])))]
}

/** Every literal reference in a record, as written. */
function referencesIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>()
  gather(value, found)
  return found
}

function gather(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  for (const key in value) {
    const each = (value as Named)[key]
    if (typeof each === 'object') gather(each, found)
    else if (key === 'reference' && typeof each === 'string') found.add(each)
  }
}
