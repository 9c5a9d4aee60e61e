import { now } from '#client/clock.ts'
import { setOfflineResponder } from '#client/fhir/offline-responder.ts'
import { refetch } from '#client/fhir/refetch.ts'
import { setDraftStorage } from '#client/forms/draft-storage.ts'
import { sendViewed } from '#client/forms/last-viewed.ts'
import { endsHere, restoreSession, sessionEnded, useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { deviceReady, nextOnDevice } from './device-ready.ts'
import { noteDeviceState } from './device-state.ts'
import { downloadRecordsAgain } from './download-records.ts'
import { watchNetwork } from './network-status.ts'
import { respondOffline } from './respond-offline.ts'
import { encryptedDrafts } from './storage/encrypted-drafts.ts'
import { removeExpired } from './storage/encrypted-store.ts'
import { type EncryptedEntryStore, openIndexedDbStore } from './storage/indexeddb-store.ts'
import { type OfflineStore, openOfflineStore } from './storage/offline-store.ts'
import { recordExpiry } from './storage/record-expiry.ts'
import { syncNow } from './sync-now.ts'
import {
  currentOfflineStore,
  setOfflineStore,
  showOfflineState,
  useOffline,
} from './use-offline.ts'

/** How often to check whether downloads have expired or changes still wait, in milliseconds. */
const everyMinute = 60_000

type Session = ReturnType<typeof useSession.getState>

const text = encryptedDrafts()
let openKey: string | undefined

/**
 * The device store of a team build: opened with the session and locked with it. Typed text is encrypted from the first
 * key stroke; downloaded records answer when offline; what was written meanwhile is sent when the network is back.
 */
export async function startDeviceSession(
  storage: EncryptedEntryStore = openIndexedDbStore(),
): Promise<void> {
  const others = new BroadcastChannel('gable-device')
  setDraftStorage(text)
  const { isAway, noteLoss } = watchNetwork({ beforeReturn, onReturn: afterReturn })
  setOfflineResponder(respondOffline({ device: currentOfflineStore, isAway, onLoss: noteLoss }))
  // if asked, the browser does not evict the data to free space; it may refuse, or not support this
  void navigator.storage?.persist().catch(() => false)
  const follow = (session: Session) => {
    nextOnDevice(() => openFor(session, storage, others))
  }
  useSession.subscribe(follow)
  follow(useSession.getState())
  others.onmessage = () => void readAgain()
  setInterval(() => void eachMinute(storage, isAway), everyMinute)
  await deviceReady()
}

async function openFor(
  session: Session,
  storage: EncryptedEntryStore,
  others: BroadcastChannel,
): Promise<void> {
  const { actor, deviceKey } = session
  if (deviceKey === openKey) return
  await lock()
  if (!actor || !deviceKey) return
  const onChange = (here: boolean) => {
    const shown = currentOfflineStore()
    if (shown) showOfflineState(shown)
    if (shown && here) others.postMessage('changed')
  }
  const device = await openOrSay(() =>
    openOfflineStore({ deviceKey, shelf: storage, until, now, onChange }),
  )
  await text.openWith(device.vault)
  openKey = deviceKey
  if (!isStaff(actor)) return
  setOfflineStore(device)
  // changes that waited through the end of a session are sent in the next one
  if (!useOffline.getState().isAway) void sendQuietly()
}

/** Downloads end with the session. Queued changes and typed text stay encrypted for their writer. */
async function lock(): Promise<void> {
  const device = currentOfflineStore()
  setOfflineStore(undefined)
  openKey = undefined
  try {
    await device?.close()
  } finally {
    await text.openWith(undefined)
  }
}

/** A browser that gives no storage loses what is typed: the user has to know. */
async function openOrSay(open: () => Promise<OfflineStore>): Promise<OfflineStore> {
  try {
    const device = await open()
    noteDeviceState({ state: 'remote' })
    return device
  } catch (cause) {
    noteDeviceState({ state: 'remote', storage: 'memory' })
    throw cause
  }
}

function until(takenAt: string): string {
  const sessionEnd = endsHere(useSession.getState())?.absolute ?? Number.POSITIVE_INFINITY
  return new Date(Math.min(recordExpiry(new Date(takenAt)).getTime(), sessionEnd)).toISOString()
}

/** Queued changes are sent before the screens read again: they would show them undone. */
async function beforeReturn(): Promise<void> {
  await restoreSession()
  await deviceReady()
  await sendQuietly()
}

/** After a shorter absence the event stream reports what others changed; it resumes where it broke off. */
const shortAbsence = 120_000

async function afterReturn(after: number): Promise<void> {
  // what was written while the first ones were sent
  await sendQuietly()
  void sendViewed()
  await refetch()
  const device = currentOfflineStore()
  if (device && after >= shortAbsence) await downloadRecordsAgain(device).catch(() => undefined)
}

/** Offline again, or access has ended: the queue is still there, and the next request shows which. */
async function sendQuietly(): Promise<void> {
  if (currentOfflineStore()) await syncNow().catch(() => undefined)
}

async function readAgain(): Promise<void> {
  const device = currentOfflineStore()
  if (!device) return
  await device.reload()
  await refetch()
}

async function eachMinute(storage: EncryptedEntryStore, isAway: () => boolean): Promise<void> {
  const end = endsHere(useSession.getState())?.absolute
  // offline, nothing else says so
  if (end && end < now().getTime()) return sessionEnded()
  await removeExpired(storage, now(), currentOfflineStore()?.vault.owner)
  await currentOfflineStore()?.reload()
  if (!isAway()) await sendQuietly()
}
