import { create } from 'zustand'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { type QueuedSave, withDependants } from '#domain/sync/queued-save.ts'
import type { OfflineRecord, OfflineStore } from './storage/offline-store.ts'

export type OfflineState = Readonly<{
  /** offline: the device answers */
  isAway: boolean
  /** whose records are downloaded, in the order they were downloaded */
  people: readonly Readonly<
    Pick<OfflineRecord, 'id' | 'family' | 'given' | 'takenAt' | 'readingsSince'> & { until: string }
  >[]
  waiting: readonly QueuedSave[]
  isSending: boolean
  /** something can be stored here at all: a team build, with a member of staff signed in */
  isOpen: boolean
}>

const nothing: OfflineState = {
  isAway: false,
  people: [],
  waiting: [],
  isSending: false,
  isOpen: false,
}

/** What a nurse has on this device; nothing in the embedded app, where everything is local. */
export const useOffline = create<OfflineState>(() => nothing)

/** Whether the signed-in user can download people to this device. */
export const useOfflineAvailable = () => useOffline((all) => all.isOpen)

let open: OfflineStore | undefined

export const currentOfflineStore = () => open

/** From now on the functions below use this device; undefined: it is locked. */
export function setOfflineStore(device: OfflineStore | undefined): void {
  open = device
  if (device) showOfflineState(device)
  else useOffline.setState({ people: [], waiting: [], isSending: false, isOpen: false })
}

/** Updates the screens with what is on the device now. */
export function showOfflineState(device: OfflineStore): void {
  useOffline.setState({
    isOpen: true,
    people: device.people().map(({ id, family, given, takenAt, readingsSince }) => ({
      ...{ id, family, given, takenAt, until: device.until(takenAt) },
      ...(readingsSince ? { readingsSince } : {}),
    })),
    waiting: device.waiting(),
  })
}

/** The store of whoever is signed in; throws an `Error` if there is none. */
export function mustBeOpen(): OfflineStore {
  if (!open) throw new Error('Nothing is stored on this device for the person who is signed in')
  return open
}

/** The kinds of record in these saves, each once. */
export const kindsIn = (saves: readonly QueuedSave[]) => [
  ...new Set(saves.flatMap((save) => save.records.map((each) => each.mine.resourceType))),
]

/** Deletes a save that was never sent, with those that depend on it. Its text is lost. */
export async function discardQueuedSave(save: QueuedSave): Promise<void> {
  const device = mustBeOpen()
  await device.alone('send', async () => {
    await device.reload()
    const gone = withDependants(save, device.waiting())
    await device.dropWaiting(gone.map((each) => each.id))
    await noteChangeEvent(kindsIn(gone))
  })
}

/** Deletes everything that was never sent. */
export async function discardQueue(): Promise<void> {
  const device = mustBeOpen()
  await device.alone('send', async () => {
    await device.reload()
    await device.dropWaiting(device.waiting().map((each) => each.id))
  })
}
