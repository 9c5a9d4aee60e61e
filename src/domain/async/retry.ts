type HowOften<T> = Readonly<{
  most: number
  isWorthRetrying?: (error: unknown) => boolean
  /** false: this is not the final result yet */
  isDone?: (result: T) => boolean
  pauseMs?: (attempt: number) => number
}>

/**
 * Runs a task again if it failed for a temporary reason or is not done yet, at most `most` times in all; the task gets
 * the number of the attempt (1 is the first). The last error or result goes to the caller, and any other error at
 * once. `pauseMs`: how long to wait before the attempt after this one.
 */
export async function retry<T>(
  task: (attempt: number) => Promise<T>,
  { most, isWorthRetrying = () => false, isDone = () => true, pauseMs = () => 0 }: HowOften<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= most
    // an error that is thrown at once counts as well
    const tried = await (async () => await task(attempt))().then(
      (result) => ({ result, isOver: isLast || isDone(result) }),
      (error: unknown) => {
        if (isLast || !isWorthRetrying(error)) throw error
      },
    )
    if (tried?.isOver) return tried.result
    const pause = pauseMs(attempt)
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
