import { dayWritten } from '#domain/calendar/days.ts'
import type { RecordEntry } from '#domain/record/person-record.ts'
import { nothingListed } from './medicine-row.ts'
import type { ReconciledRow } from './reconciled-row.ts'

/**
 * What was written down for the stay, and a row for every medicine of the record that nobody has looked at yet: one that the
 * record had on the day of the admission.
 */
export function rowsFromRecord(
  medicines: readonly RecordEntry[],
  stored: readonly ReconciledRow[],
  stay: Readonly<{ from: string; until?: string | undefined }>,
): readonly ReconciledRow[] {
  const known = new Set(stored.map(({ id }) => id))
  const fromRecord = medicines
    .filter((each) => !each.isOver && wasThere(each, stay.from))
    .map(
      ({ id, coded, detail }): ReconciledRow => ({
        ...{ id: rowIdOf(id), name: coded, before: { says: 'has', how: detail ?? '' } },
        ...{ ward: nothingListed, hand: nothingListed, why: '', knows: '' },
      }),
    )
  return [...stored, ...fromRecord.filter(({ id }) => !known.has(id))]
}

/** `MedicationRequest/x` as an id that FHIR allows. */
const rowIdOf = (reference: string) => reference.replace('/', '.').slice(0, 64)

const wasThere = ({ at }: RecordEntry, from: string) => !at || dayWritten(at) <= dayWritten(from)
