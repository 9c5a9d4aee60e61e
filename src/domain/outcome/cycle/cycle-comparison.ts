import { monthWritten } from '#domain/calendar/days.ts'
import type { MeasureUnit } from '#domain/outcome/measure-definition.ts'
import { measureValue } from '#domain/outcome/measure-definition.ts'
import { addMonths } from '#domain/outcome/months.ts'
import { type Result, resultSum, shownParts } from '#domain/outcome/shown-results.ts'
import type { KeptCycle, LearningCycle } from './learning-cycle.ts'

/**
 * So many months are needed before, and so many since: fewer say nothing.
 *
 * @unverified cycle-months
 */
export const fewestCycleMonths = 6
/** A year before: each season once. */
const mostMonthsBefore = 12

type MonthResult = Result & Readonly<{ organisation: string; month: string }>
type Compared = Pick<KeptCycle, 'from' | 'places' | 'decision' | 'decidedOn'>
type Known = Readonly<{ results: readonly MonthResult[]; unit: MeasureUnit }>

/**
 * All that was counted in the year before and in the months since, where it was tried and elsewhere. The month in which it
 * began counts only if it began on the first, and nothing counts from the month in which it stopped. If one organisation’s
 * number is small nothing is said, and shares are whole numbers: nobody works out a small number from two lines.
 */
export function cycleComparison(cycle: Compared, known: Known): LearningCycle['comparison'] {
  const { before, after } = periodsOf(cycle, known)
  const [monthsBefore, monthsAfter] = [monthsIn(before), monthsIn(after)]
  const months = { monthsBefore, monthsAfter }
  if (known.results.length === 0) return { state: 'none', ...months }
  if (Math.min(monthsBefore, monthsAfter) < fewestCycleMonths)
    return { state: 'too-few', ...months }
  if (![before, after].every((each) => isShown(each, known.unit)))
    return { state: 'hidden', ...months }
  const value = (results: readonly MonthResult[], isHere: boolean) =>
    rounded(
      known.unit,
      resultSum(
        results.filter(({ organisation }) => cycle.places.includes(organisation) === isHere),
      ),
    )
  return {
    ...{ state: 'told', ...months },
    ...named('before', value(before, true)),
    ...named('after', value(after, true)),
    ...named('othersBefore', value(before, false)),
    ...named('othersAfter', value(after, false)),
  }
}

const named = <K extends string>(name: K, value: number | undefined) =>
  (value === undefined ? {} : { [name]: value }) as Partial<Record<K, number>>

function periodsOf({ from, decision, decidedOn }: Compared, { results }: Known) {
  const began = monthWritten(from)
  const first = from.endsWith('-01') ? began : addMonths(began, 1)
  const end = decision === 'stop' ? monthWritten(decidedOn) : undefined
  return {
    before: results.filter(
      ({ month }) => month < began && month >= addMonths(began, -mostMonthsBefore),
    ),
    after: results.filter(({ month }) => month >= first && (end === undefined || month < end)),
  }
}

const monthsIn = (results: readonly MonthResult[]) =>
  new Set(results.map(({ month }) => month)).size

function isShown(results: readonly MonthResult[], unit: MeasureUnit): boolean {
  const sums = [...Map.groupBy(results, ({ organisation }) => organisation).values()].map(resultSum)
  return shownParts(sums, unit).every(Boolean)
}

function rounded(unit: MeasureUnit, sum: Result): number | undefined {
  const value = measureValue(unit, sum)
  if (value === undefined || unit === 'points' || unit === 'days') return value
  return Math.round(value)
}
