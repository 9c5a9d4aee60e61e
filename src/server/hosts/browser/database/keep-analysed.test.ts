import { expect, onTestFinished, test, vi } from 'vitest'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { openPglite } from '#test-support/servers/pglite.ts'
import { keepAnalysed } from './keep-analysed.ts'

async function opened() {
  const { sql, close } = await openPglite()
  onTestFinished(close)
  // growth is measured in pages, so no free space of records deleted by another test may be left
  await sql.query('truncate resource')
  const store = createStore(sql)
  const addPatients = async (name: string, count: number) => {
    await store.writeMany(
      Array.from({ length: count }, (_, at) => ({
        resource: { resourceType: 'Patient', id: `${name}-${at}`, name: [{ family: 'Hill' }] },
        expect: 'anything',
      })),
    )
  }
  return { sql, addPatients }
}

/** The number of records in PostgreSQL’s statistics; −1 if it has never counted them. */
async function counted(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select reltuples::integer as count from pg_class where oid = 'resource'::regclass`,
  )
  return rows[0]?.count ?? Number.NaN
}

test('the database is analysed after large imports and not after small changes', async () => {
  const { sql, addPatients } = await opened()
  let counts = 0
  const watched: Sql = {
    ...sql,
    transaction: (work, kind) =>
      sql.transaction(
        (tx) =>
          work({
            ...tx,
            query: (text, params) => {
              if (text.startsWith('analyze')) counts += 1
              return tx.query(text, params)
            },
          }),
        kind,
      ),
  }
  onTestFinished(keepAnalysed(watched, 20))
  await addPatients('first', 2_000)
  await vi.waitFor(async () => expect(await counted(sql)).toBe(2_000), 5_000)
  const before = counts
  await addPatients('few', 50)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(counts).toBe(before)
  await addPatients('many', 3_000)
  await vi.waitFor(async () => expect(await counted(sql)).toBe(5_050), 5_000)
})

test('an analysis that fails is tried again, and none runs after the end', async () => {
  const { sql, addPatients } = await opened()
  let looks = 0
  const failing: Sql = {
    ...sql,
    transaction: async (work, kind) => {
      looks += 1
      if (looks < 3) throw new Error('The device is full')
      return await sql.transaction(work, kind)
    },
  }
  const end = keepAnalysed(failing, 10)
  await addPatients('some', 2_000)
  await vi.waitFor(async () => expect(await counted(sql)).toBe(2_000), 5_000)
  end()
  await new Promise((resolve) => setTimeout(resolve, 50))
  const last = looks
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(looks).toBe(last)
})

test('the room of counts that were added up and of days that have passed is free again', async () => {
  const { sql } = await opened()
  await sql.query(
    `insert into person_due select 'p' || n, date '2000-01-01' from generate_series(1, 10000) n`,
  )
  await sql.query(`delete from person_due`)
  await sql.query(
    `insert into list_count_change select '*', 'l' || n, '', '', false, '', '', false, false, false, false, false, false, 1
     from generate_series(1, 10000) n`,
  )
  await sql.query('insert into list_count select * from list_count_change on conflict do nothing')
  await sql.query('delete from list_count_change')
  await sql.query('delete from list_count')
  const pages = async () => {
    const { rows } = await sql.query<{ due: number; changes: number; sums: number }>(
      `select pg_relation_size('person_due')::int as due, pg_relation_size('list_count_change')::int as changes,
         pg_relation_size('list_count')::int as sums`,
    )
    return rows[0]
  }
  expect((await pages())?.due).toBeGreaterThan(200_000)
  expect((await pages())?.sums).toBeGreaterThan(200_000)
  onTestFinished(keepAnalysed(sql, 20))
  await vi.waitFor(
    async () => expect(await pages()).toEqual({ due: 0, changes: 0, sums: 0 }),
    5_000,
  )
})
