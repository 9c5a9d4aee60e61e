import { PGlite } from '@electric-sql/pglite'
import { afterAll } from 'vitest'
import { openPools, pgSql } from '#server/hosts/node/database/pg-sql.ts'
import { pgliteSql } from '#server/store/pglite/pglite-sql.ts'
import type { Sql } from '#server/store/sql.ts'
import { newDatabase } from './stores.ts'

const closing: (() => Promise<unknown>)[] = []

/** A database without tables, as an earlier version finds it; closed after the tests of the file. */
export async function bareDatabase(kind: 'pglite' | 'postgres'): Promise<Sql> {
  if (kind === 'pglite') {
    const database = await PGlite.create()
    closing.push(() => database.close())
    return pgliteSql(database)
  }
  const { url, drop } = await newDatabase('bare')
  const pools = openPools(url, 4)
  closing.push(drop, () => pools.end())
  return pgSql(pools.own, pools.readers)
}

/** To be called once in a file that opens them. */
export function closeBareDatabases(): void {
  afterAll(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })
}
