import { addDays, daysBetween, firstDayOf, monthWritten } from '#domain/calendar/days.ts'

/** The days that a picture of somebody’s life shows, both included, `YYYY-MM-DD`. */
export type YearSpan = Readonly<{ from: string; until: string }>

/** Of two days, the one before and the one after. */
export const sooner = (one: string, other: string): string => [one, other].toSorted()[0] ?? one
export const later = (one: string, other: string): string => [one, other].toSorted()[1] ?? one

const quarterDays = 91
const yearDays = 365

/** The span of an address: a calendar year (`2026`), three months (`quarter`), otherwise the last twelve months. */
export function spanAsked(asked: string | null, today: string): YearSpan {
  if (asked && /^(19|20)\d\d$/.test(asked))
    return { from: `${asked}-01-01`, until: `${asked}-12-31` }
  const days = asked === 'quarter' ? quarterDays : yearDays
  return { from: addDays(today, 1 - days), until: today }
}

export const isInSpan = (day: string, { from, until }: YearSpan): boolean =>
  day >= from && day <= until

/** Where the middle of a day is, from 0 to 1. */
export function placeInSpan(day: string, { from, until }: YearSpan): number {
  return (daysBetween(from, day) + 0.5) / (daysBetween(from, until) + 1)
}

/** The first days of the months in a span. */
export function monthsIn({ from, until }: YearSpan): readonly string[] {
  const found: string[] = []
  let day = firstDayOf(monthWritten(from))
  while (day <= until) {
    if (day >= from) found.push(day)
    day = firstDayOf(monthWritten(addDays(day, 32)))
  }
  return found
}

/** The calendar years since the first of these days, the last one first; no more than can be read in a list. */
export function yearsSince(days: readonly string[], today: string): readonly string[] {
  const last = Number.parseInt(today, 10)
  const first = days.reduce((least, day) => Math.min(least, Number.parseInt(day, 10) || last), last)
  const count = Math.min(mostYears, last - first + 1)
  return Array.from({ length: count }, (_, back) => String(last - back))
}

const mostYears = 15
