import type { Resource } from '@medplum/fhirtypes'
import { peopleNamed, peoplePointedAt } from '#domain/access/record-owner.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import members from '#server/fhir/patient-compartment.json' with { type: 'json' }
import { searchParametersOf } from '#server/fhir/search-parameters.ts'
import { isJson, valuesAt } from '#server/store/indexing/values-at.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'

const memberParameters: Readonly<Record<string, string>> = members

/** Marks a record about several people, or about nobody known: only a scope over everyone includes it. */
export const nobodyInParticular = '*'

/** Search parameters by which records of this type belong to a person (R4 Patient compartment); empty: not about people. */
function compartmentParameters(type: string): readonly string[] {
  return memberParameters[type]?.split(' ') ?? []
}

/** True for types of the Patient compartment. */
export function isAboutPeople(type: string): boolean {
  return type === 'Patient' || compartmentParameters(type).length > 0
}

const first = ['subject', 'patient', 'beneficiary', 'individual', 'actor']

/**
 * Whose record this is, as far as it says so itself; `undefined` if that must be looked up in what it refers to, or if
 * it is nobody’s. The one rule, for checking a write and for storing it.
 */
export function recordOwnerOf(resource: unknown): string | undefined {
  if (!isJson(resource)) return undefined
  const type = String(resource['resourceType'])
  if (type === 'Patient') return String(resource['id'])
  if (!isAboutPeople(type)) return namedOutside(resource as unknown as Resource)
  return namedInside(resource, type)
}

/** Elements of which a record has one at most; an Account is about several. */
const elements = ['subject', 'patient', 'for', 'beneficiary', 'individual']

/** True when a record of this type in which the parameter leads to a person is that person’s, by the rule above. */
export function namesRecordOwner(type: string, code: string): boolean {
  const [foremost = ''] = compartmentParameters(type).toSorted((a, b) => rank(a) - rank(b))
  if (!first.includes(foremost) || type === 'Account') return false
  const [element, ...others] = elementsOf(type, foremost)
  const isOne = others.length === 0 && elements.includes(element ?? '')
  return isOne && elementsOf(type, code).every((each) => each === element)
}

function elementsOf(type: string, code: string): readonly string[] {
  const paths = searchParametersOf(type).get(code)?.paths ?? ['']
  return [...new Set(paths.map((path) => path.replace(/\[.*\]$/, '')))]
}

type OwnerPaths = Readonly<{ isFirst: boolean; paths: readonly string[] }>

const ownerPaths = new Map<string, readonly OwnerPaths[]>()

/** Where the records of a type name people, those who decide first. Asked many times for each record. */
function ownerPathsOf(type: string): readonly OwnerPaths[] {
  const known = ownerPaths.get(type)
  if (known) return known
  const codes = compartmentParameters(type).toSorted((a, b) => rank(a) - rank(b))
  const found = codes.map((code) => ({
    isFirst: first.includes(code),
    paths: searchParametersOf(type).get(code)?.paths ?? [],
  }))
  ownerPaths.set(type, found)
  return found
}

function namedInside(resource: unknown, type: string): string | undefined {
  const several = new Set<string>()
  for (const { isFirst, paths } of ownerPathsOf(type)) {
    const people = patientsAt(resource, paths)
    if (people.length === 1 && isFirst) return people[0]
    for (const each of people) several.add(each)
  }
  if (several.size > 1 || type === 'Group') return nobodyInParticular
  return several.values().next().value
}

/** Types outside the compartment name people too: a device, an advice from a program. */
function namedOutside(resource: Resource): string | undefined {
  const about = new Set(peopleNamed(resource))
  const [only, ...others] = about.size > 0 ? about : peoplePointedAt(resource)
  return others.length > 0 ? nobodyInParticular : only
}

function rank(code: string): number {
  const at = first.indexOf(code)
  return at < 0 ? first.length : at
}

function patientsAt(resource: unknown, paths: readonly string[]): readonly string[] {
  const [only, ...others] = paths
  if (only !== undefined && others.length === 0) {
    const [value, ...more] = valuesAt(resource, only)
    if (more.length === 0) return patientOf(value)
  }
  return [...new Set(paths.flatMap((path) => valuesAt(resource, path).flatMap(patientOf)))]
}

function patientOf(value: unknown): readonly string[] {
  if (!isJson(value) || typeof value['reference'] !== 'string') return []
  const target = referenceTarget(value['reference'])
  return target?.type === 'Patient' ? [target.id] : []
}

/**
 * The person of each of these records (`Type/id`) as they are stored; a record without one is left out. `visible`: what
 * else must hold of the record `r`, in SQL; absent: for the service itself, which sees every record.
 */
export async function storedOwners(
  sql: ReadingSql,
  names: readonly string[],
  visible: (params: Params) => string = () => 'true',
): Promise<ReadonlyMap<string, string>> {
  const params = new Params()
  const wanted = params.add(names, 'text[]')
  const { rows } = await sql.query<{ name: string; person: string }>(
    `select r.rt || '/' || r.id as name, r.person from resource r
     where r.person is not null and ${visible(params)} and (r.rt, r.id) in (
       select split_part(n, '/', 1), split_part(n, '/', 2) from unnest(${wanted}) n)`,
    params.values,
  )
  return new Map(rows.map(({ name, person }) => [name, person]))
}
