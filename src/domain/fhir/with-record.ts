import type { Resource } from '@medplum/fhirtypes'

/** A list of records with the current version of one of them; a new one is added at the end, if it belongs there. */
export function withRecord<T extends Resource>(
  list: readonly T[],
  record: T,
  belongs = true,
): readonly T[] {
  if (!list.some((each) => each.id === record.id)) return belongs ? [...list, record] : list
  return list.map((each) => (each.id === record.id ? record : each))
}
