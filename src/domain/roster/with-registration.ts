import type { Patient } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'

export const registeredUrl = gableUrl('registered')
export const leftWhyUrl = gableUrl('left-why')

/** Since when somebody is on the list of a practice, until when, and why they left: days, as far as they are known. */
export type RegisteredSince = Readonly<{
  joined?: string
  left?: string
  /** as it was written */
  why?: string
}>

type PracticeLink = NonNullable<Patient['generalPractitioner']>[number]

/** Says on the link to a practice since when, and until when, somebody is on its list. */
export function withRegistration(
  practice: PracticeLink,
  { joined, left, why }: RegisteredSince,
): PracticeLink {
  const period = { ...(joined ? { start: joined } : {}), ...(left ? { end: left } : {}) }
  const extension = [
    ...(joined || left ? [{ url: registeredUrl, valuePeriod: period }] : []),
    ...(why ? [{ url: leftWhyUrl, valueString: why }] : []),
  ]
  return extension.length > 0 ? { ...practice, extension } : practice
}
