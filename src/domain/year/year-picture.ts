import { addDays, daysBetween } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import type { Contact } from '#domain/contact/contact.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { everyOutside, type ReadingLimit } from '#domain/reading/limits.ts'
import { type Reading, type ReadingKind, readingKinds } from '#domain/reading/reading.ts'
import type { StoryEvent } from '#domain/timeline/event.ts'
import { daysWithoutContact } from '#domain/today/today.ts'
import type { Worry } from '#domain/worry/worry.ts'
import {
  type HospitalTime,
  hospitalTimes,
  nightsWithin,
  type Silence,
  silencesIn,
} from './silence.ts'
import { lastDayOf, type YearEnd } from './year-end.ts'
import type { SaidInYear, YearAlert, YearFacts, YearVersion } from './year-facts.ts'
import { isInSpan, later, sooner, type YearSpan } from './year-span.ts'

/** Something on a day, `YYYY-MM-DD` in the zone of the service. */
export type OnDay<T> = Readonly<{ day: string; it: T }>

/**
 * A stay that touches the span. `days`: nights in all. Of the first stay of a time in hospital `gap`: days without a
 * recorded contact before it; `neverBefore`: none is recorded at any time before.
 */
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
  neverBefore?: true
  /** left hospital alive, as far as the record says */
  wentHome: boolean
}>

/**
 * Days on which nobody reached the person. `days`: absent if no contact is recorded before either; `before`: it ended with
 * a stay in hospital.
 */
export type ContactGap = Readonly<{ from: string; until: string; days?: number; before: boolean }>

/** Everything one member of staff did to reach the person. */
export type ContactRow = Readonly<{
  reference: string
  name: string
  made: readonly OnDay<Contact>[]
}>

