import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'

/** A part may take so many milliseconds: in a browser the database and all requests share a thread. */
const longest = 30
const sizes = { first: 60, least: 20, most: 500 } as const

type Parts = Readonly<{
  /** does the next `size`, and says whether there is more */
  part: (size: number) => Promise<boolean>
  /** milliseconds after which no other part begins */
  within?: number
}>

/**
 * Does long work in parts, each as large as the one before says that it may be, and lets everything else run between
 * them. True once all of it is done.
 */
export async function inTimedParts({
  part,
  within = Number.POSITIVE_INFINITY,
}: Parts): Promise<boolean> {
  const breathe = yieldToEventLoop()
  const began = performance.now()
  for (let size: number = sizes.first; ; ) {
    const start = performance.now()
    if (!(await part(size))) return true
    const end = performance.now()
    if (end - began >= within) return false
    size = nextSize(size, end - start)
    await breathe()
  }
}

/** At most twice as many as before: one quick part may have been luck. */
export function nextSize(size: number, took: number): number {
  const fitting = Math.round((size * longest) / Math.max(took, 1))
  return Math.min(Math.max(fitting, sizes.least), size * 2, sizes.most)
}
