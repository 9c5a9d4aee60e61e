/** Progress of long work, and how to cancel it. */
export type CancellableProgress<Progress> = Readonly<{
  onProgress?: (progress: Progress) => void
  stop?: AbortSignal
}>

/** Cancelled by the user: nothing was changed. */
export class CancelledError extends Error {
  override name = 'Stopped'
}
