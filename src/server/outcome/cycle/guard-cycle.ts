import type { Resource } from '@medplum/fhirtypes'
import { isLearningCycle } from '#domain/outcome/cycle/cycle-fhir.ts'
import { forbidden } from '#server/problem.ts'

/** What was tried is written by `$keep-cycle` alone, which knows what has to hold. Throws 403. */
export function mustNotBeCycle(resource: Resource, before: Resource | undefined): void {
  if (isLearningCycle(resource) || isLearningCycle(before))
    throw forbidden('What was tried changes through $keep-cycle')
}

/** What was tried stays, so that others learn of it. Throws 403. */
export function mustStayTried(stored: Resource): void {
  if (isLearningCycle(stored))
    throw forbidden('What was tried is not deleted. Take it out through $keep-cycle')
}
