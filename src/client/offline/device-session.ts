import { now } from '#client/clock.ts'
import { standInWith } from '#client/fhir/offline-responder.ts'
import { fetchAnew } from '#client/fhir/refetch.ts'
import { keepTextIn } from '#client/forms/draft-storage.ts'
import { endsHere, restoreSession, sessionEnded, useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { deviceReady, nextOnDevice } from './device-ready.ts'
import { noteDeviceState } from './device-state.ts'
import { takeAgain } from './download-records.ts'
import { sealedText } from './encrypted-drafts.ts'
import { sweepShelf } from './encrypted-store.ts'
import { browserShelf, type Shelf } from './indexeddb-store.ts'
import { watchNetwork } from './network-status.ts'
import { type Device, openDevice } from './offline-store.ts'
import { endOfWork } from './record-expiry.ts'
import { deviceStandIn } from './respond-offline.ts'
import { actOn, openedDevice, sendNow, showDevice, useOnDevice } from './use-offline.ts'

/** How often to look whether what was taken along is over, or something still waits, in milliseconds. */
const everyMinute = 60_000

type Session = ReturnType<typeof useSession.getState>

const text = sealedText()
let openKey: string | undefined

/**
 * The device of a team build: what is on it opens with the session and is locked with it. Words that were typed are sealed
 * from the first key stroke; records that were taken along answer when the network does not; what was written meanwhile
 * is sent when it is back.
 */
export async function startDevice(shelf: Shelf = browserShelf()): Promise<void> {
  const others = new BroadcastChannel('gable-device')
  keepTextIn(text)
  const { isAway, noteLoss } = watchNetwork({ beforeReturn, onReturn: comeBack })
  standInWith(deviceStandIn({ device: openedDevice, isAway, onLoss: noteLoss }))
  // asked, the browser does not throw it away to make room; it may say no, or know nothing of it
  void navigator.storage?.persist().catch(() => false)
  const follow = (session: Session) => {
    nextOnDevice(() => openFor(session, shelf, others))
  }
  useSession.subscribe(follow)
  follow(useSession.getState())
  others.onmessage = () => void readAnew()
  setInterval(() => void eachMinute(shelf, isAway), everyMinute)
  await deviceReady()
}

async function openFor(session: Session, shelf: Shelf, others: BroadcastChannel): Promise<void> {
  const { actor, deviceKey } = session
  if (deviceKey === openKey) return
  await lock()
  if (!actor || !deviceKey) return
  const onChange = (here: boolean) => {
    const shown = openedDevice()
    if (shown) showDevice(shown)
    if (shown && here) others.postMessage('changed')
  }
  const device = await openOrSay(() => openDevice({ deviceKey, shelf, until, now, onChange }))
  await text.openWith(device.vault)
  openKey = deviceKey
  if (!isStaff(actor)) return
  actOn(device)
  // what waited through the end of a session goes with the next one
  if (!useOnDevice.getState().isAway) void sendQuietly()
}

/** What was taken along goes with the session. What waits to be sent, and what was typed, stays sealed for its writer. */
async function lock(): Promise<void> {
  const device = openedDevice()
  actOn(undefined)
  openKey = undefined
  try {
    await device?.close()
  } finally {
    await text.openWith(undefined)
  }
}

/** A browser that gives no room keeps nothing that is typed: whoever types has to know. */
async function openOrSay(open: () => Promise<Device>): Promise<Device> {
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
  return new Date(Math.min(endOfWork(new Date(takenAt)).getTime(), sessionEnd)).toISOString()
}

/** What was written goes before the screens read again: they would show it undone. */
async function beforeReturn(): Promise<void> {
  await restoreSession()
  await deviceReady()
  await sendQuietly()
}

/** After less than this, what others changed is told by the line of changes, which goes on where it broke off. */
const shortAbsence = 120_000

async function comeBack(after: number): Promise<void> {
  // what was written while the first were sent
  await sendQuietly()
  await fetchAnew()
  const device = openedDevice()
  if (device && after >= shortAbsence) await takeAgain(device).catch(() => undefined)
}

/** Away again, or access has ended: what waits is still there, and the next call tells. */
async function sendQuietly(): Promise<void> {
  if (openedDevice()) await sendNow().catch(() => undefined)
}

async function readAnew(): Promise<void> {
  const device = openedDevice()
  if (!device) return
  await device.reload()
  await fetchAnew()
}

async function eachMinute(shelf: Shelf, isAway: () => boolean): Promise<void> {
  const end = endsHere(useSession.getState())?.absolute
  // without a network nobody else says so
  if (end && end < now().getTime()) return sessionEnded()
  await sweepShelf(shelf, now(), openedDevice()?.vault.owner)
  await openedDevice()?.reload()
  if (!isAway()) await sendQuietly()
}
