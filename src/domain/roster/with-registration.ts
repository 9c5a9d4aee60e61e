import type { Patient } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'

const periodUrl = gableUrl('registered')
const whyUrl = gableUrl('left-why')

/** Since when somebody is on the list of a practice, until when, and why they left: days, as far as they are known. */
type Registration = Readonly<{
  organisation: string
  joined?: string
  left?: string
  /** as it was written */
  why?: string
}>

type PracticeLink = NonNullable<Patient['generalPractitioner']>[number]

/** Says on the link to a practice since when, and until when, somebody is on its list. */
export function withRegistration(
  practice: PracticeLink,
  { joined, left, why }: Omit<Registration, 'organisation'>,
): PracticeLink {
  const period = { ...(joined ? { start: joined } : {}), ...(left ? { end: left } : {}) }
  const extension = [
    ...(joined || left ? [{ url: periodUrl, valuePeriod: period }] : []),
    ...(why ? [{ url: whyUrl, valueString: why }] : []),
  ]
  return extension.length > 0 ? { ...practice, extension } : practice
}
