import members from './patient-compartment.json' with { type: 'json' }
import { searchParametersOf } from './search-parameters.ts'
import { isJson, referenceTarget, valuesAt } from './values-at.ts'

const memberParameters: Readonly<Record<string, string>> = members

/** Marks a record about several people, or about nobody who is known: only a scope over everyone reaches it. */
export const nobodyInParticular = '*'

/** Search parameters by which records of this type belong to a person (R4 Patient compartment); empty: not about people. */
function compartmentParameters(type: string): readonly string[] {
  return memberParameters[type]?.split(' ') ?? []
}

/** True for types that are about a person, so that a record without one must not be open to everybody. */
export function isAboutPeople(type: string): boolean {
  return type === 'Patient' || compartmentParameters(type).length > 0
}

const first = ['subject', 'patient', 'beneficiary', 'individual', 'actor']

/** The person a record is about as far as it says so itself; `undefined` when that must be looked up in what it refers to. */
export function personNamedBy(resource: unknown): string | undefined {
  if (!isJson(resource)) return undefined
  const type = String(resource['resourceType'])
  if (type === 'Patient') return String(resource['id'])
  const codes = [...compartmentParameters(type)].sort((a, b) => rank(a) - rank(b))
  const several = new Set<string>()
  for (const code of codes) {
    const people = patientsAt(resource, type, code)
    if (people.length === 1 && first.includes(code)) return people[0]
    for (const each of people) several.add(each)
  }
  if (several.size > 1 || type === 'Group') return nobodyInParticular
  return several.values().next().value
}

function rank(code: string): number {
  const at = first.indexOf(code)
  return at < 0 ? first.length : at
}

function patientsAt(resource: unknown, type: string, code: string): readonly string[] {
  const paths = searchParametersOf(type).get(code)?.paths ?? []
  return [...new Set(paths.flatMap((path) => valuesAt(resource, path).flatMap(patientOf)))]
}

function patientOf(value: unknown): readonly string[] {
  if (!isJson(value) || typeof value['reference'] !== 'string') return []
  const target = referenceTarget(value['reference'])
  return target?.type === 'Patient' ? [target.id] : []
}
