import type { Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** The code of a care home: as the relationship of a contact, and as the type of an organisation. */
export const careHomeCode = 'care-home'

/** An organisation that is a care home: where people live, and never an organisation that gives access to anybody. */
export const isCareHome = (resource: Resource): boolean =>
  resource.resourceType === 'Organization' &&
  (resource.type ?? []).some((each) =>
    each.coding?.some(({ system, code }) => system === gableCodeSystem && code === careHomeCode),
  )
