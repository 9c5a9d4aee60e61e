import type { Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** A visit goes to the person, a call does not. */
export const diaryKinds = ['diary-visit', 'diary-call'] as const
export type DiaryKind = (typeof diaryKinds)[number]

export function diaryKindOf(resource: Resource | undefined): DiaryKind | undefined {
  if (resource?.resourceType !== 'Appointment') return undefined
  const codes = (resource.appointmentType?.coding ?? []).filter(
    ({ system }) => system === gableCodeSystem,
  )
  return diaryKinds.find((kind) => codes.some(({ code }) => code === kind))
}
