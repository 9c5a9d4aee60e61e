import type { Resource } from '@medplum/fhirtypes'
import { referenceTarget } from './reference-target.ts'

/** Elements in which a record says who wrote it, who is to do it, who asked for it, who takes part or who is told. */
const voices = [
  ...['asserter', 'author', 'enterer', 'expressedBy', 'informationSource', 'owner', 'participant'],
  ...['performer', 'recipient', 'recorder', 'reporter', 'requester', 'sender', 'source', 'agent'],
] as const

type Loose = Readonly<Record<string, unknown>>

/** True when a record says that the person wrote it, does it, asked for it, takes part in it or is told by it. */
export function namesPerson(resource: Resource): boolean {
  const record = resource as unknown as Loose
  // a flag is raised by what somebody answered: it is not what she wrote
  if (resource.resourceType === 'Flag') return false
  return voices.some((key) => pointsAtPatient(record[key]))
}

function pointsAtPatient(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, each]) =>
    key === 'reference' && typeof each === 'string'
      ? referenceTarget(each)?.type === 'Patient'
      : pointsAtPatient(each),
  )
}
