import { addDays } from '#domain/calendar/days.ts'
import { type Clock, dayIn, dayOf } from '#domain/calendar/zone.ts'

/** PHQ-9 asks about the last two weeks: within them answers are current. */
const fresh = 14
/**
 * An answer above "not at all" to item 9 of PHQ-9 is associated with a raised risk in the following year (Simon 2013,
 * Psychiatr Serv 64:1195–1202).
 */
const year = 365

/**
 * How current answers are. `new`: given in the last two weeks, or at an unknown time. `last-word`: within a year; they
 * count while nothing was answered since. `history`: older. They are kept and shown, and raise no alert.
 */
export type Recency = 'new' | 'last-word' | 'history'

/** `given`: a FHIR date or instant. */
export function recencyOf(given: string | undefined, { now, zone }: Clock): Recency {
  if (given === undefined) return 'new'
  const day = dayOf(given, zone)
  const today = dayIn(zone, now)
  // for a month or a year alone the last day counts: one alert too many is better than one missed
  const reaches = (days: number) => day >= addDays(today, -days).slice(0, day.length)
  if (reaches(fresh)) return 'new'
  return reaches(year) ? 'last-word' : 'history'
}
