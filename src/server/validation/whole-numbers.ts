import type { Resource } from '@medplum/fhirtypes'
import { holdsDigits, rewritten, withoutDigits } from '#domain/decimal/digits.ts'
import { typeOfElement } from './validate.ts'

/**
 * A whole number is the same however it was written (2.0, 2e0), and is stored plainly: only decimals have significant
 * digits. For a type whose elements are not known, only the names of elements decide.
 */
export function wholeNumbersPlain<T extends Resource>(resource: T): T {
  return holdsDigits(resource) ? (plain(resource, 'Resource') as T) : resource
}

function plain(value: unknown, type: string): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const list = rewritten(value, (_at, each) => plain(each, type))
    return isWhole(type) ? withoutDigits(list, (at) => isSafe(list, at)) : list
  }
  const own = ownType(value, type)
  const typeOf = (key: string) => typeOfElement(own, key) ?? typeByName(key)
  const inside = rewritten(value, (key, each) => plain(each, typeOf(key)))
  return withoutDigits(inside, (key) => isWhole(typeOf(key)) && isSafe(inside, key))
}

function ownType(value: object, type: string): string {
  if (type !== 'Resource') return type.replace(/^@/, '')
  return 'resourceType' in value ? String(value.resourceType) : ''
}

/** A number that JavaScript would round is better kept as it was sent. */
const isSafe = (holder: object, key: string) =>
  Number.isSafeInteger((holder as Readonly<Record<string, unknown>>)[key])

const isWhole = (type: string) => /^(integer|unsignedInt|positiveInt)$/.test(type)

function typeByName(key: string): string {
  if (key === 'contained' || key === 'resource') return 'Resource'
  if (/[eE]xtension$/.test(key)) return 'Extension'
  return /(Integer|UnsignedInt|PositiveInt)$/.test(key) ? 'integer' : ''
}
