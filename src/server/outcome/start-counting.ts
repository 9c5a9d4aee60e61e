import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import { builtInVersion } from '#domain/outcome/built-in-measures.ts'
import { lastWholeMonth } from '#domain/outcome/months.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import { countMonth } from './count-month.ts'
import { noteDueMonths, takeDueMonths } from './due-months.ts'
import { keepMeasureRun } from './measure-runs.ts'

/** Any number: only one counts at a time, of all servers. */
const lock = 7_128_471
/** So many months in one transaction: each is a statement of some milliseconds. */
const perSlice = 3

/** Counts the next few months that changed records touch. True if there are more. */
export async function countNextMonths(sql: Sql, clock: Clock, settled?: number): Promise<boolean> {
  return await retryConflict(() =>
    sql.transaction(async (tx) => {
      const { rows } = await tx.query<{ free: boolean }>(
        'select pg_try_advisory_xact_lock($1) as free',
        [lock],
      )
      if (!rows[0]?.free) return false
      const isMore = await noteDueMonths(tx, clock, settled)
      const last = lastWholeMonth(dayIn(clock.zone, clock.now))
      const due = await takeDueMonths(tx, { most: perSlice, last })
      for (const each of due) {
        const start = performance.now()
        const people = await countMonth(tx, each, clock.zone)
        await keepMeasureRun(tx, {
          ...{ id: crypto.randomUUID(), at: clock.now, organisation: each.organisation },
          ...{ measure: 'built-in', version: builtInVersion, from: each.month, to: each.month },
          ...{ months: 1, people, tookMs: Math.round(performance.now() - start) },
          ...{ reason: 'records-changed', by: 'Gable' },
        })
      }
      return isMore || due.length === perSlice
    }, 'upkeep'),
  )
}

type Options = Readonly<{
  clock: () => Clock
  /** milliseconds from one slice to the next */
  pause: number
  /** milliseconds until it looks again whether something changed */
  rest: number
  onFailure?: (cause: unknown) => void
}>

/** Keeps the results of measures up to date for as long as the host runs, a slice at a time; returns how to stop. */
export function startCounting(
  sql: Sql,
  { clock, pause, rest, onFailure }: Options,
): () => Promise<void> {
  let isStopped = false
  let running: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  const turn = async () => {
    const isMore = await countNextMonths(sql, clock()).catch((cause: unknown) => {
      onFailure?.(cause)
      return false
    })
    if (!isStopped) timer = setTimeout(next, isMore ? pause : rest)
  }
  const next = () => {
    running = turn()
  }
  timer = setTimeout(next, rest)
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await running
  }
}
