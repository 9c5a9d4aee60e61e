import type { Resource, ResourceType } from '@medplum/fhirtypes'

/** Types that every signed-in user may read: they tell of no person. */
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

const keys = ['subject', 'patient', 'for', 'beneficiary', 'individual', 'member'] as const

type Named = Readonly<Record<string, unknown>>

/** Ids of the people that a record says it is about, first the one it belongs to. Provenance speaks of a target: see `targetOf`. */
export function peopleNamed(resource: Resource): readonly string[] {
  if (resource.resourceType === 'Patient') return resource.id ? [resource.id] : []
  if (resource.resourceType === 'Appointment') {
    return resource.participant.flatMap((each) => patientId(each.actor))
  }
  const record = resource as unknown as Named
  return keys.flatMap((key) => patientId(record[key]))
}

/** The records that a Provenance or AuditEvent speaks of, as `Type/id`, versions left off. */
export function targetOf(resource: Resource): readonly string[] {
  if (resource.resourceType !== 'Provenance') return []
  return resource.target.flatMap((each) => {
    const [type, id] = each.reference?.split('/') ?? []
    return type && id ? [`${type}/${id}`] : []
  })
}

function patientId(value: unknown): readonly string[] {
  const reference = (value as { reference?: unknown } | undefined)?.reference
  if (typeof reference !== 'string' || !reference.startsWith('Patient/')) return []
  const id = reference.split('/')[1]
  return id ? [id] : []
}

/** Every literal reference in a record, as written. */
export function referencesIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>()
  gather(value, found)
  return found
}

function gather(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, each] of Object.entries(value)) {
    if (key === 'reference' && typeof each === 'string') found.add(each)
    else gather(each, found)
  }
}
