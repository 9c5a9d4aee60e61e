import type { Patient } from '@medplum/fhirtypes'
import { saveTogether } from '#client/forms/save-record.ts'
import { type Death, withDeathWritten } from '#domain/person/death.ts'

/**
 * Records a death, corrects it or removes it (`to` undefined); returns how to undo that. Rejects with `DeathMovedOn` if
 * the record has changed from `from`. Safe to repeat.
 */
export async function writeDeath(
  person: string,
  change: Readonly<{ from: Death; to: Death }>,
): Promise<() => Promise<void>> {
  const write = async ({ from, to }: typeof change) => {
    await saveTogether({
      edits: [
        {
          ...{ type: 'Patient', id: person },
          onto: (current) => {
            const patient = current as (Patient & { id: string }) | undefined
            return patient && withDeathWritten(patient, { from, to })
          },
        },
      ],
    })
  }
  await write(change)
  return async () => await write({ from: change.to, to: change.from })
}
