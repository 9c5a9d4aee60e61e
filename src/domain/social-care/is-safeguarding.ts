import type { Basic, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

export const safeguardingCode = 'safeguarding-concern' as const

/** A safeguarding concern with its enquiry (Care Act 2014, section 42): in the room of that name, for nobody by FHIR. */
export const isSafeguarding = (resource: Resource): resource is Basic =>
  resource.resourceType === 'Basic' &&
  (resource.code?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === safeguardingCode,
  ) ??
    false)
