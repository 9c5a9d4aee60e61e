import { describe, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { migrate } from '#server/migrate.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { bareDatabase, closeBareDatabases } from '#test-support/servers/bare-database.ts'
import { leaveBeforeOneRow } from '#test-support/worlds/before-one-row.ts'
import { foundBy, sumOf } from '#test-support/worlds/found-by.ts'

closeBareDatabases()

type Row = Readonly<{ content: string; person: string; org: string; ts: Date; vid: number }>

async function standing(sql: Sql): Promise<readonly Row[]> {
  const { rows } = await sql.query<Row>(
    `select content, coalesce(person, '') as person, coalesce(org, '') as org, ts, vid from resource
     where content is not null order by rid`,
  )
  return rows
}

/** What the version before found by the same searches in the same rows. */
const foundBefore = '70985604b25ca685'

describe.each(['pglite', 'postgres'] as const)('Searches after an upgrade (%s)', (kind) => {
  test('find what they found before, in the same order, for each reader', async () => {
    const sql = await bareDatabase(kind)
    await leaveBeforeOneRow(sql)
    await migrate(sql)
    const found = await foundBy(sql)
    expect(Object.keys(found).length).toBeGreaterThan(10_000)
    expect(sumOf(found)).toBe(foundBefore)
  }, 400_000)

  test.runIf(kind === 'postgres')(
    'find the same in records that are written today',
    async () => {
      const [old, sql] = [await bareDatabase(kind), await bareDatabase(kind)]
      await leaveBeforeOneRow(old)
      await migrate(sql)
      for (const { content, person, org, ts, vid } of await standing(old))
        await createStore(sql, { now: () => ts }).write({
          resource: storedRecord<ResourceWithId>(content),
          expect: 'absent',
          ...(person ? { person } : {}),
          ...(org ? { custodian: org } : {}),
          begins: vid,
        })
      const found = await foundBy(sql)
      expect(sumOf(found)).toBe(foundBefore)
    },
    400_000,
  )
})
