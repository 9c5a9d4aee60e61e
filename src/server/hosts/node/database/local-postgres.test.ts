import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrate } from '#server/migrate.ts'
import { openLocalPostgres } from './local-postgres.ts'
import { openPools, pgSql } from './pg-sql.ts'

test('the bundled PostgreSQL is used without superuser rights, and keeps its data', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gable-own-'))
  const opened = async <T>(work: (sql: ReturnType<typeof pgSql>) => Promise<T>): Promise<T> => {
    const server = await openLocalPostgres(folder)
    const pools = openPools(server.url, 2)
    try {
      return await work(pgSql(pools.own, pools.readers))
    } finally {
      await pools.end()
      await server.stop()
    }
  }
  try {
    const facts = await opened(async (sql) => {
      await migrate(sql)
      await sql.query(`insert into secret (name, value) values ('kept', 'yes')`)
      const { rows } = await sql.query(`select
        (select rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = current_user) as mighty,
        (select proleakproof from pg_proc where oid = 'pg_catalog.textlike'::regproc) as leakproof`)
      return rows
    })
    expect(facts).toEqual([{ mighty: false, leakproof: true }])
    const kept = await opened(
      async (sql) => (await sql.query(`select value from secret where name = 'kept'`)).rows,
    )
    expect(kept).toEqual([{ value: 'yes' }])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
