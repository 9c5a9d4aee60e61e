import type { Basic, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** What social care keeps in records of our own: FHIR R4 has no type for a personal budget or for who provides care when. */
const keptKinds = ['support-plan', 'care-package'] as const
export type KeptKind = (typeof keptKinds)[number]

/** Undefined for any other record. */
export function keptKindOf(resource: Resource): KeptKind | undefined {
  if (resource.resourceType !== 'Basic') return undefined
  const codes = (resource.code?.coding ?? [])
    .filter(({ system }) => system === gableCodeSystem)
    .map(({ code }) => code)
  return keptKinds.find((kind) => codes.includes(kind))
}

export const isKeptBySocialCare = (resource: Resource): resource is Basic =>
  keptKindOf(resource) !== undefined
