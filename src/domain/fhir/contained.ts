import type { ContactPoint, HumanName, Reference, Resource } from '@medplum/fhirtypes'
import { nameInWords } from '#domain/person/shown-name.ts'

type Holder = Resource & { contained?: Resource[] }

/** The record that a reference such as `#p1` means: other systems put one inside another. */
export function containedIn(
  holder: Holder,
  reference: Reference | undefined,
): Resource | undefined {
  const [sign, ...id] = reference?.reference ?? ''
  if (sign !== '#') return undefined
  return holder.contained?.find((each) => each.id === id.join(''))
}

type Named = { name?: readonly HumanName[] | string; telecom?: readonly ContactPoint[] }

/** Somebody, or an organisation, inside another record: by what name, of which kind, and how to reach them. */
export function containedSomebody(holder: Holder, reference: Reference | undefined, today: string) {
  const record = containedIn(holder, reference)
  if (!record) return undefined
  const { name, telecom } = record as Named
  return {
    type: record.resourceType,
    name: typeof name === 'string' ? name : nameInWords(name ? [...name] : undefined, today),
    telecom: telecom ? [...telecom] : [],
  }
}
