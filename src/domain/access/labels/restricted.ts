import type { Resource } from '@medplum/fhirtypes'
import { hl7CodeSystem } from '#domain/fhir/codes.ts'

const confidentiality = hl7CodeSystem('v3-Confidentiality')

/** The label that Gable itself writes. */
export const restrictedLabel = {
  system: confidentiality,
  code: 'R',
  display: 'restricted',
} as const

/** `V` (very restricted) is treated as `R`: there is no narrower circle here than named professionals. */
const closed: readonly (string | undefined)[] = ['R', 'V']

/** Labelled as restricted. A Patient labelled so makes the whole record of that person restricted. */
export function isRestricted(resource: Resource): boolean {
  return (
    resource.meta?.security?.some(
      ({ system, code }) => system === confidentiality && closed.includes(code),
    ) ?? false
  )
}
