import type { Who } from '#domain/plan/plan.ts'
import type { DiaryKind } from './diary-kind.ts'

/** Somebody was told that a visit was moved or cancelled. `at`: instant. */
export type ToldOfVisit = Readonly<{ who: string; how: string; at: string }>

/** A visit or call in a professional’s diary. Moments are instants. */
export type DiaryVisit = Readonly<{
  id: string
  version?: string
  person: string
  personName: string
  kind: DiaryKind
  /** who goes or calls */
  by: Who
  start: string
  end: string
  /** where, in words */
  place: string
  /** the place in the order of the day, where somebody set it by hand */
  order?: number
  state: 'booked' | 'cancelled' | 'done'
  /** why it was cancelled, or moved */
  reason: string
  /** when it stood before it was moved; told or not, the last change counts */
  movedFrom?: string
  /** who was told of the cancellation or the new time; absent: nobody yet */
  told?: ToldOfVisit
  /** cancelled because the person has died */
  endedByDeath?: true
}>

/** What has changed and the person may not know: somebody has to tell them, unless a death ended it. */
export const isToTell = ({ state, movedFrom, told, endedByDeath }: DiaryVisit): boolean =>
  !told &&
  !endedByDeath &&
  (state === 'cancelled' || (state === 'booked' && movedFrom !== undefined))

/** The visit was cancelled, or is done: there is nothing to change. */
export class VisitIsOver extends Error {
  constructor() {
    super('This visit was cancelled, or is done')
    this.name = 'VisitIsOver'
  }
}

/** At another time, with nobody told yet. The same move sent again changes nothing. Throws `VisitIsOver`. */
export function movedTo(
  visit: DiaryVisit,
  to: Pick<DiaryVisit, 'start' | 'end' | 'reason'>,
): DiaryVisit {
  if (visit.state !== 'booked') throw new VisitIsOver()
  if (isAt(visit, to)) return visit
  const { told: _told, ...rest } = visit
  return { ...rest, ...to, movedFrom: visit.start }
}

const isAt = (visit: DiaryVisit, to: Pick<DiaryVisit, 'start' | 'end'>) =>
  Date.parse(visit.start) === Date.parse(to.start) && Date.parse(visit.end) === Date.parse(to.end)

/** Cancelled, with nobody told yet. The same sent again changes nothing. Throws `VisitIsOver`. */
export function cancelledFor(visit: DiaryVisit, reason: string): DiaryVisit {
  if (visit.state === 'cancelled' && visit.reason === reason) return visit
  if (visit.state !== 'booked') throw new VisitIsOver()
  const { told: _told, ...rest } = visit
  return { ...rest, state: 'cancelled', reason }
}

/** Visits of one day in the order of travel: those that were put in an order by hand, among the others by their time. */
export const inTravelOrder = (visits: readonly DiaryVisit[]): readonly DiaryVisit[] =>
  visits.toSorted(
    (one, other) =>
      (one.order ?? Number.POSITIVE_INFINITY) - (other.order ?? Number.POSITIVE_INFINITY) ||
      Date.parse(one.start) - Date.parse(other.start) ||
      one.id.localeCompare(other.id),
  )

/** Pairs at the same time in one diary. Nobody says how long the way is: only the times themselves are compared. */
export function doubleBooked(
  visits: readonly DiaryVisit[],
): readonly (readonly [DiaryVisit, DiaryVisit])[] {
  const booked = visits
    .filter(({ state }) => state === 'booked')
    .toSorted((one, other) => Date.parse(one.start) - Date.parse(other.start))
  return booked.flatMap((one, place) =>
    booked
      .slice(place + 1)
      .filter(
        (other) =>
          one.by.reference === other.by.reference &&
          Date.parse(other.start) < Date.parse(one.end) &&
          Date.parse(one.start) < Date.parse(other.end),
      )
      .map((other) => [one, other] as const),
  )
}

/** The area of a place: the first part of its postcode (`BS3`); empty if it has none. */
export const areaOf = (place: string): string =>
  /\b([A-Z]{1,2}\d[A-Z\d]?)\s*\d[A-Z]{2}\b/i.exec(place)?.[1]?.toUpperCase() ?? ''
