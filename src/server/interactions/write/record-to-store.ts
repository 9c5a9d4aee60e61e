import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { FhirProblem } from '#server/problem.ts'

/** A record as stored: without the meta elements that the server sets. */
export function recordToStore(resource: Resource, type: string, id: string): ResourceWithId {
  if (resource.resourceType !== type) {
    const text = `The body is a ${resource.resourceType}, but the address says ${type}`
    throw new FhirProblem(400, 'invalid', text, { expression: resource.resourceType })
  }
  return { ...resource, id }
}
