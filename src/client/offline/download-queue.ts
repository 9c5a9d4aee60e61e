import { inSerialQueue } from './serial-queue.ts'

const next = inSerialQueue()
let left = 0
let through = 0

/**
 * Fetches something for the device, after what is being fetched for it: a record that was changed while the whole was on
 * its way is read after that. It may take minutes over a thin line: nothing that a page waits for comes here.
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

/** Says later whether anything was on its way since now: it may be older than what was done meanwhile. */
export function watchDownloadQueue(): () => boolean {
  const before = through
  return () => left > 0 || through > before
}
