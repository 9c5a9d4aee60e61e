import type { Resource } from '@medplum/fhirtypes'

/** A list of records with one of them as it stands now; a new one stands last, where it belongs there at all. */
export function withRecord<T extends Resource>(
  list: readonly T[],
  record: T,
  belongs = true,
): readonly T[] {
  if (!list.some((each) => each.id === record.id)) return belongs ? [...list, record] : list
  return list.map((each) => (each.id === record.id ? record : each))
}
