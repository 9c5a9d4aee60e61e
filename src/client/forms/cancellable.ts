/** How far long work is, and how to end it before its end. */
export type CancellableProgress<Progress> = Readonly<{
  onProgress?: (progress: Progress) => void
  stop?: AbortSignal
}>

/** It was ended by the one who began it: nothing was changed. */
export class CancelledError extends Error {
  override name = 'Stopped'
}
