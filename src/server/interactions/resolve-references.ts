import type { BundleEntry } from '@medplum/fhirtypes'
import { withDigitsOf } from '#domain/decimal/digits.ts'

/** Elements whose text may name another entry of the same bundle. */
const naming = /^(reference|url|uri|value(Uri|Url|Uuid|Canonical))$/

/** A copy in which every reference is replaced by the result of `map`; undefined leaves it as it is. */
export function resolveReferences<T>(value: T, map: (reference: string) => string | undefined): T {
  return walk(value, map) as T
}

function walk(value: unknown, map: (reference: string) => string | undefined): unknown {
  if (Array.isArray(value))
    return withDigitsOf(
      value.map((each) => walk(each, map)),
      value,
    )
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const [name, each] of Object.entries(value)) {
    copy[name] =
      typeof each === 'string' && naming.test(name) ? (map(each) ?? each) : walk(each, map)
  }
  return withDigitsOf(copy, value)
}

/** The names by which other entries may refer to this one: its fullUrl, and `Type/id` if the fullUrl ends so. */
export function namesOfEntry(entry: BundleEntry): readonly string[] {
  const { fullUrl, resource } = entry
  if (!fullUrl) return []
  const relative = `${resource?.resourceType}/${resource?.id}`
  return /^https?:/.test(fullUrl) && fullUrl.endsWith(`/${relative}`)
    ? [fullUrl, relative]
    : [fullUrl]
}
