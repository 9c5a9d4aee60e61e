import type { Patient } from '@medplum/fhirtypes'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { deathWithdrawal } from '#domain/bereavement/death-withdrawal.ts'
import { type Death, withDeathWritten } from '#domain/person/death.ts'

function deathEdit(person: string, change: Readonly<{ from: Death; to: Death }>): Edit {
  return {
    ...{ type: 'Patient', id: person },
    onto: (current) => {
      const patient = current as (Patient & { id: string }) | undefined
      return patient && withDeathWritten(patient, change)
    },
  }
}

/**
 * Records a death, or corrects its day: what was open and ahead ends, and the team is asked to look after those who are
 * left. Rejects with `DeathMovedOn` if the record has changed from `from`. Safe to repeat.
 */
export async function writeDeath(
  person: string,
  change: Readonly<{ from: Death; to: Exclude<Death, undefined> }>,
): Promise<void> {
  await saveTogether({ edits: [deathEdit(person, change)] })
}

/** Removes a wrong record of a death, and says why: what it ended comes back. Rejects with `DeathMovedOn`. */
export async function withdrawDeath(
  person: string,
  { from, words, id }: Readonly<{ from: Death; words: string; id: string }>,
): Promise<void> {
  const said = deathWithdrawal({ id, person, words, ...writtenNow(person) })
  await saveTogether({
    edits: [
      deathEdit(person, { from, to: undefined }),
      { type: 'Communication', id, isNew: true, onto: (current) => (current ? undefined : said) },
    ],
  })
}
