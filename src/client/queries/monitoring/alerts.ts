import type { Flag, Resource } from '@medplum/fhirtypes'
import { now } from '#client/clock.ts'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import {
  type AlertMatter,
  alertFlag,
  alertIdFor,
  type Closing,
  openAgain,
  withClosing,
} from '#domain/alert/closing.ts'
import { withAlertAnswer } from '#domain/alert/raised-alert.ts'

const isFlag = (record: Resource | undefined): record is Flag => record?.resourceType === 'Flag'

export const closingEdit = (matter: AlertMatter, closing: Closing): Edit => ({
  ...{ type: 'Flag', id: alertIdFor(matter.about) },
  onto: (current) => withClosing(isFlag(current) ? current : alertFlag(matter), closing),
})

/** Closes alerts with what was done about them, all or none: they leave the Today page, and the text stays. */
export async function closeAlerts(matters: readonly AlertMatter[], words: string): Promise<void> {
  const at = now().toISOString()
  await saveTogether({
    edits: matters.map((matter) =>
      closingEdit(matter, { by: whoAmI(matter.person), at, words: words.trim() }),
    ),
  })
}

/** Says what was done about an alert, which stays open: its owner has answered, and it does not go on to anybody. */
export async function answerAlert(flag: string, person: string, words: string): Promise<void> {
  const answer = { by: whoAmI(person), at: now().toISOString(), words: words.trim() }
  await saveTogether({
    edits: [
      {
        ...{ type: 'Flag', id: flag },
        onto: (current) => (isFlag(current) ? withAlertAnswer(current, answer) : undefined),
      },
    ],
  })
}

/** Closes a safety concern on the record. */
export async function closeSafety(flagId: string, person: string, words: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Flag', id: flagId },
        onto: (current) =>
          isFlag(current)
            ? withClosing(current, { ...writtenNow(person), words: words.trim() })
            : undefined,
      },
    ],
  })
}

/** Undoes closing: they are on the Today page again. */
export async function reopenFlags(ids: readonly string[]): Promise<void> {
  await saveTogether({
    edits: ids.map((id) => ({
      ...{ type: 'Flag', id },
      onto: (current) => (isFlag(current) ? openAgain(current) : undefined),
    })),
  })
}
