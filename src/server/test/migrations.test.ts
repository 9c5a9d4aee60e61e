import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { migrate, migrations } from '#server/migrate.ts'
import { freshenPersonSources } from '#server/store/summary/person-sources.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

test('each migration has a number of its own, in order and without gaps', () => {
  const numbers = migrations.map(({ name }) => Number(name.split('-')[0]))
  expect(numbers).toEqual(migrations.map((_, at) => at + 1))
})

eachStore('A database that is opened again', (open) => {
  test('keeps its counts unless it is upgraded', async () => {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([{ resourceType: 'Patient', id: 'ann' } as ResourceWithId])
    await freshenPersonSources(sql)
    const counts = async () => {
      const { rows } = await sql.query<{ counted: number; stale: number }>(
        'select (select count(*)::int from person_source) as counted, (select count(*)::int from person_stale) as stale',
      )
      return rows[0]
    }
    const known = { counted: 1, stale: 0 }
    expect(await counts()).toEqual(known)
    await migrate(sql)
    expect(await counts(), 'the same version').toEqual(known)
    const last = migrations.at(-1)?.name
    await sql.query('delete from migration where name = $1', [last])
    await sql.script('drop table alike_cursor')
    await migrate(sql)
    expect(await counts(), 'a later version').toEqual({ counted: 0, stale: 1 })
  })
})
