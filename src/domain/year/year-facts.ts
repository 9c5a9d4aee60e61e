import type { CodeableConcept, Flag } from '@medplum/fhirtypes'
import { alertDutyOf } from '#domain/alert/alert-duty.ts'
import type { Contact } from '#domain/contact/contact.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { extensionOf, given, idIn } from '#domain/fhir/references-and-extensions.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import type { Reading, ReadingKind } from '#domain/reading/reading.ts'
import type { StoryEvent } from '#domain/timeline/event.ts'
import type { Worry } from '#domain/worry/worry.ts'

/** An alert that was raised, until somebody closed it; instants. */
export type YearAlert = Readonly<{
  id: string
  at: string
  until?: string
  about:
    | Readonly<{ as: 'reading'; kind?: ReadingKind }>
    | Readonly<{ as: 'safety' }>
    | Readonly<{ as: 'words'; text: string }>
}>

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

/** Undefined for a Flag of another kind, for one that does not say what it is about, and for one in error. */
export function yearAlertFrom(
  flag: Flag,
  readings: readonly Reading[] = [],
): YearAlert | undefined {
  const duty = alertDutyOf(flag)
  const about = aboutOf(flag, duty?.kind, readings)
  const at = duty?.raised ?? flag.period?.start
  if (flag.status === 'entered-in-error' || !at || !about) return undefined
  return {
    ...{ id: flag.id ?? '', at, about },
    ...given('until', flag.status === 'inactive' ? flag.period?.end : undefined),
  }
}

function aboutOf(
  flag: Flag,
  kind: ReadingKind | undefined,
  readings: readonly Reading[],
): YearAlert['about'] | undefined {
  const about = extensionOf(flag, 'about')?.valueReference?.reference
  if (kind || hasCode(flag.code, 'reading-outside-limits')) {
    const read = readings.find(({ id }) => id === idIn(about))
    return { as: 'reading', ...given('kind', kind ?? read?.kind) }
  }
  if (flag.category?.some((each) => hasCode(each, 'safety'))) return { as: 'safety' }
  const text = flag.code.text ?? flag.code.coding?.[0]?.display
  return about && text ? { as: 'words', text } : undefined
}

const hasCode = ({ coding = [] }: CodeableConcept, wanted: string) =>
  coding.some(({ code }) => code === wanted)
