import { create } from 'zustand'
import { noteChange } from '#client/fhir/change-events.ts'
import { referenceOf, type WaitingSave, withDependants } from '#domain/sync/queued-save.ts'
import { type Chosen, settled } from '#domain/sync/rebase.ts'
import { errandsFromNow } from './download-queue.ts'
import { freshen, leaveBehind, takeAlong } from './download-records.ts'
import type { Along, Device } from './offline-store.ts'
import { sendWaiting } from './sync-queue.ts'

export type OnDevice = Readonly<{
  /** no network: the device answers */
  isAway: boolean
  /** whose records are along, in the order they were taken */
  people: readonly Readonly<
    Pick<Along, 'id' | 'family' | 'given' | 'takenAt'> & { until: string }
  >[]
  waiting: readonly WaitingSave[]
  isSending: boolean
  /** something can be kept here at all: a team build, with a member of staff signed in */
  isOpen: boolean
}>

const nothing: OnDevice = {
  isAway: false,
  people: [],
  waiting: [],
  isSending: false,
  isOpen: false,
}

/** What a team's nurse has with her on this device; nothing in the embedded app, where everything is. */
export const useOnDevice = create<OnDevice>(() => nothing)

/** Whether people can be taken along on this device by whoever is signed in. */
export const useDeviceOpen = () => useOnDevice((all) => all.isOpen)

let open: Device | undefined

export const openedDevice = () => open

/** From now on this is the device that the acts below speak of; undefined: it is locked. */
export function actOn(device: Device | undefined): void {
  open = device
  if (device) showDevice(device)
  else useOnDevice.setState({ people: [], waiting: [], isSending: false, isOpen: false })
}

/** Tells the screens what is on the device now. */
export function showDevice(device: Device): void {
  useOnDevice.setState({
    isOpen: true,
    people: device.people().map(({ id, family, given, takenAt }) => ({
      ...{ id, family, given, takenAt, until: device.until(takenAt) },
    })),
    waiting: device.waiting(),
  })
}

function mustBeOpen(): Device {
  if (!open) throw new Error('Nothing is stored on this device for the person who is signed in')
  return open
}

/** Takes the records of these people along, as `takeAlong` does. */
export async function takeWithMe(people: readonly string[]): Promise<void> {
  await takeAlong(mustBeOpen(), people)
}

export async function leavePerson(person: string): Promise<void> {
  await leaveBehind(mustBeOpen(), person)
}

/** Sends what waits, and has the screens read anew what that changed. */
export async function sendNow(): Promise<void> {
  const device = mustBeOpen()
  // what is sent is not there to be asked afterwards
  const kinds = kindsIn(device.waiting())
  if (kinds.length === 0) return
  useOnDevice.setState({ isSending: true })
  const before = device.waiting()
  const wereErrands = errandsFromNow()
  try {
    await sendWaiting(device)
  } finally {
    useOnDevice.setState({ isSending: false })
  }
  // what was being fetched may be from before it
  if (wereErrands()) freshen(device, sentOf(device, before), 'mine').catch(() => undefined)
  await noteChange(kinds)
}

function sentOf(device: Device, before: readonly WaitingSave[]): readonly string[] {
  const left = new Set(device.waiting().map((each) => each.id))
  const sent = before.filter((each) => !left.has(each.id))
  return sent.flatMap((save) => save.records.map(({ mine }) => referenceOf(mine)))
}

const kindsIn = (saves: readonly WaitingSave[]) => [
  ...new Set(saves.flatMap((save) => save.records.map((each) => each.mine.resourceType))),
]

/** Throws a save away that was never sent, with those that build on it. What it said is gone. */
export async function discardWaiting(save: WaitingSave): Promise<void> {
  const device = mustBeOpen()
  await device.alone('send', async () => {
    await device.reload()
    const gone = withDependants(save, device.waiting())
    await device.dropWaiting(gone.map((each) => each.id))
    await noteChange(kindsIn(gone))
  })
}

/** Throws away everything that was never sent. */
export async function discardAll(): Promise<void> {
  const device = mustBeOpen()
  await device.alone('send', async () => {
    await device.reload()
    await device.dropWaiting(device.waiting().map((each) => each.id))
  })
}

/** Chooses what shall stand where two people changed the same words, and sends it. */
export async function chooseFor(save: WaitingSave, chosen: Chosen): Promise<void> {
  await mustBeOpen().keepWaiting(settled(save, chosen))
  await sendNow()
}

/** Sends once more what was refused. */
export async function tryAgain({ trouble: _trouble, ...save }: WaitingSave): Promise<void> {
  await mustBeOpen().keepWaiting(save)
  await sendNow()
}
