import type { Resource } from '@medplum/fhirtypes'
import { rewritten } from '#domain/decimal/digits.ts'
import { hasWrittenNarrative } from '#domain/fhir/has-written-narrative.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'

type Ways = Readonly<{ from: string; to: string }>

/**
 * The record of one person as a record of another. Whatever names the person by reference loses the name and the number
 * beside it (`display`, `identifier`): they are the other’s. A narrative that was made from the elements may name them too,
 * and is left out; one that somebody wrote stays, and whoever moves the record is told of it.
 */
export const aboutAnother = (resource: ResourceWithId, ways: Ways): ResourceWithId =>
  walk(resource, ways) as ResourceWithId

function walk(value: unknown, { from, to }: Ways): unknown {
  if (typeof value !== 'object' || value === null) return value
  const inside = rewritten(withoutMadeNarrative(value), (_name, each) => walk(each, { from, to }))
  if (!('reference' in inside) || !isOf(from, inside.reference)) return inside
  const { display: _display, identifier: _identifier, ...kept } = inside as Named
  return { ...kept, reference: `Patient/${to}` }
}

/** Of the record and of what it contains. */
function withoutMadeNarrative(value: object): object {
  if (!('resourceType' in value && 'text' in value)) return value
  if (hasWrittenNarrative(value as Resource)) return value
  const { text: _text, ...kept } = value
  return kept
}

type Named = Readonly<{ reference: unknown; display?: unknown; identifier?: unknown }>

/** A version of the other’s record is the other’s too. */
const isOf = (person: string, reference: unknown) =>
  typeof reference === 'string' && reference.split('/_history/')[0] === `Patient/${person}`
