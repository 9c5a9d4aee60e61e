import type { Sql } from '#server/store/sql.ts'
import { extendHashChain } from './hash-chain.ts'
import type { Head } from './verify-hash-chain.ts'

type Options = Readonly<{
  now?: () => Date
  /** milliseconds between two checks for entries to close in a block */
  every: number
  /**
   * called with the latest block at the start, whenever one was closed, and at the end: noted elsewhere, it proves
   * what was here
   */
  onHead?: (head: Head) => Promise<void> | void
  onFailure?: (cause: unknown) => void
}>

/** Closes the audit log in blocks for as long as the host runs; returns how to stop, which closes once more. */
export function startHashChainJob(sql: Sql, options: Options): () => Promise<void> {
  const { now = () => new Date(), every, onHead, onFailure } = options
  let running: Promise<void> = Promise.resolve()
  let isTold = false
  const tellHead = async () => {
    const head = onHead && (await newestBlock(sql))
    if (head) await onHead(head)
    isTold = true
  }
  const once = async () => {
    const sealed = await extendHashChain(sql, now)
    if (sealed > 0 || !isTold) await tellHead()
  }
  let busy = false
  const turn = () => {
    if (busy) return
    busy = true
    running = once()
      .catch((cause: unknown) => onFailure?.(cause))
      .finally(() => {
        busy = false
      })
  }
  turn()
  const clock = setInterval(turn, every)
  return async () => {
    clearInterval(clock)
    await running
    await once()
      .then(tellHead)
      .catch((cause: unknown) => onFailure?.(cause))
  }
}

async function newestBlock(sql: Sql): Promise<Head | undefined> {
  const { rows } = await sql.query<Head>(
    'select number, hash from trail.block order by number desc limit 1',
  )
  return rows[0] && { number: Number(rows[0].number), hash: rows[0].hash }
}
