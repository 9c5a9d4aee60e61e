import type { Who } from '#domain/plan/plan.ts'

/** Some days on which a professional is away, and who covers. Why they are away is asked of nobody and kept nowhere. */
export type Absence = Readonly<{
  id: string
  who: Who
  cover: Who
  /** reference of the organisation of the role that it stands on: in another one they are not away */
  organisation?: string
  /** first and last day away, `YYYY-MM-DD` in the zone of the service */
  from: string
  until: string
  /** the last day as it was planned, if they came back earlier */
  planned?: string
  /** who wrote it down, and the instant */
  by: string
  at: string
  /** instant at which they said that they have read what happened */
  read?: string
}>

/** `planned` → `away` → `back` (what happened is to be read) → `read`. */
export type AbsenceState = 'planned' | 'away' | 'back' | 'read'

export function absenceState({ from, until, read }: Absence, today: string): AbsenceState {
  if (read) return 'read'
  if (today < from) return 'planned'
  return today <= until ? 'away' : 'back'
}

type Days = Pick<Absence, 'from' | 'until'>

export const isAwayOn = ({ from, until }: Days, day: string): boolean => from <= day && day <= until

/** Both are away on at least one day. */
export const overlaps = (one: Days, other: Days): boolean =>
  one.from <= other.until && other.from <= one.until
