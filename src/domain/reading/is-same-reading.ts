import type { Resource } from '@medplum/fhirtypes'
import { readingFromFhir } from './fhir.ts'

/** The same kind, moment and amount, also in another unit. */
export function isSameReading(one: Resource, other: Resource): boolean {
  if (one.resourceType !== 'Observation' || other.resourceType !== 'Observation') return false
  const [first, second] = [readingFromFhir(one), readingFromFhir(other)]
  return (
    first !== undefined &&
    second !== undefined &&
    first.kind === second.kind &&
    Date.parse(first.at) === Date.parse(second.at) &&
    first.value === second.value &&
    first.second === second.second
  )
}
