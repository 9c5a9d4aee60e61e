import type { Resource } from '@medplum/fhirtypes'
import { voices } from './names-person.ts'

/** Somebody whose record is here, and the numbers by which others may refer to them. */
export type Bearer = Readonly<{
  type: 'Patient' | 'RelatedPerson'
  id: string
  identifier?: readonly Readonly<{ system?: string; value?: string }>[] | undefined
}>

/** Elements that say whose a record is. */
export const owning: readonly string[] = ['subject', 'patient', 'for', 'beneficiary', 'individual']

const deciding = [...owning, ...voices]

type Loose = Readonly<Record<string, unknown>>
type Numbered = Readonly<{ type?: unknown; identifier: { system?: unknown; value: string } }>

const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a reference may contain: an element with more in it is something else with a number. */
const parts = ['id', 'extension', 'type', 'identifier', 'display']

/** A reference that names its target only by a number. */
export function isByNumber(value: unknown): value is Numbered {
  if (!isLoose(value) || !isLoose(value['identifier'])) return false
  const isReference = Object.keys(value).every((each) => parts.includes(each))
  return isReference && typeof value['identifier']['value'] === 'string'
}

/** True if a reference that decides whose a record is, whose words it holds or who is told has only a number. */
export const namesByNumber = (resource: Resource): boolean =>
  deciding.some((key) => holdsNumbered((resource as unknown as Loose)[key]))

function holdsNumbered(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return isByNumber(value) || Object.values(value).some(holdsNumbered)
}

/** The record with each of these linked to the record that is here, beside the number. Others stay as they are named. */
export function withBearersNamed<R extends Resource>(resource: R, bearers: readonly Bearer[]): R {
  const record = resource as unknown as Loose
  const changed = deciding
    .filter((key) => holdsNumbered(record[key]))
    .map((key) => [key, named(record[key], bearers)])
  return { ...resource, ...Object.fromEntries(changed) }
}

function named(value: unknown, bearers: readonly Bearer[]): unknown {
  if (Array.isArray(value)) return value.map((each) => named(each, bearers))
  if (!isLoose(value)) return value
  if (!isByNumber(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, named(each, bearers)]),
    )
  const [only, ...others] = bearers.filter((each) => meansBearer(value, each))
  return only && others.length === 0 ? { ...value, reference: `${only.type}/${only.id}` } : value
}

const asOne = (value: unknown) => String(value).replace(/[\s-]/g, '').toLowerCase()

/** True if a reference by number means this person. */
export function meansBearer({ type, identifier }: Numbered, bearer: Bearer): boolean {
  if (type !== undefined && type !== bearer.type) return false
  const { system, value } = identifier
  return (bearer.identifier ?? []).some(
    (each) =>
      each.value !== undefined &&
      asOne(each.value) === asOne(value) &&
      (system === undefined || system === each.system),
  )
}
