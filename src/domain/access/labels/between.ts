import type { Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

export const professionalOnly = {
  system: gableCodeSystem,
  code: 'professional-only',
} as const

/** Labelled as between professionals. */
export function isBetween(resource: Resource): boolean {
  return (
    resource.meta?.security?.some(
      ({ system, code }) => system === professionalOnly.system && code === professionalOnly.code,
    ) ?? false
  )
}
