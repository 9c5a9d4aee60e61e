import type { Basic, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

const safeguardingCode = 'safeguarding-concern' as const

/** What social care keeps in records of our own: FHIR R4 has no type for a personal budget or for who provides care when. */
const openKinds = ['support-plan', 'care-package'] as const
export type KeptKind = (typeof openKinds)[number] | typeof safeguardingCode

/** Undefined for any other record. */
export function keptKindOf(resource: Resource): KeptKind | undefined {
  if (resource.resourceType !== 'Basic') return undefined
  const codes = (resource.code?.coding ?? [])
    .filter(({ system }) => system === gableCodeSystem)
    .map(({ code }) => code)
  const kinds: readonly KeptKind[] = [...openKinds, safeguardingCode]
  return kinds.find((kind) => codes.includes(kind))
}

/** What the person reads, too: a safeguarding concern is not among it. */
export const isKeptBySocialCare = (resource: Resource): resource is Basic => {
  const kind = keptKindOf(resource)
  return kind !== undefined && kind !== safeguardingCode
}

/** A safeguarding concern with its enquiry (Care Act 2014, section 42): in the room of that name, for nobody by FHIR. */
export const isSafeguarding = (resource: Resource): resource is Basic =>
  keptKindOf(resource) === safeguardingCode
