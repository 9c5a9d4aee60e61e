import type { Observation, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

export const worryCode = 'worry-score'

/** How worried somebody says they are about the person, from 0 to 10. */
export const isWorry = (resource: Resource | undefined): resource is Observation =>
  resource?.resourceType === 'Observation' &&
  (resource.code?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === worryCode,
  ) ??
    false)
