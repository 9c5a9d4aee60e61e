/** How long one task may hold the thread before other requests get their turn, in milliseconds. */
const longestHold = 8

/** For long work on one thread: await the result from time to time, and other requests come in between. */
export function yieldToEventLoop(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < longestHold) return
    await new Promise((resolve) => setTimeout(resolve))
    since = performance.now()
  }
}
