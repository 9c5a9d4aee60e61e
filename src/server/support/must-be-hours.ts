import type { HealthcareService, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { officeHoursFault } from '#domain/contact/office-hours.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

/**
 * When a telephone is answered stands on many people’s plans and cards: an administrator writes it down, and it is a week
 * with times that are times.
 */
export function mustBeHours(
  { actor }: RequestContext,
  resource: Resource,
  before: Resource | undefined,
): void {
  if (resource.resourceType !== 'HealthcareService') return
  if (actor.role !== 'admin' && saysOtherwise(resource, before))
    throw forbidden('An administrator records when a service answers its telephone')
  const fault = officeHoursFault(resource)
  if (fault)
    throw new FhirProblem(422, 'business-rule', fault, {
      expression: 'HealthcareService.availableTime',
    })
}

const ofHours = ['telecom', 'availableTime', 'notAvailable', 'extension', 'active', 'providedBy']

function saysOtherwise(service: HealthcareService, before: Resource | undefined): boolean {
  if (before?.resourceType !== 'HealthcareService')
    return [service.availableTime, service.notAvailable].some((each) => each?.length)
  return changedElements(before, service).some((name) => ofHours.includes(name))
}
