import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { type QueuedSave, referenceOf } from '#domain/sync/queued-save.ts'
import { type ConflictChoice, conflictSettled } from '#domain/sync/rebase.ts'
import { watchDownloadQueue } from './download-queue.ts'
import { refreshDownloadedRecords } from './download-records.ts'
import type { OfflineStore } from './storage/offline-store.ts'
import { syncQueue } from './sync-queue.ts'
import { kindsIn, mustBeOpen, useOffline } from './use-offline.ts'

/** Sends the queue, and reloads the screens that it changed. */
export async function syncNow(): Promise<void> {
  const device = mustBeOpen()
  // what was sent is no longer in the queue afterwards
  const kinds = kindsIn(device.waiting())
  if (kinds.length === 0) return
  useOffline.setState({ isSending: true })
  const before = device.waiting()
  const wereErrands = watchDownloadQueue()
  try {
    await syncQueue(device)
  } finally {
    useOffline.setState({ isSending: false })
  }
  // requests in flight may be older than it
  if (wereErrands())
    refreshDownloadedRecords(device, sentOf(device, before), 'mine').catch(() => undefined)
  await noteChangeEvent(kinds)
}

function sentOf(device: OfflineStore, before: readonly QueuedSave[]): readonly string[] {
  const left = new Set(device.waiting().map((each) => each.id))
  const sent = before.filter((each) => !left.has(each.id))
  return sent.flatMap((save) => save.records.map(({ mine }) => referenceOf(mine)))
}

/** Chooses between two people's changes of the same text, and sends the result. */
export async function resolveConflict(save: QueuedSave, chosen: ConflictChoice): Promise<void> {
  await mustBeOpen().keepWaiting(conflictSettled(save, chosen))
  await syncNow()
}

/** Sends again what was refused. */
export async function retryQueuedSave({ trouble: _trouble, ...save }: QueuedSave): Promise<void> {
  await mustBeOpen().keepWaiting(save)
  await syncNow()
}
