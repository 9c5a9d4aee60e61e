/**
 * Runs a task again if it failed for a temporary reason, at most `most` times in all; the last error goes to the
 * caller, and any other error at once. `pauseMs`: how long to wait before the attempt after this one (1 is the first).
 */
export async function retry<T>(
  task: () => Promise<T>,
  {
    most,
    isWorthRetrying,
    pauseMs = () => 0,
  }: Readonly<{
    most: number
    isWorthRetrying: (error: unknown) => boolean
    pauseMs?: (attempt: number) => number
  }>,
): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await task()
    } catch (error) {
      if (attempt >= most || !isWorthRetrying(error)) throw error
      const pause = pauseMs(attempt)
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
    }
}
