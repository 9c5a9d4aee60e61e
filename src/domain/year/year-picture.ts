import { addDays, daysBetween } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import type { Contact } from '#domain/contact/contact.ts'
import { everyOutside, type ReadingLimit } from '#domain/reading/limits.ts'
import { type Reading, type ReadingKind, readingKinds } from '#domain/reading/reading.ts'
import type { StoryEvent } from '#domain/timeline/event.ts'
import { daysWithoutContact } from '#domain/today/today.ts'
import type { Worry } from '#domain/worry/worry.ts'
import type { SaidInYear, YearAlert, YearFacts, YearVersion } from './year-facts.ts'
import { isInSpan, type YearSpan } from './year-span.ts'

/** Something on a day, `YYYY-MM-DD` in the zone of the service. */
export type OnDay<T> = Readonly<{ day: string; it: T }>

/** A stay within the span. `days`: nights in all; `gap`: days since the last contact before it, if there was any. */
export type StayDrawn = Readonly<{
  id: string
  from: string
  until: string
  isOpen: boolean
  days: number
  reason: string
  place: string
  isDepartment: boolean
  gap?: number
}>

/** Days on which nobody reached the person; `before`: it ended with a stay in hospital. */
export type ContactGap = Readonly<{ from: string; until: string; days: number; before: boolean }>

/** Everything one member of staff did to reach the person. */
export type ContactRow = Readonly<{
  reference: string
  name: string
  made: readonly OnDay<Contact>[]
}>

/** Help that began; until today if nobody wrote an end. `missing`: asked for, and nobody gives it yet. */
export type HelpBar = Readonly<{
  id: string
  from: string
  until: string
  event: StoryEvent
  missing: boolean
}>

export type ReadingRow = Readonly<{
  kind: ReadingKind
  points: readonly OnDay<Reading>[]
  /** ids of those outside the agreed limits */
  outside: readonly string[]
  limit?: ReadingLimit
  /** the day of the last one, if that is long ago */
  silentSince?: string
}>

export type YearPicture = Readonly<{
  span: YearSpan
  /** the last day of which there is something to say: today, or the day of a death */
  today: string
  words: readonly OnDay<SaidInYear>[]
  stays: readonly StayDrawn[]
  happened: readonly OnDay<StoryEvent>[]
  contacts: readonly ContactRow[]
  gaps: readonly ContactGap[]
  versions: readonly OnDay<YearVersion>[]
  help: readonly HelpBar[]
  readings: readonly ReadingRow[]
  alerts: readonly OnDay<YearAlert>[]
  assessments: readonly OnDay<StoryEvent>[]
  worries: readonly OnDay<Worry>[]
  /** in the span by their year or month only: they have no place in the picture */
  withoutDay: readonly StoryEvent[]
}>

type Clocked = Readonly<{ span: YearSpan; today: string; zone: string }>

/** Our own choice: from two weeks on, a time without contact before a stay in hospital is drawn. */
export const daysBeforeStay = 14

const happenedKinds: readonly StoryEvent['kind'][] = [
  ...(['condition', 'need', 'life', 'procedure'] as const),
]

/** What is drawn of a person’s record in a span of days, worked out from what the reader may see. */
export function yearPicture(facts: YearFacts, clock: Clocked): YearPicture {
  const { span, today } = clock
  const onDays = <T extends Readonly<{ at?: string }>>(all: readonly T[]) => daysOf(all, clock)
  const events = onDays(facts.story)
  const ofKinds = (...kinds: readonly StoryEvent['kind'][]) =>
    events.filter(({ it }) => kinds.includes(it.kind))
  const reached = facts.contacts.filter((each) => each.reached)
  const stays = staysIn(facts, clock, reached)
  return {
    ...{ span, today, stays },
    words: onDays(facts.words),
    happened: ofKinds(...happenedKinds),
    contacts: contactRows(onDays(facts.contacts)),
    gaps: gapsIn(reached, stays, clock),
    versions: onDays(facts.versions),
    help: helpIn(facts.story, clock),
    readings: readingRows(facts, clock),
    alerts: onDays(facts.alerts),
    assessments: ofKinds('assessment'),
    worries: onDays(facts.worries),
    withoutDay: facts.story.filter(({ at = '', kind }) => isVague(at, span) && kind !== 'reading'),
  }
}

const sooner = (one: string, other: string) => [one, other].toSorted()[0] ?? one
const later = (one: string, other: string) => [one, other].toSorted()[1] ?? one

const isWholeDay = (at: string) => at.length >= 10

const isVague = (at: string, { from, until }: YearSpan) =>
  at !== '' && !isWholeDay(at) && at >= from.slice(0, at.length) && at <= until.slice(0, at.length)

