import { addDays, firstDayOf, monthWritten } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import type { YearFacts } from './year-facts.ts'
import { sooner } from './year-span.ts'

/** The last day of which there is something to say, and why. */
export type YearEnd = Readonly<{ today: string; ends: 'today' | 'death' | 'last-record' }>

const wholeDay = 10

/** The last day that a FHIR date may mean: a year or a month alone goes on to its end. */
export function lastDayOf(at: string, zone: string): string {
  if (at.length >= wholeDay) return dayOf(at, zone)
  if (at.length === 4) return `${at}-12-31`
  return addDays(firstDayOf(monthWritten(addDays(`${at}-01`, 32))), -1)
}

/**
 * Nothing is missing after a death: nobody had to come any more. Without its day, the last record is the last day that is
 * known.
 */
export function yearEnd(
  facts: YearFacts,
  died: string | true | undefined,
  { today, zone }: Readonly<{ today: string; zone: string }>,
): YearEnd {
  if (died === undefined) return { today, ends: 'today' }
  const latest = died === true ? today : lastDayOf(died, zone)
  const most = sooner(latest, today)
  if (died !== true && died.length >= wholeDay) return { today: most, ends: 'death' }
  const known = lastOf(facts, zone).filter((day) => day <= most)
  return { today: known.toSorted().at(-1) ?? most, ends: 'last-record' }
}

/** The days on which something was recorded of the life of a person. */
function lastOf(facts: YearFacts, zone: string): readonly string[] {
  const { story, stays, contacts, readings, worries, words } = facts
  return [
    ...[...story, ...contacts, ...readings, ...worries, ...words].map(({ at = '' }) => at),
    ...stays.flatMap(({ from, until }) => [from, until ?? '']),
  ].flatMap((at) => (at.length >= wholeDay ? [dayOf(at, zone)] : []))
}
