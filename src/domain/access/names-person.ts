import type { Resource } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'

/** Elements in which a record says who wrote it, does it, asked for it, takes part or is told. */
export const voices: readonly string[] = [
  ...['asserter', 'author', 'enterer', 'expressedBy', 'informationSource', 'owner', 'participant'],
  ...['performer', 'recipient', 'recorder', 'reporter', 'requester', 'sender', 'source', 'agent'],
]

type Loose = Readonly<Record<string, unknown>>

/** True if a record says that the person wrote it, does it, asked for it, takes part in it or receives it. */
export function namesPerson(resource: Resource): boolean {
  const record = resource as unknown as Loose
  // a flag is raised by somebody's answers: the person did not write it
  if (resource.resourceType === 'Flag') return false
  const within = peopleWithin(record)
  return voices.some((key) => pointsAtPatient(record[key], within))
}

/** How a record may refer to a copy of a person inside it. */
function peopleWithin({ contained }: Loose): readonly string[] {
  if (!Array.isArray(contained)) return []
  return (contained as Loose[])
    .filter((each) => each?.['resourceType'] === 'Patient')
    .map(({ id }) => `#${String(id)}`)
}

function pointsAtPatient(value: unknown, within: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false
  return (
    meansPatient(value as Loose, within) ||
    Object.values(value).some((each) => pointsAtPatient(each, within))
  )
}

/** Named by an address of any form, by a number, or by a copy in the record: each of them means the person. */
function meansPatient({ reference, type, identifier }: Loose, within: readonly string[]): boolean {
  if (typeof reference === 'string') {
    const target = referenceTarget(reference)
    if (target) return target.type === 'Patient'
    if (within.includes(reference) || /(^|\/)Patient[/?]/.test(reference)) return true
    if (isNumber(reference)) return true
  }
  // a carer has such a number too; in any other reference it means the person
  return type === 'Patient' || (type !== 'RelatedPerson' && isNumberOfSomebody(identifier, type))
}

/** Under any system, unless it is one for staff. */
function isNumberOfSomebody(identifier: unknown, type: unknown): boolean {
  const { system, value } = (identifier ?? {}) as Loose
  if (system === nhsNumberSystem) return true
  return type === undefined && typeof value === 'string' && isNumber(value)
}

/** An NHS number, alone or at the end of an address. */
const isNumber = (text: string) => isNhsNumber(text.replace(/[\s-]/g, '').slice(-10))
