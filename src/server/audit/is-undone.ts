import type { Provenance, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { agreedContent } from '#domain/plan/agreed-content.ts'

/** A Provenance of ours that says that a change was undone. */
export const tellsOfUndo = (resource: Resource): resource is Provenance =>
  resource.resourceType === 'Provenance' &&
  (resource.activity?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === 'undo',
  ) ??
    false)

/** `Goal/1` of the reference to one of its versions. */
export const recordOf = (reference = '') => reference.split('/').slice(0, 2).join('/')

/** True if the request puts this record back. The plan itself moves on with every change of what it says: it is not put back. */
export function isUndone(
  { pendingWrites }: Readonly<{ pendingWrites: ReadonlyMap<string, Resource> }>,
  resource: Resource,
): boolean {
  if (agreedContent(resource) === '') return false
  const name = `${resource.resourceType}/${resource.id}`
  return [...pendingWrites.values()].some(
    (each) =>
      tellsOfUndo(each) && each.target.some(({ reference }) => recordOf(reference) === name),
  )
}
