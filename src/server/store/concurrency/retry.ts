const mostAttempts = 8

/** Repeats the work once more if the database cancelled it in favour of concurrent work. */
export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work()
    } catch (error) {
      if (attempt >= mostAttempts || !isWorthRetrying(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
    }
}

/** Serialisation failure or deadlock: nothing was wrong with the work itself. */
export function isWorthRetrying(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code
  return code === '40001' || code === '40P01'
}
