import type { Consent, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/**
 * What somebody can say no to, each by itself: the use of their data for planning and research (the national data
 * opt-out), being looked for in lists of people who could be helped, and case management.
 */
export const optOutKinds = ['planning', 'finding', 'case'] as const
export type OptOutKind = (typeof optOutKinds)[number]

/** The code of its category, in our code system. */
export const optOutCode = (kind: OptOutKind): string => `opt-out-${kind}`

/** The kinds that a Consent says no to, whether it still stands or not. */
export function optOutKindsIn(consent: Pick<Consent, 'category'>): readonly OptOutKind[] {
  const codes = (consent.category ?? [])
    .flatMap(({ coding }) => coding ?? [])
    .flatMap(({ system, code }) => (system === gableCodeSystem && code ? [code] : []))
  return optOutKinds.filter((kind) => codes.includes(optOutCode(kind)))
}

export function isOptOut(resource: Resource): resource is Consent {
  return resource.resourceType === 'Consent' && optOutKindsIn(resource).length > 0
}
