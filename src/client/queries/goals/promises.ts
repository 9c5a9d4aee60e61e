import { createOnce } from '#client/fhir/create-once.ts'
import { saveRecord } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { actionKind } from '#domain/goal/fhir.ts'
import type { Action } from '#domain/goal/goal.ts'
import { type PromiseDeedKind, promiseDeedToMessage } from '#domain/goal/promise-deed-kind.ts'

/** A review, a confirmation, or what was done about a promise that did not happen. The caller keeps `id` over retries. */
export async function sayAboutPromise(
  kind: PromiseDeedKind,
  deed: Readonly<{ id: string; action: Action; words: string }>,
): Promise<void> {
  const { id, action, words } = deed
  const { person } = action
  const about = `Task/${action.id}`
  await createOnce(
    promiseDeedToMessage(kind, { id, person, about, text: words, written: writtenNow(person) }),
  )
}

/** What was done, in words: how the owner knows that it is done. */
export async function sayWhatWasDone(base: Action, evidence: string): Promise<void> {
  await saveRecord(actionKind, {
    base,
    mine: { ...base, evidence, written: writtenNow(base.person) },
  })
}
