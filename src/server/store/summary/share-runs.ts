import type { Sql } from '#server/store/sql.ts'

/** Long work on a database; true once all of it is done. */
type Run = () => Promise<boolean>

/**
 * Of many who ask for the same long work at once, one does it in each process, and holds a connection. The others wait for
 * it as long as they may (`within` milliseconds); who may wait longer than it went on does the rest.
 */
export function shareRuns(): (sql: Sql, within: number, run: Run) => Promise<boolean> {
  const running = new WeakMap<Sql, Promise<boolean>>()
  return async (sql, within, run) => {
    const end = performance.now() + within
    for (let other = running.get(sql); other; other = running.get(sql)) {
      if (await orUntil(end, other)) return true
      if (performance.now() >= end) return false
    }
    const mine = run().finally(() => running.delete(sql))
    running.set(sql, mine)
    return await mine
  }
}

async function orUntil(end: number, work: Promise<boolean>): Promise<boolean> {
  if (end === Number.POSITIVE_INFINITY) return await work
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), end - performance.now())
  })
  return await Promise.race([work, over]).finally(() => clearTimeout(timer))
}
