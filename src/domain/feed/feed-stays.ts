import type { Encounter, Resource } from '@medplum/fhirtypes'
import { isWholeDay } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'

/** Marks an encounter that stands for a line of a feed, and is no record. */
export const feedStayTag = 'feed-stay'
/** Marks the days of a restricted encounter: lists tell nothing of it, and so of no line that tells of these days. */
export const apartTag = 'apart'

const inpatient = ['IMP', 'ACUTE', 'NONAC']
const neverWas = ['cancelled', 'entered-in-error', 'planned']

type Span = { from: string; until: string }
/** Days on which somebody was cared for, `YYYY-MM-DD`. */
export type CareDays = Readonly<Span>

/**
 * Records without the stays of feeds that are here already, or that meet days kept apart. It is the same stay if the days
 * of both meet: nobody is in two hospital beds on one day, and whoever is moved or readmitted that day counts as one stay.
 * Lines of a feed whose days meet are one stay, too: a feed may send each consultant’s part of it.
 */
export function withoutDoubledStays(
  records: readonly Resource[],
  zone: string,
): readonly Resource[] {
  if (!records.some(isMarked)) return records
  const apart = daysApart(records, zone)
  const sent = records.filter(isFeedStay).filter((each) => !isAmong(apart, spanOf(each, zone)))
  const here = records.filter(isStay).map((each) => spanOf(each, zone))
  const alone = joined(sent, zone).filter((stay) => !isAmong(here, stay))
  return [...records.filter((each) => !isMarked(each)), ...alone.map(({ stay }) => stay)]
}

/** What stands among records without being one. */
export const isMarked = (record: Resource): boolean => isFeedStay(record) || isApart(record)

/** The days of restricted encounters among these. */
export const daysApart = (records: readonly Resource[], zone: string): readonly CareDays[] =>
  daysOfEncounters(records.filter(isApart), zone)

/** The days of these encounters. What was cancelled, never came about or has no day has none. */
export const daysOfEncounters = (
  encounters: readonly Pick<Encounter, 'status' | 'period'>[],
  zone: string,
): readonly CareDays[] =>
  encounters
    .filter(({ status, period }) => !neverWas.includes(status) && (period?.start ?? period?.end))
    .map(({ status, period }) => {
      const start = period?.start ?? period?.end ?? ''
      const { from, until } = spanOf({ status, period: { ...period, start } }, zone)
      return { from: wholeDay(from, '-01-01'), until: wholeDay(until, '-12-31') }
    })
    // an end before its beginning is a slip
    .map(({ from, until }) => ({ from, until: [from, until].toSorted().at(-1) ?? from }))

/** A month or a year alone, or a day that no calendar has, is taken as widely as it may be meant. */
const wholeDay = (day: string, of: string) => (isWholeDay(day) ? day : `${day.slice(0, 4)}${of}`)

/** Whether a line tells of one of these days. */
export const tellsOf = (
  days: readonly CareDays[],
  { started, ended = started }: Readonly<{ started: string; ended?: string }>,
): boolean => isAmong(days, { from: started, until: ended })

const isAmong = (days: readonly CareDays[], { from, until }: CareDays) =>
  days.some((each) => each.from <= until && from <= each.until)

const isApart = (record: Resource): record is Encounter => hasTag(record, apartTag)

const hasTag = (record: Resource, tag: string) =>
  record.resourceType === 'Encounter' &&
  (record.meta?.tag?.some(({ code }) => code === tag) ?? false)

const isFeedStay = (record: Resource): record is Encounter => hasTag(record, feedStayTag)

const isStay = (record: Resource): record is Encounter =>
  record.resourceType === 'Encounter' &&
  inpatient.includes(record.class?.code ?? '') &&
  !neverWas.includes(record.status) &&
  record.period?.start !== undefined &&
  !isMarked(record)

/** A stay without an end goes on if the record says so, and is else known of one day. */
function spanOf({ period, status }: Pick<Encounter, 'period' | 'status'>, zone: string): Span {
  const from = period?.start ? dayOf(period.start, zone) : ''
  const open = status === 'finished' ? from : '9999-12-31'
  return { from, until: period?.end ? dayOf(period.end, zone) : open }
}

function joined(stays: readonly Encounter[], zone: string) {
  const spans: (Span & { stay: Encounter })[] = []
  const inOrder = stays
    .map((stay) => ({ ...spanOf(stay, zone), stay }))
    .toSorted((one, other) => (one.from < other.from ? -1 : 1))
  for (const next of inOrder) {
    const last = spans.at(-1)
    if (!last || next.from > last.until) {
      spans.push(next)
      continue
    }
    if (next.until > last.until) last.until = next.until
    last.stay = { ...last.stay, period: { start: last.from, end: last.until } }
  }
  return spans
}
