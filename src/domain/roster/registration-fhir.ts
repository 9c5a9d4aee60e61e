import type { Patient } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'

const periodUrl = gableUrl('registered')
const whyUrl = gableUrl('left-why')

/** Since when somebody is on the list of a practice, until when, and why they left: days, as far as they are known. */
export type Registration = Readonly<{
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

/** The organisations that a record names as the person’s practice. */
export function registrationsOf({ generalPractitioner = [] }: Patient): readonly Registration[] {
  return generalPractitioner.flatMap(({ reference = '', extension = [] }) => {
    const target = referenceTarget(reference)
    if (target?.type !== 'Organization') return []
    const period = extension.find(({ url }) => url === periodUrl)?.valuePeriod
    const why = extension.find(({ url }) => url === whyUrl)?.valueString
    return [
      {
        organisation: target.id,
        ...(period?.start ? { joined: period.start } : {}),
        ...(period?.end ? { left: period.end } : {}),
        ...(why ? { why } : {}),
      },
    ]
  })
}
