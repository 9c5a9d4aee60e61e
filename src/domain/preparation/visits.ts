import { addDays } from '#domain/calendar/days.ts'
import type { PlainCondition } from '#domain/record/plain-condition.ts'

/** Where somebody was seen, as far as the record says; `visit`: it does not say. */
export type VisitKind = 'stay' | 'emergency' | 'gp' | 'nurse' | 'clinic' | 'home' | 'call' | 'visit'

/** What the record ties to a visit: an illness, a medicine, a referral, what was done, where the person went then. */
export type VisitOutcome = Readonly<{
  id: string
  kind: 'found' | 'medicine' | 'stopped' | 'referred' | 'done' | 'went'
  words: string
  /** the entry of the glossary for what was found */
  plain?: PlainCondition
}>

/** `not-said`: its day is over, and nobody recorded whether it took place. */
export type VisitState = 'held' | 'now' | 'planned' | 'missed' | 'cancelled' | 'not-said'

/** One visit to a hospital, A&E, a practice, a nurse or a clinic, or one that is planned. */
export type Visit = Readonly<{
  /** `Encounter/1` */
  id: string
  kind: VisitKind
  state: VisitState
  /** its first day (`YYYY-MM-DD`), or the moment of one that is planned; absent: not recorded */
  at?: string
  until?: string
  place?: string
  who?: string
  why?: string
  /** the entry of the glossary for it */
  plainWhy?: PlainCondition
  outcomes: readonly VisitOutcome[]
}>

/** The visits of one person around a conversation. */
export type VisitsAround = Readonly<{
  since: string
  /** of the time since then, the newest first */
  past: readonly Visit[]
  /** the next one first */
  upcoming: readonly Visit[]
  /** the record gives no day */
  undated: readonly Visit[]
}>

/** Where no conversation was held yet, so many days back: our own choice. */
const usualDays = 365

/** The day from which visits are told: that of the last conversation, or a year ago. */
export const visitsSince = (lastHeldOn: string | undefined, today: string): string =>
  lastHeldOn ?? addDays(today, -usualDays)

/** Those that were, or went on, since a day, and those that are planned. */
export function visitsAround(visits: readonly Visit[], since: string): VisitsAround {
  const byStart = (one: Visit, other: Visit) => (one.at ?? '').localeCompare(other.at ?? '')
  const planned = visits.filter(({ at, state }) => at && state === 'planned')
  const over = visits.filter(({ at, until, state }) => {
    if (!at || state === 'planned') return false
    return state === 'now' || (until ?? at) >= since
  })
  return {
    since,
    past: over.toSorted((one, other) => byStart(other, one)),
    upcoming: planned.toSorted(byStart),
    undated: visits.filter(({ at }) => !at),
  }
}
