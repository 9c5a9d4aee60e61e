import type { Coding, Meta, Resource } from '@medplum/fhirtypes'
import { isBetween } from './between.ts'
import { isRestricted } from './restricted.ts'

/** A record with the labels that close another one, so that it is at least as closed. */
export function closedAs<T extends Resource>(
  standing: Readonly<{ meta?: Meta | undefined }> | undefined,
  record: T,
): T {
  const closing = (standing?.meta?.security ?? []).filter(closes)
  const own = record.meta?.security ?? []
  const more = closing.filter(({ code }) => !own.some((each) => each.code === code))
  if (more.length === 0) return record
  return { ...record, meta: { ...record.meta, security: [...own, ...more] } }
}

/** True if both are closed to the same readers by their labels. */
export const hasSameClosing = (one: Resource, other: Resource): boolean =>
  isBetween(one) === isBetween(other) && isRestricted(one) === isRestricted(other)

function closes(label: Coding): boolean {
  const labelled: Resource = { resourceType: 'Basic', code: {}, meta: { security: [label] } }
  return isBetween(labelled) || isRestricted(labelled)
}