/** Those of a day in the span, the first one first. */
function daysOf<T extends Readonly<{ at?: string }>>(
  all: readonly T[],
  { span, zone }: Clocked,
): readonly OnDay<T>[] {
  return all
    .flatMap((it) => (it.at && isWholeDay(it.at) ? [{ day: dayOf(it.at, zone), it }] : []))
    .filter(({ day }) => isInSpan(day, span))
    .toSorted((one, other) => one.day.localeCompare(other.day))
}

function staysIn(
  { stays }: YearFacts,
  { span, today, zone }: Clocked,
  reached: readonly Contact[],
): readonly StayDrawn[] {
  const contactDays = reached.map(({ at }) => dayOf(at, zone))
  return stays
    .filter(({ from }) => isWholeDay(from))
    .map((stay): StayDrawn => {
      const from = dayOf(stay.from, zone)
      const until = stay.until ? dayOf(stay.until, zone) : today
      const last = contactDays
        .filter((day) => day <= from)
        .toSorted()
        .at(-1)
      return {
        ...{ id: stay.id, from, until, isOpen: !stay.until, days: daysBetween(from, until) },
        ...{ reason: stay.reason, isDepartment: stay.isDepartment },
        place: stay.ward || stay.hospital,
        ...(last ? { gap: daysBetween(last, from) } : {}),
      }
    })
    .filter(({ from, until }) => from <= span.until && until >= span.from)
    .toSorted((one, other) => one.from.localeCompare(other.from))
}

function contactRows(contacts: readonly OnDay<Contact>[]): readonly ContactRow[] {
  const rows = Map.groupBy(contacts, ({ it }) => it.by.reference)
  return [...rows]
    .map(([reference, made]) => ({ reference, name: made[0]?.it.by.name ?? '', made }))
    .toSorted((one, other) => other.made.length - one.made.length)
}

/** Between two contacts, or from the last one to a stay or to today. Days in hospital are no days without anybody. */
function gapsIn(
  reached: readonly Contact[],
  stays: readonly StayDrawn[],
  { span, today, zone }: Clocked,
): readonly ContactGap[] {
  const known = reached.map(({ at }) => dayOf(at, zone)).filter((day) => day <= today)
  if (known.length === 0) return []
  const end = sooner(today, span.until)
  const begins = [...known, ...stays.flatMap(({ until, isOpen }) => (isOpen ? [] : [until]))]
  const stops = [
    ...known.map((day) => ({ day, before: false })),
    ...stays.map(({ from: day }) => ({ day, before: true })),
    { day: end, before: false },
  ].toSorted((one, other) => one.day.localeCompare(other.day))
  return begins.toSorted().flatMap((from): readonly ContactGap[] => {
    const stop = stops.find(({ day }) => day > from)
    if (!stop || stays.some((stay) => from >= stay.from && from < stay.until)) return []
    const days = daysBetween(from, stop.day)
    const isLong = days >= (stop.before ? daysBeforeStay : daysWithoutContact)
    if (!isLong || stop.day < span.from || from > span.until) return []
    return [{ from: later(from, span.from), until: stop.day, days, before: stop.before }]
  })
}

/** Help is drawn from its first day on, also if that was before the span. */
function helpIn(story: readonly StoryEvent[], { span, today, zone }: Clocked): readonly HelpBar[] {
  const end = sooner(today, span.until)
  return story
    .filter(({ kind, act, at }) => kind === 'service' && act !== 'offered' && isWholeDay(at ?? ''))
    .map((event) => {
      const from = dayOf(event.at ?? '', zone)
      return {
        ...{ id: event.id, event, missing: event.act === 'asked-for' },
        from: later(from, span.from),
        until: end,
      }
    })
    .filter(({ from, until }) => from <= until)
    .toSorted((one, other) => one.from.localeCompare(other.from))
}

function readingRows(facts: YearFacts, clock: Clocked): readonly ReadingRow[] {
  const { span, today, zone } = clock
  const outside = everyOutside(facts.readings, facts.limits, zone).map(({ reading }) => reading.id)
  const end = sooner(today, span.until)
  return readingKinds.flatMap((kind): readonly ReadingRow[] => {
    const ours = facts.readings.filter((each) => each.kind === kind)
    const points = daysOf(ours, clock)
    const limit = facts.limits.find((each) => each.kind === kind)
    const last = ours
      .map(({ at }) => dayOf(at, zone))
      .filter((day) => day <= end)
      .toSorted()
      .at(-1)
    if (!last || (points.length === 0 && !limit)) return []
    const isSilent = last < addDays(end, -daysWithoutContact)
    return [
      {
        ...{
          kind,
          points,
          outside: points.flatMap(({ it }) => (outside.includes(it.id) ? [it.id] : [])),
        },
        ...(limit ? { limit } : {}),
        ...(isSilent ? { silentSince: last } : {}),
      },
    ]
  })
}
