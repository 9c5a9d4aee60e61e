import { randomBytes } from 'node:crypto'
import { afterAll, describe, inject } from 'vitest'
import { openPool, openPools, pgSql } from '#server/hosts/node/database/pg-sql.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { testNow } from '#test-support/clock.ts'
import { empty, openPglite } from './pglite.ts'
import { databaseUrl } from './postgres.ts'

export type Opened = Readonly<{ sql: Sql; store: Store }>

/**
 * The suite twice: over PGlite and over a real PostgreSQL. `open()` empties the migrated database and returns it; one
 * database serves all tests of a file, so they must not overlap.
 */
export function eachStore(
  name: string,
  suite: (
    open: (options?: { now?: () => Date }) => Promise<Opened>,
    kind: 'pglite' | 'postgres',
  ) => void,
): void {
  for (const kind of ['pglite', 'postgres'] as const)
    describe(`${name} (${kind})`, () => {
      let database: Promise<{ sql: Sql; close: () => Promise<void> }> | undefined
      afterAll(async () => (await database)?.close())
      suite(async ({ now = () => testNow } = {}) => {
        database ??= kind === 'pglite' ? openPglite() : openPostgres()
        const { sql } = await database
        await empty(sql)
        return { sql, store: createStore(sql, { now }) }
      }, kind)
    })
}

/** A separate database on the real PostgreSQL with 32 connections, for suites that would prove nothing elsewhere. */
export async function openPostgres(): Promise<{
  sql: Sql
  /** address for other processes */
  url: string
  close: () => Promise<void>
}> {
  const { url, drop } = await newDatabase()
  const pools = openPools(url, 32)
  return {
    sql: pgSql(pools.own, pools.readers),
    url,
    async close() {
      await pools.end()
      await drop()
    },
  }
}

/**
 * A separate database on the real PostgreSQL, migrated unless it is to be `bare`, for tests that open it more than
 * once.
 */
export async function newDatabase(
  how: 'migrated' | 'bare' = 'migrated',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const { url, template } = inject('postgres')
  const name = `gable_test_${randomBytes(6).toString('hex')}`
  const from = how === 'migrated' ? ` template ${template}` : ''
  const admin = openPool(url, 1)
  await clone(() => admin.query(`create database ${name}${from}`))
  return {
    url: databaseUrl(url, name),
    async drop() {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

/** Two files cannot clone the template at the same moment: the later one waits a little. */
async function clone(create: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++)
    try {
      await create()
      return
    } catch (error) {
      if (attempt > 500) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
}
