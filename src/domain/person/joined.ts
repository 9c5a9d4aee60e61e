import type { Patient } from '@medplum/fhirtypes'

/** Ids of the records that this one says it was joined to, or that were joined to it. */
export const linkedPeople = (
  { link }: Patient,
  type: 'replaced-by' | 'replaces',
): readonly string[] =>
  (link ?? []).flatMap((each) => {
    const id = /^Patient\/([^/]+)$/.exec(each.other.reference ?? '')?.[1]
    return each.type === type && id ? [id] : []
  })

/**
 * The record in use since two were joined: each of the two has to name the other, so that nobody can redirect a
 * person's messages by a link in one record alone. Undefined for a record that is in use itself.
 */
export function standsFor(
  patient: Patient,
  byId: (id: string) => Patient | undefined,
): string | undefined {
  return linkedPeople(patient, 'replaced-by').find((id) => {
    const other = byId(id)
    return other !== undefined && linkedPeople(other, 'replaces').includes(patient.id ?? '')
  })
}

/** The records that were joined to this one. */
export function joinedInto(
  patient: Patient,
  byId: (id: string) => Patient | undefined,
): readonly Patient[] {
  return linkedPeople(patient, 'replaces').flatMap((id) => {
    const other = byId(id)
    return other && linkedPeople(other, 'replaced-by').includes(patient.id ?? '') ? [other] : []
  })
}

/** False for a record that was joined to another, or was set aside (entered in error, moved away): nobody is offered it. */
export const isInUse = (patient: Patient): boolean =>
  patient.active !== false && linkedPeople(patient, 'replaced-by').length === 0
