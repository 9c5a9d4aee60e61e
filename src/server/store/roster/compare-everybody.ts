import type { Clock } from '#domain/calendar/zone.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import { noteAlike } from './note-alike.ts'

const perSlice = 200

type Slice = Readonly<{
  isMore: boolean
  /** pairs that could not be compared, because a record cannot be read */
  unread: number
}>

/**
 * Compares the next few people who were here before with the others; how far it came is kept, so that it goes on after a
 * restart. Of several servers one does it at a time. Whose record cannot be read is left out, and stops nobody else.
 */
export async function compareNextSlice(sql: Sql, clock: Clock): Promise<Slice> {
  return await retryConflict(() =>
    sql.transaction(async (tx) => {
      const { rows } = await tx.query<{ after: string }>(
        'select after from alike_cursor for update skip locked',
      )
      const [cursor] = rows
      if (!cursor) return { isMore: false, unread: 0 }
      const { rows: next } = await tx.query<{ person: string }>(
        `select person from person_row where person > $1 order by person limit ${perSlice}`,
        [cursor.after],
      )
      const persons = next.map(({ person }) => person)
      const unread = await noteAlike(tx, persons, clock)
      const last = persons.at(-1)
      if (persons.length < perSlice || !last) await tx.query('delete from alike_cursor')
      else await tx.query('update alike_cursor set after = $1', [last])
      return { isMore: persons.length === perSlice, unread }
    }, 'upkeep'),
  )
}

/** After a restore, which writes past the store. */
export async function compareEverybodyAgain(sql: Sql): Promise<void> {
  await sql.script(
    "delete from alike_cursor; insert into alike_cursor (after) select '' where exists (select 1 from person_row)",
  )
}

type Options = Readonly<{
  clock: () => Clock
  /** milliseconds from one slice to the next */
  pause: number
  /** milliseconds until it looks again whether there is something to compare */
  rest: number
  onFailure?: (cause: unknown) => void
  /** so many pairs were left out, because a record cannot be read */
  onUnread?: (pairs: number) => void
}>

/** Compares everybody for as long as the host runs, a slice at a time; returns how to stop. */
export function startComparing(
  sql: Sql,
  { clock, pause, rest, onFailure, onUnread }: Options,
): () => Promise<void> {
  let isStopped = false
  let running: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  const turn = async () => {
    let isMore = false
    try {
      const slice = await compareNextSlice(sql, clock())
      isMore = slice.isMore
      if (slice.unread > 0) onUnread?.(slice.unread)
    } catch (cause) {
      onFailure?.(cause)
    }
    if (!isStopped) timer = setTimeout(next, isMore ? pause : rest)
  }
  const next = () => {
    running = turn()
  }
  timer = setTimeout(next, pause)
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await running
  }
}
