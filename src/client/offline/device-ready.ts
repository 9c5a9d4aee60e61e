import { serialQueue } from '#domain/async/serial-queue.ts'

const next = serialQueue()
let ready: Promise<void> = Promise.resolve()

/** Resolves when the signed-in user's data on this device can be read; at once in the embedded app. */
export const deviceReady = (): Promise<void> => ready

/** Opens or locks the device, after work in progress on it. Pages wait for it: nothing in it may use the network. */
export function nextOnDevice(work: () => Promise<void>): void {
  ready = next(work).catch(() => undefined)
}
