import type { Resource } from '@medplum/fhirtypes'
import { FhirProblem } from '#server/problem.ts'
import { validateResource } from './validate.ts'

/** Throws 422 for what is no FHIR. */
export function mustBeSound(resource: Resource): void {
  const issues = validateResource(resource)
  if (issues.length === 0) return
  throw new FhirProblem(422, 'invalid', 'The record is not valid', { issues })
}
