import type { HealthcareService, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { officeHoursFault } from '#domain/contact/office-hours.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { managesHours } from './manages-hours.ts'

/**
 * When a telephone is answered stands on many people’s plans and cards, and decides by when messages and alerts are answered: an
 * administrator writes it down, or a manager of the organisation, and it is a week with times that are times.
 */
export async function mustBeHours(
  { actor, service }: Pick<RequestContext, 'actor' | 'service'>,
  resource: Resource,
  before: Resource | undefined,
): Promise<void> {
  if (resource.resourceType !== 'HealthcareService') return
  const isManaged = managesHours(actor, before, resource)
  if (actor.role !== 'admin' && !isManaged && saysOtherwise(resource, before))
    throw forbidden(
      'An administrator, or a manager of the organisation, records when a service answers its telephone',
    )
  if (isManaged && !before) await mustBeOwnNumber(service, resource)
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

/** A manager begins the hours of the organisation’s own number, and of no other. */
async function mustBeOwnNumber(
  { store }: RequestContext['service'],
  { providedBy, telecom = [] }: HealthcareService,
): Promise<void> {
  const stored = await store.read('Organization', idIn(providedBy?.reference), everyone)
  const own = stored?.resource?.resourceType === 'Organization' ? stored.resource.telecom : []
  const isOwn = (value: string | undefined) =>
    own?.some((each) => each.system === 'phone' && each.use !== 'old' && each.value === value)
  if (telecom.length !== 1 || !isOwn(telecom[0]?.value))
    throw new FhirProblem(422, 'business-rule', 'Give the number that the organisation has', {
      expression: 'HealthcareService.telecom',
    })
}
