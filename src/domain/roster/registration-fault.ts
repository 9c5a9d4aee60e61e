import type { Patient, Resource } from '@medplum/fhirtypes'
import { isWholeDay } from '#domain/calendar/days.ts'
import { registrationsOf } from './registrations-of.ts'

/** Why the days of a registration cannot be right; undefined: they can. The first fault of a record. */
export function registrationFault(resource: Resource): string | undefined {
  if (resource.resourceType !== 'Patient') return undefined
  return registrationsOf(resource)
    .map((each) => faultOf(each, resource))
    .find((fault) => fault !== undefined)
}

function faultOf(
  { joined, left }: ReturnType<typeof registrationsOf>[number],
  { birthDate = '' }: Patient,
): string | undefined {
  const days = [joined, left].filter((day) => day !== undefined)
  if (!days.every(isWholeDay))
    return 'The extension registered needs whole days (YYYY-MM-DD) that exist'
  if (joined && left && left < joined)
    return `They cannot leave the practice (${left}) before they joined it (${joined})`
  const first = days.toSorted()[0] ?? ''
  return first !== '' && first < birthDate
    ? `They cannot be registered (${first}) before they were born (${birthDate})`
    : undefined
}
