import type { Flag, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** A safety concern that nobody has closed: an active Flag of the category safety, however old. */
export const isOpenSafety = ({ status, category = [] }: Flag): boolean =>
  status === 'active' &&
  category.some((each) => each.coding?.some((coding) => coding.code === 'safety'))

/** The alert that answers raise by the service's rule, whether it was closed since or not. */
export const isAlarm = (resource: Resource | undefined): resource is Flag =>
  resource?.resourceType === 'Flag' &&
  (resource.code?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === 'phq-9-item-9',
  ) ??
    false)
