import { addDays, daysBetween } from '#domain/calendar/days.ts'
import { later, sooner, type YearSpan } from './year-span.ts'

/** Days in hospital; of stays that touch or overlap, one. */
export type HospitalTime = Readonly<{ from: string; until: string; isOpen: boolean }>

/** Days of which no contact is recorded. `from`: absent if none is recorded before either. */
export type Silence = Readonly<{ from?: string; until: string; before: boolean }>

const byDay = (one: Readonly<{ from: string }>, other: Readonly<{ from: string }>) =>
  one.from.localeCompare(other.from)

export function hospitalTimes(stays: readonly HospitalTime[]): readonly HospitalTime[] {
  const times: HospitalTime[] = []
  for (const { from, until, isOpen } of stays.toSorted(byDay)) {
    const last = times.at(-1)
    if (!last || from > last.until) times.push({ from, until, isOpen })
    else
      times[times.length - 1] = {
        from: last.from,
        until: later(until, last.until),
        isOpen: isOpen || last.isOpen,
      }
  }
  return times
}

/** The nights in hospital that begin on a day of the span: each once, however many stays it belongs to. */
export function nightsWithin(stays: readonly HospitalTime[], { from, until }: YearSpan): number {
  const after = addDays(until, 1)
  return hospitalTimes(stays).reduce((sum, time) => {
    const first = later(time.from, from)
    const last = sooner(time.until, after)
    return sum + Math.max(0, daysBetween(first, last))
  }, 0)
}

type Known = Readonly<{ from: string; until: string; isStay: boolean; isOpen: boolean }>

/**
 * Between two contacts, or from the last one to a time in hospital or to the end. Somebody was there on days in hospital:
 * they are no silence, and a silence begins after them.
 */
export function silencesIn(
  contactDays: readonly string[],
  times: readonly HospitalTime[],
  end: string,
): readonly Silence[] {
  const outside = contactDays.filter((day) =>
    times.every(({ from, until }) => day <= from || day > until),
  )
  const known = [
    ...outside.map((day): Known => ({ from: day, until: day, isStay: false, isOpen: false })),
    ...times.map((time): Known => ({ ...time, isStay: true })),
  ]
    .filter(({ from }) => from <= end)
    .toSorted((one, other) => byDay(one, other) || Number(one.isStay) - Number(other.isStay))
  const between = known.flatMap((each, at): readonly Silence[] => {
    const last = known[at - 1]
    if (last) return [{ from: last.until, until: each.from, before: each.isStay }]
    // nobody was missed before the first contact: it is not known since when somebody should have come
    return each.isStay ? [{ until: each.from, before: true }] : []
  })
  const last = known.at(-1)
  // what is recorded later says nothing of a time before anything is
  if (!last) return contactDays.length + times.length > 0 ? [] : [{ until: end, before: false }]
  return last.isOpen || last.until >= end
    ? between
    : [...between, { from: last.until, until: end, before: false }]
}
