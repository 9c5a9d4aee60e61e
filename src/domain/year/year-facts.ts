import type { Flag } from '@medplum/fhirtypes'
import { alertDutyOf } from '#domain/alert/alert-duty.ts'
import type { Contact } from '#domain/contact/contact.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { extensionOf, given } from '#domain/fhir/references-and-extensions.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import type { Reading, ReadingKind } from '#domain/reading/reading.ts'
import type { StoryEvent } from '#domain/timeline/event.ts'
import type { Worry } from '#domain/worry/worry.ts'

/** An alert that was raised, until somebody closed it; instants. */
export type YearAlert = Readonly<{ id: string; at: string; until?: string; kind?: ReadingKind }>

/** A version of the plan, and whether the person said yes to it. */
export type YearVersion = Readonly<{ number: number; at: string; agreed: boolean }>

/** Something in the person’s own words. */
export type SaidInYear = Readonly<{ id: string; at: string; words: string }>

/** What the record of a person says, as far as the reader may see it. */
export type YearFacts = Readonly<{
  story: readonly StoryEvent[]
  stays: readonly WardStay[]
  contacts: readonly Contact[]
  readings: readonly Reading[]
  limits: readonly ReadingLimit[]
  alerts: readonly YearAlert[]
  worries: readonly Worry[]
  versions: readonly YearVersion[]
  words: readonly SaidInYear[]
}>

/** Undefined for a Flag of another kind, and for one that was entered in error. */
export function yearAlertFrom(flag: Flag): YearAlert | undefined {
  const duty = alertDutyOf(flag)
  const isReading = flag.code.coding?.some(({ code }) => code === 'reading-outside-limits') ?? false
  const isSafety = flag.category?.some((each) => each.coding?.some(({ code }) => code === 'safety'))
  const at = duty?.raised ?? flag.period?.start
  if (flag.status === 'entered-in-error' || !at) return undefined
  if (!duty && !isReading && !isSafety && !extensionOf(flag, 'about')) return undefined
  return {
    ...{ id: flag.id ?? '', at },
    ...given('until', flag.status === 'inactive' ? flag.period?.end : undefined),
    ...given('kind', duty?.kind),
  }
}
