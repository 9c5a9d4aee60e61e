import type { Resource } from '@medplum/fhirtypes'
import { recordAccessKind } from '#domain/access/record-access-kind.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { isBetween, professionalOnly } from './between.ts'
import { isOwnedByPatient } from './owned-by-patient.ts'

/**
 * Added to a label by the user who sets it: telling the person that something is hidden would itself do harm, so they
 * are not told.
 */
export const notToldUrl = gableUrl('not-told')

/**
 * Whether the person is told that something is hidden because of this record. Notes between professionals, the
 * service's alerts and suggestions to professionals are mentioned to everybody in general.
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

/** A message of the plan, or one to the person, is not a note: the person is told that it is hidden. */
function isToldInGeneral(resource: Resource): boolean {
  if (resource.resourceType === 'Communication') return !isOwnedByPatient(resource)
  return inGeneral.includes(resource.resourceType) || recordAccessKind(resource) === 'suggestion'
}
