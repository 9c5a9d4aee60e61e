import { dayWritten } from '#domain/calendar/days.ts'
import type { Evidence } from '#domain/risk/evidence.ts'

/** Undated conditions count on every day: a problem list seldom says since when. */
export const evidenceAsOf = (evidence: Evidence, day: string): Evidence => ({
  ...evidence,
  conditions: evidence.conditions.filter(({ date }) => !date || dayWritten(date) <= day),
})
