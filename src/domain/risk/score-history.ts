import type { Condition, Patient, Resource } from '@medplum/fhirtypes'
import { addDays, dayWritten } from '#domain/calendar/days.ts'
import { needFlagsFor } from '#domain/stratification/need-flags.ts'
import { stratumOf } from '#domain/stratification/stratum.ts'
import type { Deficit } from './deficits.ts'
import { codedCondition, evidenceOf } from './fhir.ts'
import type { FrailtyBand } from './frailty.ts'
import { scorePerson } from './person-score.ts'
import { recordsOn } from './published/score-of-record.ts'

/** Why nothing can be said about a day: no condition was recorded by then, or none has a date. */
export type HistoryGap = 'before-record' | 'undated'

/** The scores on one day. Without `scores`: the record does not support a point there. */
export type HistoryPoint = Readonly<{ day: string }> &
  (
    | Readonly<{ gap: HistoryGap }>
    | Readonly<{
        frailty: number
        band: FrailtyBand
        /** conditions with codes that could not be read: the count is the lowest possible */
        unread: number
        charlson: number
        deficits: readonly Deficit[]
        /** whom the person was like; null: their chance cannot be counted */
        likeness: string | null
      }>
  )

/** Every half year, three years back: days before the last, and the last itself. */
export const historyDays = (today: string): readonly string[] =>
  [1095, 913, 730, 548, 365, 183, 0].map((ago) => addDays(today, -ago))

type On = Readonly<{ day: string; zone: string }>

/**
 * The scores as the record shows them on a day. Conditions without a date count on every day, so a point needs at least
 * one that has a date by then: else an old record would look like a steady one.
 */
export function scoresOn(records: readonly Resource[], on: On): HistoryPoint {
  const { day } = on
  const gap = gapOn(records, day)
  if (gap) return { day, gap }
  const then = recordsOn(records, on)
  const evidence = evidenceOf(then)
  const score = scorePerson(evidence, day)
  const { count: frailty, band, unread, parts } = score.frailty
  const patient = then.find((each): each is Patient => each.resourceType === 'Patient')
  const about = patient && { patient, evidence, score, hasCoordinator: false }
  return {
    ...{ day, frailty, band, unread, charlson: score.charlson.score },
    deficits: parts.map(({ deficit }) => deficit),
    likeness: about ? stratumOf(then, about, on).likeness : null,
  }
}

function gapOn(records: readonly Resource[], day: string): HistoryGap | undefined {
  const dates = records
    .filter((each): each is Condition => each.resourceType === 'Condition')
    .flatMap((each) => codedCondition(each).date ?? [])
  if (dates.length === 0) return 'undated'
  return dates.some((date) => dayWritten(date) <= day) ? undefined : 'before-record'
}

type Scored = Extract<HistoryPoint, { frailty: number }>

const bands: readonly FrailtyBand[] = ['fit', 'mild', 'moderate', 'severe']

/** What came and what went between two days. */
export const changedBetween = <T>(
  before: Readonly<{ deficits: readonly T[] }>,
  now: Readonly<{ deficits: readonly T[] }>,
) => ({
  come: now.deficits.filter((each) => !before.deficits.includes(each)),
  gone: before.deficits.filter((each) => !now.deficits.includes(each)),
})

/**
 * Getting frailer within 24 months: a worse band, or two deficits more. One new deficit in somebody who stays fit does
 * not count. A rule as seen in a tool of UK general practice; undated conditions are in both counts.
 */
export function isGettingFrailer(
  before: HistoryPoint | undefined,
  now: HistoryPoint | undefined,
): boolean {
  if (!before || !now || 'gap' in before || 'gap' in now) return false
  const place = ({ band }: Scored) => bands.indexOf(band)
  const isWorse = place(before) >= 0 && place(now) > place(before)
  return isWorse || now.frailty - before.frailty >= 2
}

/** Days before the last one: the rule looks 24 months back. */
const twoYears = 730

/** Of a history whose last point is now. */
export function isFrailerThanTwoYearsAgo(points: readonly HistoryPoint[]): boolean {
  const now = points.at(-1)
  const then = now && addDays(now.day, -twoYears)
  return isGettingFrailer(
    points.find(({ day }) => day === then),
    now,
  )
}

/** Own flags on a day: many services and nobody in charge, and persistent high use. */
export function ownNeedFlags(records: readonly Resource[], on: On, hasCoordinator: boolean) {
  const patient = records.find((each): each is Patient => each.resourceType === 'Patient')
  if (!patient) return []
  const evidence = evidenceOf(records)
  const score = scorePerson(evidence, on.day)
  return needFlagsFor(stratumOf(records, { patient, evidence, score, hasCoordinator }, on))
}
