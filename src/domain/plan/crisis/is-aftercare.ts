import type { Flag } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

export const aftercareCode = 'section-117'

/** That somebody has a right to aftercare under section 117 of the Mental Health Act 1983. */
export const isAftercare = ({ category = [] }: Flag): boolean =>
  category.some((each) =>
    each.coding?.some(({ system, code }) => system === gableCodeSystem && code === aftercareCode),
  )
