import type { PractitionerRole, Resource } from '@medplum/fhirtypes'
import { withStandingAbsences } from '#domain/cover/absence-fhir.ts'
import { isCoverNote } from '#domain/cover/cover-note.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { forbidden } from '#server/problem.ts'

/**
 * Absences change through their operations, which know what has to hold. A role that somebody writes in another way, or
 * brings in, keeps those that stand.
 */
export function keepAbsences<R extends ResourceWithId>(
  resource: R,
  before: Resource | undefined,
): R {
  if (resource.resourceType !== 'PractitionerRole') return resource
  const standing = before?.resourceType === 'PractitionerRole' ? before : undefined
  return { ...withStandingAbsences(resource as PractitionerRole, standing), id: resource.id } as R
}

/** What a colleague should know is written through `$keep-cover-note`. Throws 403. */
export function guardCoverNote(resource: Resource, before: Resource | undefined): void {
  if (isCoverNote(resource) || (before && isCoverNote(before)))
    throw forbidden('What a colleague should know is written through $keep-cover-note')
}
