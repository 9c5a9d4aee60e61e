import type { BundleEntry } from '@medplum/fhirtypes'
import { rewritten } from '#domain/decimal/digits.ts'

/** Elements whose text may name another entry of the same bundle. */
const naming = /^(reference|url|uri|value(Uri|Url|Uuid|Canonical))$/

/** A copy in which every reference is replaced by the result of `map`; undefined leaves it as it is. The same object if all are. */
export function resolveReferences<T>(value: T, map: (reference: string) => string | undefined): T {
  return walk(value, map) as T
}

function walk(value: unknown, map: (reference: string) => string | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value
  return rewritten(value, (name, each) => {
    if (typeof each === 'string') return naming.test(name) ? (map(each) ?? each) : each
    return walk(each, map)
  })
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
