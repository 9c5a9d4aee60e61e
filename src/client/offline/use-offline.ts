import { create } from 'zustand'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { type QueuedSave, referenceOf, withDependants } from '#domain/sync/queued-save.ts'
import { type ConflictChoice, conflictSettled } from '#domain/sync/rebase.ts'
import { watchDownloadQueue } from './download-queue.ts'
import {
  downloadRecords,
  refreshDownloadedRecords,
  removeDownloadedRecords,
} from './download-records.ts'
import type { OfflineRecord, OfflineStore } from './storage/offline-store.ts'
import { syncQueue } from './sync-queue.ts'

export type OfflineState = Readonly<{
  /** no network: the device answers */
  isAway: boolean
  /** whose records are along, in the order they were taken */
  people: readonly Readonly<
    Pick<OfflineRecord, 'id' | 'family' | 'given' | 'takenAt'> & { until: string }
  >[]
  waiting: readonly QueuedSave[]
  isSending: boolean
  /** something can be kept here at all: a team build, with a member of staff signed in */
  isOpen: boolean
}>

const nothing: OfflineState = {
  isAway: false,
  people: [],
  waiting: [],
  isSending: false,
  isOpen: false,
}

/** What a team's nurse has with her on this device; nothing in the embedded app, where everything is. */
export const useOffline = create<OfflineState>(() => nothing)

/** Whether people can be taken along on this device by whoever is signed in. */
export const useOfflineAvailable = () => useOffline((all) => all.isOpen)

let open: OfflineStore | undefined

export const currentOfflineStore = () => open

/** From now on this is the device that the acts below speak of; undefined: it is locked. */
export function setOfflineStore(device: OfflineStore | undefined): void {
  open = device
  if (device) showOfflineState(device)
  else useOffline.setState({ people: [], waiting: [], isSending: false, isOpen: false })
}

/** Tells the screens what is on the device now. */
export function showOfflineState(device: OfflineStore): void {
  useOffline.setState({
    isOpen: true,
    people: device.people().map(({ id, family, given, takenAt }) => ({
      ...{ id, family, given, takenAt, until: device.until(takenAt) },
    })),
    waiting: device.waiting(),
  })
}

function mustBeOpen(): OfflineStore {
  if (!open) throw new Error('Nothing is stored on this device for the person who is signed in')
  return open
}

/** Takes the records of these people along, as `takeAlong` does. */
export async function downloadPatients(people: readonly string[]): Promise<void> {
  await downloadRecords(mustBeOpen(), people)
}

export async function removeDownload(person: string): Promise<void> {
  await removeDownloadedRecords(mustBeOpen(), person)
}

/** Sends what waits, and has the screens read anew what that changed. */
export async function syncNow(): Promise<void> {
  const device = mustBeOpen()
  // what is sent is not there to be asked afterwards
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
  // what was being fetched may be from before it
  if (wereErrands())
    refreshDownloadedRecords(device, sentOf(device, before), 'mine').catch(() => undefined)
  await noteChangeEvent(kinds)
}

function sentOf(device: OfflineStore, before: readonly QueuedSave[]): readonly string[] {
  const left = new Set(device.waiting().map((each) => each.id))
  const sent = before.filter((each) => !left.has(each.id))
  return sent.flatMap((save) => save.records.map(({ mine }) => referenceOf(mine)))
}

const kindsIn = (saves: readonly QueuedSave[]) => [
  ...new Set(saves.flatMap((save) => save.records.map((each) => each.mine.resourceType))),
]

/** Throws a save away that was never sent, with those that build on it. What it said is gone. */
export async function discardQueuedSave(save: QueuedSave): Promise<void> {
  const device = mustBeOpen()
  await device.alone('send', async () => {
    await device.reload()
    const gone = withDependants(save, device.waiting())
    await device.dropWaiting(gone.map((each) => each.id))
    await noteChangeEvent(kindsIn(gone))
  })
}

/** Throws away everything that was never sent. */
export async function discardQueue(): Promise<void> {
  const device = mustBeOpen()
  await device.alone('send', async () => {
    await device.reload()
    await device.dropWaiting(device.waiting().map((each) => each.id))
  })
}

/** Chooses what shall stand where two people changed the same words, and sends it. */
export async function resolveConflict(save: QueuedSave, chosen: ConflictChoice): Promise<void> {
  await mustBeOpen().keepWaiting(conflictSettled(save, chosen))
  await syncNow()
}

/** Sends once more what was refused. */
export async function retryQueuedSave({ trouble: _trouble, ...save }: QueuedSave): Promise<void> {
  await mustBeOpen().keepWaiting(save)
  await syncNow()
}
