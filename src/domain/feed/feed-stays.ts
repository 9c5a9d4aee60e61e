import type { Encounter, Resource } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'

/** Marks an encounter that stands for a line of a feed, and is no record. */
export const feedStayTag = 'feed-stay'

const inpatient = ['IMP', 'ACUTE', 'NONAC']
const neverWas = ['cancelled', 'entered-in-error', 'planned']

type Span = { from: string; until: string }

/**
 * Records without the stays of feeds that are here already. It is the same stay if the days of both meet: nobody is in
 * two hospital beds on one day, and whoever is moved or readmitted that day counts as one stay. Lines of a feed whose days
 * meet are one stay, too: a feed may send each consultant’s part of it.
 */
export function withoutDoubledStays(
  records: readonly Resource[],
  zone: string,
): readonly Resource[] {
  const sent = records.filter(isFeedStay)
  if (sent.length === 0) return records
  const here = records.filter(isStay).map((each) => spanOf(each, zone))
  const alone = joined(sent, zone).filter(
    ({ from, until }) => !here.some((stay) => stay.from <= until && from <= stay.until),
  )
  return [...records.filter((each) => !isFeedStay(each)), ...alone.map(({ stay }) => stay)]
}

const isFeedStay = (record: Resource): record is Encounter =>
  record.resourceType === 'Encounter' &&
  (record.meta?.tag?.some(({ code }) => code === feedStayTag) ?? false)

const isStay = (record: Resource): record is Encounter =>
  record.resourceType === 'Encounter' &&
  inpatient.includes(record.class?.code ?? '') &&
  !neverWas.includes(record.status) &&
  record.period?.start !== undefined &&
  !isFeedStay(record)

/** A stay without an end goes on if the record says so, and is else known of one day. */
function spanOf({ period, status }: Encounter, zone: string): Span {
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
