import type { Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isKeptBySocialCare, isSafeguarding } from '#domain/social-care/kept-kind.ts'
import { forbidden } from '#server/problem.ts'

const isKept = (resource: Resource) => isKeptBySocialCare(resource) || isSafeguarding(resource)

/** Support plans, packages of care and safeguarding concerns are written through their operations, which know what has to hold. Throws 403. */
export function guardKept(resource: Resource, before: Resource | undefined): void {
  if (!isKept(resource) && !(before && isKept(before))) return
  if (before && changedElements(before, resource).length === 0) return
  throw forbidden(
    'Support plans, packages of care and concerns change through $keep-support-plan, $answer-support-plan, $support-plan-step, $keep-care-package and $missed-visit',
  )
}

/** They are ended, with a reason. Throws 403. */
export function mustStayOfSocialCare(stored: Resource): void {
  if (isKept(stored))
    throw forbidden('A support plan and a package of care are ended with a reason, not deleted')
}
