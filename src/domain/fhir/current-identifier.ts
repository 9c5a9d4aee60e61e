import type { Identifier } from '@medplum/fhirtypes'

/** Whether a number still names its bearer: not marked as old, and not ended before today. A year or month alone ends with it. */
export function isCurrentIdentifier({ use, period }: Identifier, today: string): boolean {
  const { end } = period ?? {}
  return use !== 'old' && !(end && end.slice(0, today.length) < today.slice(0, end.length))
}
