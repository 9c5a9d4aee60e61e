import { rewritten } from '#domain/decimal/digits.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'

type Ways = Readonly<{ from: string; to: string }>

/**
 * The record of one person as a record of another. Whatever names the person by reference loses the name and the number
 * beside it (`display`, `identifier`): they are the other’s.
 */
export const aboutAnother = (resource: ResourceWithId, ways: Ways): ResourceWithId =>
  walk(resource, ways) as ResourceWithId

function walk(value: unknown, { from, to }: Ways): unknown {
  if (typeof value !== 'object' || value === null) return value
  const inside = rewritten(value, (_name, each) => walk(each, { from, to }))
  if (!('reference' in inside) || !isOf(from, inside.reference)) return inside
  const { display: _display, identifier: _identifier, ...kept } = inside as Named
  return { ...kept, reference: `Patient/${to}` }
}

type Named = Readonly<{ reference: unknown; display?: unknown; identifier?: unknown }>

/** A version of the other’s record is the other’s too. */
const isOf = (person: string, reference: unknown) =>
  typeof reference === 'string' && reference.split('/_history/')[0] === `Patient/${person}`
