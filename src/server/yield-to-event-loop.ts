/** How long one piece of work may hold the thread before other calls get their turn, in milliseconds. */
const longestHold = 8

/** For long work on one thread: await the answer now and then, and other calls come in between. */
export function yieldToEventLoop(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < longestHold) return
    await new Promise((resolve) => setTimeout(resolve))
    since = performance.now()
  }
}
