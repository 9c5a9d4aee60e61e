import { clockToday } from '#client/clock.ts'
import { saveRecord } from '#client/forms/save-record.ts'
import { saveInPlan, writtenNow } from '#client/queries/care-plan/plan.ts'
import {
  type Wish,
  type WishDocument,
  wishDocumentKind,
  wishKind,
} from '#domain/plan/worse/wishes.ts'

/** Writes one part of the advance wishes; it is content of the plan. */
export async function saveWish(
  planId: string | undefined,
  edit: { base?: Wish | undefined; mine: Wish },
): Promise<Wish> {
  const mine = { ...edit.mine, saidOn: clockToday(), written: writtenNow(edit.mine.person) }
  const change = { planId, kind: 'write-what-if', room: 'roof' } as const
  return await saveInPlan(wishKind, { base: edit.base, mine }, change)
}

/** Records that a signed document exists, and where it is kept. */
export async function saveWishDocument(mine: WishDocument): Promise<void> {
  await saveRecord(wishDocumentKind, { mine: { ...mine, written: writtenNow(mine.person) } })
}
