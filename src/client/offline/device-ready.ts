import { inSerialQueue } from './serial-queue.ts'

const next = inSerialQueue()
let ready: Promise<void> = Promise.resolve()

/** Settles when what the one who is signed in keeps on this device can be read; at once in the embedded app. */
export const deviceReady = (): Promise<void> => ready

/** Opens or locks the device, after what is being done to it. Pages wait for it: nothing goes over the network here. */
export function nextOnDevice(work: () => Promise<void>): void {
  ready = next(work).catch(() => undefined)
}
