import { expect } from 'vitest'
import { extendHashChain } from '#server/audit/hash-chain.ts'
import type { Sql } from '#server/store/sql.ts'

/**
 * Closes everything written so far into blocks, and returns how many entries that were. The sealer waits for every
 * transaction of the cluster, and other test files have open ones: this waits for them first.
 */
export async function sealAll(sql: Sql, now: () => Date): Promise<number> {
  await allDone(sql)
  return await extendHashChain(sql, now)
}

/** Waits until every transaction of the cluster that is open now has ended. */
export async function allDone(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ mark: string }>('select pg_current_xact_id()::text as mark')
  const isPast = async () => {
    const question = 'select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as past'
    return (await sql.query<{ past: boolean }>(question, [rows[0]?.mark])).rows[0]?.past
  }
  await expect.poll(isPast, { timeout: 60_000, interval: 5 }).toBe(true)
}
