import type { Identifier, Period } from '@medplum/fhirtypes'
import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import { isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import type { Store } from '#server/store/store.ts'

export type Deps = Readonly<{ store: Store } & Clock>

/** Why a user of the provider cannot be matched to a record here. */
export type NoActor =
  /** nobody here has this identifier */
  | 'no-record'
  /** more than one record has it: somebody has to correct that first */
  | 'several-records'
  /** the member of staff has no role now (or none that we know) at this organisation */
  | 'no-role'
  /** there are roles at several organisations, and the provider does not say which one counts */
  | 'several-roles'

type Identified = Readonly<{ identifier?: Identifier[] }>

/** The index stores hashes: the record itself decides. An identifier that is old or has ended names nobody. */
export function matchesRecord(
  { identifier }: Identified,
  { system, value }: Readonly<{ system: string; value: string }>,
  today: string,
): boolean {
  return (
    identifier?.some(
      (each) => each.system === system && each.value === value && isCurrentIdentifier(each, today),
    ) ?? false
  )
}

/**
 * True from the first to the last moment of a period; a missing end means no end, and a date lasts to the end of its
 * day.
 */
export function isWithinPeriod(period: Period | undefined, clock: Clock): boolean {
  const { start, end } = period ?? {}
  return (!start || hasCome(start, clock)) && (!end || !isPast(end, clock))
}

function hasCome(start: string, { now, zone }: Clock): boolean {
  if (start.length > 10) return Date.parse(start) <= now.getTime()
  return start <= dayIn(zone, now).slice(0, start.length)
}

function isPast(end: string, { now, zone }: Clock): boolean {
  if (end.length > 10) return Date.parse(end) <= now.getTime()
  return end < dayIn(zone, now).slice(0, end.length)
}
