import type { Identifier } from '@medplum/fhirtypes'

/**
 * Whether a number named its bearer on a day that may be long ago: one that is marked as old did until its end, if that
 * is known.
 */
export const namedOn = ({ use, ...identifier }: Identifier, day: string): boolean =>
  isCurrentIdentifier({ ...identifier, ...(use && !identifier.period?.end ? { use } : {}) }, day)

/** … or will name them, unless it had ended by then. */
export const namedOnOrLater = ({ period, ...identifier }: Identifier, day: string): boolean =>
  namedOn({ ...identifier, ...(period?.end ? { period: { end: period.end } } : {}) }, day)

/** Asked of no day in particular: a number counts, ended or not. */
export const anyDay = ''

/** Whether a number names its bearer on a day: not marked as old, and the day is in its period. A year or month alone is all of it. */
export function isCurrentIdentifier({ use, period }: Identifier, day: string): boolean {
  const { start, end } = period ?? {}
  const isBefore = (one: string, other: string) =>
    one.slice(0, other.length) < other.slice(0, one.length)
  const daysOnly = (written: string) => written.slice(0, day.length)
  return (
    use !== 'old' &&
    !(start && isBefore(day, daysOnly(start))) &&
    !(end && isBefore(daysOnly(end), day))
  )
}
