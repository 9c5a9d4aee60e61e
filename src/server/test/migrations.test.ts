import { describe, expect, test } from 'vitest'
import { migrate, migrations } from '#server/migrate.ts'
import type { Sql } from '#server/store/sql.ts'
import { bareDatabase, closeBareDatabases } from '#test-support/servers/bare-database.ts'

closeBareDatabases()

test('each migration has a number of its own, in order and without gaps', () => {
  const numbers = migrations.map(({ name }) => Number(name.split('-')[0]))
  expect(numbers).toEqual(migrations.map((_, at) => at + 1))
})

/** As the version before the last migration left it. */
async function leaveBeforeLast(sql: Sql): Promise<void> {
  await sql.script(
    'create table migration (number integer primary key, name text not null, ts timestamptz not null default now())',
  )
  for (const [at, { name, script }] of migrations.slice(0, -1).entries()) {
    await sql.script(script)
    await sql.query('insert into migration (number, name) values ($1, $2)', [at + 1, name])
  }
}

describe.each(['pglite', 'postgres'] as const)('A database that is opened again (%s)', (kind) => {
  test('keeps its counts unless it is upgraded', async () => {
    const sql = await bareDatabase(kind)
    await leaveBeforeLast(sql)
    const count = async () =>
      await sql.query(
        `insert into person_source (person, source, written, lacks, records) values ('ann', 'here', now(), '{}', '[]')`,
      )
    const counted = async () => (await sql.query('select person from person_source')).rows.length
    await count()
    await migrate(sql)
    expect(await counted(), 'a later version').toBe(0)
    await count()
    await migrate(sql)
    expect(await counted(), 'the same version').toBe(1)
  })
})
