import type { Clock } from '#domain/calendar/zone.ts'
import { noteRegistrations } from '#server/store/roster/note-registrations.ts'
import type { Sql } from '#server/store/sql.ts'
import { refreshPatientSummaries } from './patient-summary.ts'

/** Updates rows derived from records, in the transaction of the write. `persons` are Patient ids. */
export type DeriveHook = (sql: Sql, persons: readonly string[], clock: Clock) => Promise<void>

/** Derived rows, in order. One line a table. */
const hooks: readonly DeriveHook[] = [refreshPatientSummaries, noteRegistrations]

/** The types that `person-row.ts` reads. A reading is not part of any score, and most writes are readings. */
const moving = new Set([
  'Patient',
  'Condition',
  'MedicationRequest',
  'MedicationStatement',
  'Encounter',
  'EpisodeOfCare',
  'Consent',
  'RiskAssessment',
])

/** True if a change of this kind of record may change derived data about the person. */
export function movesPersonRows(type: string): boolean {
  return moving.has(type)
}

export async function derive(sql: Sql, persons: readonly string[], clock: Clock): Promise<void> {
  if (persons.length === 0) return
  for (const hook of hooks) await hook(sql, persons, clock)
}
