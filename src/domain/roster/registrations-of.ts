import type { Patient } from '@medplum/fhirtypes'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { leftWhyUrl, type RegisteredSince, registeredUrl } from './with-registration.ts'

/** A practice whose list somebody is or was on, as their record says it. */
export type Registration = RegisteredSince & Readonly<{ organisation: string }>

/** The organisations that a record names as the person’s practice. */
export function registrationsOf({ generalPractitioner = [] }: Patient): readonly Registration[] {
  return generalPractitioner.flatMap(({ reference = '', extension = [] }) => {
    const target = referenceTarget(reference)
    if (target?.type !== 'Organization') return []
    const period = extension.find(({ url }) => url === registeredUrl)?.valuePeriod
    const why = extension.find(({ url }) => url === leftWhyUrl)?.valueString
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

/** The practices that the later record names, and of which it says another since, until or why. Naming one says none of these. */
export function changedRegistrations(
  before: readonly Registration[],
  after: readonly Registration[],
): readonly string[] {
  const practices = new Set(after.map(({ organisation }) => organisation))
  return [...practices].filter((each) => saidOf(each, before) !== saidOf(each, after))
}

const saidOf = (practice: string, registrations: readonly Registration[]): string =>
  registrations
    .filter(({ organisation }) => organisation === practice)
    .map(({ joined = '', left = '', why = '' }) => `${joined} ${left} ${why}`.trim())
    .filter((said) => said !== '')
    .toSorted()
    .join()
