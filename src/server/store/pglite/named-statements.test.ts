import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sql } from '#server/store/sql.ts'
import { pgliteSql } from './pglite-sql.ts'

let pglite: PGlite
let sql: Sql
beforeAll(async () => {
  pglite = await PGlite.create()
  sql = pgliteSql(pglite)
  await sql.script('create table word (id int primary key, text text)')
})
afterAll(async () => await pglite.close())

const within = async (text: string, params?: readonly unknown[]) =>
  await sql.transaction(async (tx) => await tx.query(text, params))

test.each([
  ['select $1::int + 1 as a, $2::text as b, $3::text as c', [1, 'ä\n\'"', null]],
  [
    'select $1::text[] as a, $2::bigint[] as b',
    [
      ['x', 'y,z', 'q"'],
      [1, 2],
    ],
  ],
  [
    'select $1::timestamptz as a, $2::date as b, $3::boolean as c',
    [new Date(0), '2026-03-02', true],
  ],
  ['select $1::bigint as a, 9007199254740993::bigint as b, 1.50::numeric as c', ['12']],
  ['select 1 as a where false', []],
] as const)('%s gives the same answer prepared as unprepared', async (text, params) => {
  const asked = await sql.query(text, params)
  for (const _ of Array.from({ length: 7 })) expect(await within(text, params)).toEqual(asked)
})

test('JSON keeps its digits, and written rows are counted', async () => {
  const { rows } = await within(`select '{"a": 1.50}'::jsonb as a, '[2.0]'::json as b`)
  expect(JSON.stringify(rows)).toBe(
    JSON.stringify((await sql.query(`select '{"a": 1.50}'::jsonb as a, '[2.0]'::json as b`)).rows),
  )
  const written = await within(`insert into word values (1, 'one'), (2, 'two')`)
  expect(written.changed).toBe(2)
  expect((await within('update word set text = $1 where id = $2', ['uno', 1])).changed).toBe(1)
})

test('a failing statement ends its transaction with the database’s error, and no other transaction', async () => {
  const twice = `insert into word values (3, 'three')`
  await within(twice)
  for (const text of [twice, 'select nonsense from word', 'selekt 1', 'select 1 / 0'])
    await expect(within(text)).rejects.toMatchObject({
      code: expect.stringMatching(/^[0-9A-Z]{5}$/),
    })
  await expect(
    sql.transaction(async (tx) => {
      await tx.query(twice).catch(() => undefined)
      await tx.query('select text from word where id = 3')
    }),
  ).rejects.toMatchObject({ code: '25P02' })
  const { rows } = await within('select text from word where id = 3')
  expect(rows).toEqual([{ text: 'three' }])
})

test('queries beyond the cache limit and tables changed by a script give current answers', async () => {
  const all = 'select * from word where id = 1'
  expect((await within(all)).rows).toEqual([{ id: 1, text: 'uno' }])
  for (let at = 0; at < 250; at++)
    expect((await within(`select ${at} as at`)).rows).toEqual([{ at }])
  await sql.script('alter table word add column more int default 7')
  expect((await within(all)).rows).toEqual([{ id: 1, text: 'uno', more: 7 }])
  const { rows } = await within('select count(*)::int as kept from pg_prepared_statements')
  expect(rows).toEqual([{ kept: expect.any(Number) }])
  expect((rows[0] as { kept: number }).kept).toBeLessThanOrEqual(101)
})

test('a transaction that has ended answers no more queries', async () => {
  let late: Sql | undefined
  await sql.transaction(async (tx) => {
    late = tx
  })
  await expect(late?.query('select 1')).rejects.toThrow('closed')
})
