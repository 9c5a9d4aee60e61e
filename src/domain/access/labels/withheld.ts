import type { Resource } from '@medplum/fhirtypes'
import { recordAccessKind } from '#domain/access/record-access-kind.ts'
import { isBetween, professionalOnly } from './access-label.ts'
import { isOwnedByPatient } from './owned-by-patient.ts'

/** On a label, by whoever puts it on: that something is kept from the person would itself do harm, so she is not told. */
export const notToldUrl = 'https://gable.example/fhir/not-told'

/**
 * Whether the person is told that something is kept from her because of this record. What professionals write to each
 * other, the alerts of the service and what it suggests to them are told of in general, to everybody.
 */
export function isToldAsWithheld(resource: Resource): boolean {
  if (!isBetween(resource) || isToldInGeneral(resource)) return false
  const labels = (resource.meta?.security ?? []).filter(
    ({ code }) => code === professionalOnly.code,
  )
  return !labels.some((label) =>
    label.extension?.some(({ url, valueBoolean }) => url === notToldUrl && valueBoolean === true),
  )
}

const inGeneral: readonly string[] = ['Flag', 'RiskAssessment', 'Provenance', 'Consent']

/** A message of the plan, or one to her, is no note: that it is kept from her she is told. */
function isToldInGeneral(resource: Resource): boolean {
  if (resource.resourceType === 'Communication') return !isOwnedByPatient(resource)
  return inGeneral.includes(resource.resourceType) || recordAccessKind(resource) === 'suggestion'
}
