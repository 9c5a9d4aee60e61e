import { serialQueue } from '#domain/async/serial-queue.ts'

const next = serialQueue()
let left = 0
let through = 0

/**
 * Downloads something after what is being downloaded now: a record that changed while the whole was on its way is read
 * after that. It may take minutes on a slow connection: nothing that a page waits for belongs here.
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

/** Tells later whether anything was in flight since now: it may be older than what was done meanwhile. */
export function watchDownloadQueue(): () => boolean {
  const before = through
  return () => left > 0 || through > before
}
