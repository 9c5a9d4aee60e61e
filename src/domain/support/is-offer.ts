import type { Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

export const offerCategory = 'support-offer'
export const offerWordCode = 'support-word'

type Concept = { coding?: { system?: string; code?: string }[] } | undefined

const hasCode = (concepts: readonly Concept[], wanted: string) =>
  concepts.some((concept) =>
    concept?.coding?.some(({ system, code }) => system === gableCodeSystem && code === wanted),
  )

/** Help that is offered: nothing is arranged, and nobody has been asked to do anything. */
export const isOffer = (resource: Resource): boolean =>
  resource.resourceType === 'ServiceRequest' && hasCode(resource.category ?? [], offerCategory)

/** What the person said about an offer. */
export const isOfferWord = (resource: Resource): boolean =>
  resource.resourceType === 'Observation' && hasCode([resource.code], offerWordCode)
