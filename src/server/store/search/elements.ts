import type { Resource } from '@medplum/fhirtypes'
import { withDigitsOf } from '#domain/decimal/digits.ts'
import type { ResultParameters } from './result-parameters.ts'

const always = ['resourceType', 'id', 'meta']

const subsetted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
} as const

/** The record with the elements that were asked for; one that lost elements says so in its tags. */
export function withElements(
  resource: Resource,
  { elements, dataOnly }: Pick<ResultParameters, 'elements' | 'dataOnly'>,
): Resource {
  if (elements === undefined && !dataOnly) return resource
  const wanted = elements?.map((each) => each.split('.')[0])
  const entries = Object.entries(resource).filter(([name]) => {
    if (always.includes(name)) return true
    return wanted === undefined ? name !== 'text' : wanted.includes(name)
  })
  const meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), subsetted] }
  return withDigitsOf({ ...Object.fromEntries(entries), meta } as Resource, resource)
}
