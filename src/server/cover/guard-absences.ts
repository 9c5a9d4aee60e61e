import type { PractitionerRole, Resource } from '@medplum/fhirtypes'
import { withStandingAbsences } from '#domain/cover/absence-fhir.ts'
import { isCoordinatorChange } from '#domain/cover/coordinator-change.ts'
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

/** What a colleague should know, and who was handed over. */
export const isLeftForCover = (resource: Resource): boolean =>
  isCoverNote(resource) || isCoordinatorChange(resource)

const isKept = (resource: Resource | undefined) =>
  resource !== undefined && isLeftForCover(resource)

/** What a colleague should know, and who was handed over, is written through the operations. Throws 403. */
export function guardCoverNote(resource: Resource, before?: Resource): void {
  if (isKept(resource) || isKept(before))
    throw forbidden(
      'What a colleague should know, and who was handed over, is written through $keep-cover-note and $hand-over-people',
    )
}
