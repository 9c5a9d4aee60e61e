import type { Patient } from '@medplum/fhirtypes'
import { addDays, daysBetween } from '#domain/calendar/days.ts'
import { withRegistration } from '#domain/roster/with-registration.ts'
import { randomFrom } from './random.ts'
import type { SeedRecord } from './seed-record.ts'

/** On average; few have been on a list for a lifetime. Our own figure. */
const meanYears = 14

/**
 * Since when a person is on the list of their practice: for most of them years, for a few this month, and never before
 * they were born. Drawn from the id alone, so that nothing else about anybody changes with it.
 */
export function registeredSince(record: SeedRecord, asOf: string): SeedRecord {
  if (record.resourceType !== 'Patient' || !record.generalPractitioner) return record
  const { id, birthDate, generalPractitioner } = record as Patient & { id: string }
  const seed = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7)
  const days = Math.round(-Math.log(1 - randomFrom(seed).next()) * meanYears * 365)
  const lived = birthDate ? Math.max(0, daysBetween(birthDate, asOf)) : days
  const joined = addDays(asOf, -Math.min(days, lived))
  return {
    ...record,
    generalPractitioner: generalPractitioner?.map((each) => withRegistration(each, { joined })),
  } as SeedRecord
}
