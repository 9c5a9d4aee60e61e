import type { HealthcareService, Resource } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { onBankHolidays } from '#domain/contact/service-hours.ts'
import { isDirectoryService } from '#domain/directory/is-directory-service.ts'
import { isCareHome } from '#domain/home/is-care-home.ts'

/**
 * A manager writes down when their own organisation works: the hours of the service that answers its telephone, and whose bank
 * holidays it keeps. Nothing else of either record, and nothing of another organisation.
 */
export function managesHours(
  { role, organisation }: Actor,
  before: Resource | undefined,
  after: Resource,
): boolean {
  if (role !== 'manager' || !organisation) return false
  if (after.resourceType === 'Organization')
    return (
      before?.resourceType === 'Organization' &&
      after.id === organisation &&
      !isCareHome(before) &&
      isOnly(changedElements(before, after), ['extension:follow-up-rule'])
    )
  return after.resourceType === 'HealthcareService' && isOwnService(organisation, before, after)
}

const ofHours = [
  ...['availableTime', 'notAvailable', 'availabilityExceptions', `extension:${onBankHolidays}`],
]

function isOwnService(
  organisation: string,
  before: Resource | undefined,
  after: HealthcareService,
): boolean {
  const isOwn = after.providedBy?.reference === `Organization/${organisation}`
  if (!isOwn || isDirectoryService(after)) return false
  if (!before) return isOnly(Object.keys(after), withTelephone)
  return (
    before.resourceType === 'HealthcareService' && isOnly(changedElements(before, after), ofHours)
  )
}

/** Of a service that is written down for the first time. */
const withTelephone = [
  ...['resourceType', 'id', 'meta', 'active', 'name', 'providedBy', 'telecom', 'extension'],
  ...['availableTime', 'notAvailable', 'availabilityExceptions'],
]

const isOnly = (names: readonly string[], allowed: readonly string[]) =>
  names.every((name) => allowed.includes(name))