/** Help that began; until today if nobody wrote an end. `missing`: asked for, and nobody gives it yet. `ended`: its end. */
export type HelpBar = Readonly<{
  id: string
  from: string
  until: string
  event: StoryEvent
  missing: boolean
  ended?: string
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
  /** the last day of which there is something to say */
  today: string
  ends: YearEnd['ends']
  /** nights in hospital that begin in the span, each once */
  nights: number
  /** no visit or call that reached the person is recorded at any time */
  neverReached: boolean
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

type Clocked = YearEnd & Readonly<{ span: YearSpan; zone: string }>

/** Our own choice: from two weeks on, a time without contact before a stay in hospital is drawn. */
export const daysBeforeStay = 14

const happenedKinds: readonly StoryEvent['kind'][] = [
  ...(['condition', 'need', 'life', 'procedure'] as const),
]

/** What is drawn of a person’s record in a span of days, worked out from what the reader may see. */
export function yearPicture(facts: YearFacts, clock: Clocked): YearPicture {
  const { span, today, zone, ends } = clock
  const onDays = <T extends Readonly<{ at?: string }>>(all: readonly T[]) => daysOf(all, clock)
  const events = onDays(facts.story)
  const ofKinds = (...kinds: readonly StoryEvent['kind'][]) =>
    events.filter(({ it }) => kinds.includes(it.kind))
  const reached = facts.contacts.filter((each) => each.reached)
  const contactDays = reached.map(({ at }) => dayOf(at, zone)).filter((day) => day <= today)
  const all = staysDrawn(facts, clock)
  const times = hospitalTimes(all)
  const silences = silencesIn(contactDays, times, sooner(today, span.until))
  const stays = withSilences(all, times, silences).filter(
    ({ from, until }) => from <= span.until && until >= span.from,
  )
  const inBed = stays.filter(({ isDepartment }) => !isDepartment)
  return {
    ...{ span, today, ends, stays, nights: nightsWithin(inBed, span) },
    neverReached: contactDays.length === 0,
    words: onDays(facts.words),
    happened: ofKinds(...happenedKinds),
    contacts: contactRows(onDays(facts.contacts)),
    gaps: gapsIn(silences, span),
    versions: onDays(facts.versions),
    help: helpIn(facts.story, clock),
    readings: readingRows(facts, clock),
    alerts: onDays(facts.alerts),
    assessments: ofKinds('assessment'),
    worries: onDays(facts.worries),
    withoutDay: facts.story.filter(({ at = '', kind }) => isVague(at, span) && kind !== 'reading'),
  }
}

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

function staysDrawn({ stays }: YearFacts, { today, zone, ends }: Clocked): readonly StayDrawn[] {
  return stays
    .filter(({ from }) => isWholeDay(from))
    .map((stay): StayDrawn => {
      const from = dayOf(stay.from, zone)
      const until = stay.until ? lastDayOf(stay.until, zone) : later(from, today)
      const died = ends !== 'today' && until >= today
      return {
        ...{ id: stay.id, from, until, days: daysBetween(from, until) },
        ...{ reason: stay.reason, isDepartment: stay.isDepartment },
        place: stay.ward || stay.hospital,
        isOpen: !stay.until && ends === 'today',
        wentHome: stay.until !== undefined && !died,
      }
    })
    .toSorted((one, other) => one.from.localeCompare(other.from))
}

/** The silence before a time in hospital belongs to its first stay in a bed: an emergency department may have come first. */
function withSilences(
  stays: readonly StayDrawn[],
  times: readonly HospitalTime[],
  silences: readonly Silence[],
): readonly StayDrawn[] {
  const before = new Map<string, Silence>()
  for (const silence of silences.filter((each) => each.before)) {
    const time = times.find(({ from }) => from === silence.until)
    const first = stays.find(
      ({ from, isDepartment }) => time && !isDepartment && from >= time.from && from <= time.until,
    )
    if (first) before.set(first.id, silence)
  }
  return stays.map((stay) => {
    const silence = before.get(stay.id)
    if (!silence) return stay
    return silence.from === undefined
      ? { ...stay, neverBefore: true }
      : { ...stay, gap: daysBetween(silence.from, silence.until) }
  })
}

function contactRows(contacts: readonly OnDay<Contact>[]): readonly ContactRow[] {
  const rows = Map.groupBy(contacts, ({ it }) => it.by.reference)
  return [...rows]
    .map(([reference, made]) => ({ reference, name: made[0]?.it.by.name ?? '', made }))
    .toSorted((one, other) => other.made.length - one.made.length)
}

/** Those that are long enough to be drawn, and all before which no contact was ever recorded. */
function gapsIn(silences: readonly Silence[], span: YearSpan): readonly ContactGap[] {
  return silences
    .filter(({ from = '', until }) => until >= span.from && from <= span.until)
    .map(({ from, until, before }): ContactGap => {
      const days = from === undefined ? undefined : daysBetween(from, until)
      return { from: later(from ?? '', span.from), until, before, ...given('days', days) }
    })
    .filter(isLong)
}

function isLong({ from, until, days, before }: ContactGap): boolean {
  if (days === undefined) return until > from
  return days >= (before ? daysBeforeStay : daysWithoutContact)
}

/** Help is drawn from its first day to its end, also if it began before the span. */
function helpIn(story: readonly StoryEvent[], { span, today, zone }: Clocked): readonly HelpBar[] {
  const end = sooner(today, span.until)
  return story
    .filter(({ kind, act, at }) => kind === 'service' && act !== 'offered' && isWholeDay(at ?? ''))
    .map((event): HelpBar => {
      const from = later(dayOf(event.at ?? '', zone), span.from)
      const over = event.until ? lastDayOf(event.until, zone) : undefined
      const ended = over !== undefined && over <= today ? over : undefined
      return {
        ...{ id: event.id, event, from, until: sooner(ended ?? end, end) },
        missing: event.act === 'asked-for' && ended === undefined,
        ...(ended ? { ended } : {}),
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
