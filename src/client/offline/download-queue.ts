import { serialQueue } from '#domain/async/serial-queue.ts'

const next = serialQueue()
let left = 0
let through = 0

/**
 * Downloads something after what is being downloaded now: a record that changed during a download is read after it. It
 * may take minutes on a slow connection: nothing that a page waits for belongs here.
 */
export async function inDownloadQueue<T>(work: () => Promise<T>): Promise<T> {
  left += 1
  try {
    return await next(work)
  } finally {
    left -= 1
    through += 1
  }
}

/** Shows later whether a download was running since now: its result may be older than what was done meanwhile. */
export function watchDownloadQueue(): () => boolean {
  const before = through
  return () => left > 0 || through > before
}
