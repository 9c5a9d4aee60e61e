import type { Resource } from '@medplum/fhirtypes'
import { peopleNamed } from '#domain/access/record-owner.ts'

/** Ids of the people under whom a record is found; a Provenance is about the people among its targets. */
export function patientsOf(resource: Resource): readonly string[] {
  if (resource.resourceType !== 'Provenance') return peopleNamed(resource)
  return resource.target.flatMap(({ reference = '' }) => {
    const [type, id] = reference.split('/')
    return type === 'Patient' && id ? [id] : []
  })
}
