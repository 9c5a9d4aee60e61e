import { now } from '#data/clock.ts'
import { restoreSession, sessionEnded, useSession } from '#data/session/session.ts'
import { queryClient } from '#data/wire/query-client.ts'
import { standInWith } from '#data/wire/stand-in.ts'
import { keepTextIn } from '#data/writing/kept-text.ts'
import { isStaff } from '#domain/access/actor.ts'
import { openDevice } from './device.ts'
import { deviceStandIn } from './device-stand-in.ts'
import { watchNetwork } from './network.ts'
import { actOn, openedDevice, sendNow, showDevice, takeWithMe, useOnDevice } from './on-device.ts'
import { deviceReady, nextOnDevice } from './ready.ts'
import { sealedText } from './sealed-text.ts'
import { browserShelf, type Shelf } from './shelf.ts'
import { sweepShelf } from './vault.ts'

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
  const network = watchNetwork({ onReturn: comeBack })
  const { isAway, goAway } = network
  standInWith(deviceStandIn({ device: openedDevice, isAway, onLoss: goAway }))
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
  const { actor, deviceKey, ends } = session
  if (deviceKey === openKey) return
  await lock()
  if (!actor || !deviceKey) return
  const onChange = (here: boolean) => {
    const shown = openedDevice()
    if (shown) showDevice(shown)
    if (shown && here) others.postMessage('changed')
  }
  const until = untilTonight(ends?.absolute)
  const device = await openDevice({ deviceKey, shelf, until, now, onChange })
  await text.openWith(device.vault)
  openKey = deviceKey
  if (!isStaff(actor)) return
  actOn(device)
  // what waited through the end of a session goes with the next one
  if (!useOnDevice.getState().isAway) void sendNow().catch(() => undefined)
}

/** What was taken along goes with the session. What waits to be sent, and what was typed, stays sealed for its writer. */
async function lock(): Promise<void> {
  const device = openedDevice()
  actOn(undefined)
  openKey = undefined
  await text.openWith(undefined)
  await device?.vault.wipe(['along'])
}

function untilTonight(end: string | undefined): string {
  const night = new Date(now().setHours(24, 0, 0, 0)).toISOString()
  return end && end < night ? end : night
}

async function comeBack(): Promise<void> {
  await restoreSession()
  await deviceReady()
  if (openedDevice()) await bringUpToDate()
  await queryClient.invalidateQueries()
}

/** Sends what waits, then fetches anew whoever is along: what others wrote meanwhile. */
async function bringUpToDate(): Promise<void> {
  try {
    await sendNow()
    const people = openedDevice()
      ?.people()
      .map((person) => person.id)
    if (people && people.length > 0) await takeWithMe(people)
  } catch {
    // away again, or access has ended: what waits is still there, and the next call tells
  }
}

async function readAnew(): Promise<void> {
  const device = openedDevice()
  if (!device) return
  await device.reload()
  await queryClient.invalidateQueries()
}

async function eachMinute(shelf: Shelf, isAway: () => boolean): Promise<void> {
  const end = useSession.getState().ends?.absolute
  // without a network nobody else says so
  if (end && end < now().toISOString()) return sessionEnded()
  await sweepShelf(shelf, now())
  await openedDevice()?.reload()
  if (openedDevice() && !isAway()) await sendNow().catch(() => undefined)
}
