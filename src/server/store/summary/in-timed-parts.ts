import type { Sql } from '#server/store/sql.ts'
import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'

/** A part may take so many milliseconds: where the database works in the thread that answers, everybody waits for it. */
const longest = { inThread: 30, beside: 200 } as const
const sizes = { first: 60, least: 20, most: 500 } as const

type Parts = Readonly<{
  /** does the next `size`, and says whether there is more */
  part: (size: number) => Promise<boolean>
  /** milliseconds after which no other part begins */
  within?: number | undefined
}>

/**
 * Does long work in parts, each as large as the one before says that it may be, and lets everything else run between
 * them. True once all of it is done.
 */
export async function inTimedParts(
  { sharesThread }: Pick<Sql, 'sharesThread'>,
  { part, within = Number.POSITIVE_INFINITY }: Parts,
): Promise<boolean> {
  const most = sharesThread ? longest.inThread : longest.beside
  const breathe = yieldToEventLoop()
  const began = performance.now()
  for (let size: number = sizes.first; ; ) {
    const start = performance.now()
    if (!(await part(size))) return true
    const end = performance.now()
    if (end - began >= within) return false
    size = nextSize(size, { took: end - start, most })
    await breathe()
  }
}

/** At most twice as many as before: one quick part may have been luck. */
export function nextSize(
  size: number,
  { took, most }: Readonly<{ took: number; most: number }>,
): number {
  const fitting = Math.round((size * most) / Math.max(took, 1))
  return Math.min(Math.max(fitting, sizes.least), size * 2, sizes.most)
}
