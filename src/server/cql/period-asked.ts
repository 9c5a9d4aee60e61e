import { addDays, daysBetween, isWholeDay, monthWritten } from '#domain/calendar/days.ts'
import { endOfDay, startOfDay } from '#domain/calendar/zone.ts'
import { monthsBack } from '#domain/pathway/card-record.ts'
import type { MeasurePeriod } from '#domain/quality/evaluation.ts'
import { FhirProblem } from '#server/problem.ts'

export type AskedPeriod = Readonly<{ from: string; to: string }>

/** The twelve months to today, unless days are given. Throws 400. */
export function periodAsked(from: string, to: string, today: string): AskedPeriod {
  const asked = { from: from || monthsBack(to || today, 12), to: to || today }
  for (const day of [asked.from, asked.to])
    if (!isWholeDay(day))
      throw new FhirProblem(400, 'value', 'Give the period as two days, such as 2026-01-31')
  if (asked.from > asked.to) throw new FhirProblem(400, 'value', 'The period ends before it begins')
  return asked
}

/** The counts of a population are kept, so that they must not be of days to come. Throws 400. */
export function mustBeOver({ to }: AskedPeriod, today: string): void {
  if (to > today)
    throw new FhirProblem(400, 'value', `The period must not end after today, ${today}`)
}

/** Twelve months (a day more or less does not matter) to today or to the end of a month: only these are kept as the month’s result. */
export const isStandardPeriod = ({ from, to }: AskedPeriod, today: string): boolean =>
  Math.abs(daysBetween(from, to) - 365) <= 1 &&
  (to === today || monthWritten(addDays(to, 1)) !== monthWritten(to))

export const momentsOf = (
  { from, to }: AskedPeriod,
  { now, zone }: Readonly<{ now: Date; zone: string }>,
): MeasurePeriod => ({
  start: startOfDay(from, zone),
  end: new Date(Number(endOfDay(to, zone)) - 1),
  now,
})
