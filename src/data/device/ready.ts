let ready: Promise<void> = Promise.resolve()

/** Settles when what the one who is signed in keeps on this device can be read; at once in the embedded app. */
export const deviceReady = (): Promise<void> => ready

/** Does the next thing to the device, after what is being done to it. */
export function nextOnDevice(work: () => Promise<void>): void {
  ready = ready.then(work).catch(() => undefined)
}
