import type { Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isGapDecline } from '#domain/quality/decline-fhir.ts'
import { forbidden } from '#server/problem.ts'

/** Who said no to what is due, when and why, is written by the operation, which knows who says it. Throws 403. */
export function guardGapDecline(resource: Resource, before: Resource | undefined): void {
  if (!isGapDecline(resource) && !(before && isGapDecline(before))) return
  if (before && changedElements(before, resource).length === 0) return
  throw forbidden(
    'That something due is not wanted is written down, and taken back, by $decline-gap',
  )
}

/** It is taken back, and every answer stays. Throws 403. */
export function mustStayDeclined(stored: Resource): void {
  if (isGapDecline(stored))
    throw forbidden('That something due was not wanted is taken back, not deleted')
}
