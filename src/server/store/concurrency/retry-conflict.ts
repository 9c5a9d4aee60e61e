import { retry } from '#domain/async/retry.ts'

/** Runs the work again when the database gave it up in favour of other work at the same time. */
export async function retryConflict<T>(work: () => Promise<T>): Promise<T> {
  const pauseMs = (attempt: number) => Math.random() * 20 * attempt
  return await retry(work, { most: 8, isWorthRetrying: isConflict, pauseMs })
}

/** Serialisation failure or deadlock: nothing was wrong with the work itself. */
export function isConflict(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code
  return code === '40001' || code === '40P01'
}
