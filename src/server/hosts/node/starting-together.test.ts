import { afterEach, expect, test } from 'vitest'
import { migrate } from '#server/migrate.ts'
import { newDatabase } from '#test-support/servers/stores.ts'
import { openPool, pgSql } from './database/pg-sql.ts'
import { seedDemoIfEmpty } from './seed-demo.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

test('four servers that start together on an empty database set it up once', async () => {
  const { url, drop } = await newDatabase('bare')
  closing.push(drop)
  const start = async () => {
    const pool = openPool(url, 3)
    closing.push(() => pool.end())
    const sql = pgSql(pool)
    await migrate(sql)
    let loaded = 0
    await seedDemoIfEmpty(sql, { people: 5, zone: 'Europe/London' }, (written) => {
      loaded = written
    })
    return { sql, loaded }
  }
  const all = await Promise.all([start(), start(), start(), start()])
  expect(all.filter((each) => each.loaded > 0)).toHaveLength(1)
  // Grace’s plan has a history, once
  const { rows } = await all[0].sql.query<{ most: number; other: number }>(
    `select max(vid) filter (where rt = 'CarePlan') as most, max(vid) filter (where rt = 'Patient') as other from resource`,
  )
  expect(rows).toEqual([{ most: 5, other: 1 }])
})
