import { expect, test } from 'vitest'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import type { Sql } from '#server/store/sql.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { backupOf, freshPglite, livedOn, sourceOf } from '#test-support/worlds/lived-backup.ts'
import { ruleWorld } from '#test-support/worlds/rule-world.ts'

/** What is no record, and is kept beside the records: every row of it. */
const tables = {
  rule_version: 'rule, version, edit, organisation, content',
  rule_run: '*',
  registration: 'person, organisation, kind, why, on_day, source, at',
  activity_line: '*',
  feed_source: '*',
  feed_refusal: '*',
  outside_instrument: '*',
} as const

async function rowsIn(sql: Sql): Promise<Readonly<Record<string, readonly string[]>>> {
  const read = Object.entries(tables).map(async ([table, columns]) => {
    const { rows } = await sql.query<{ line: string }>(
      `select row_to_json(t)::text as line from (select ${columns} from ${table}) t order by 1`,
    )
    return [table, rows.map(({ line }) => line)] as const
  })
  return Object.fromEntries(await Promise.all(read))
}

const feeds = [
  `insert into activity_line values ('SUS', 'a', 'old', 'admitted', '2026-01-10', '2026-01-14', true, null, null, 12345, 'GBP', '2026-02-01', false)`,
  `insert into feed_source values ('SUS', 'sus', '2026-02-01', 'admin', '2026-02-01T10:00:00Z')`,
  `insert into feed_refusal (source, kind, line, place, reason, received)
     values ('SUS', 'admitted', 'b', 2, 'nobody', '2026-02-01')`,
  `insert into outside_instrument values ('qadmissions', 'more', 'admin', '2026-02-01T10:00:00Z')`,
]

eachStore('A backup', (open) => {
  const world = ruleWorld(open)

  test('holds rules with their log, registrations, and what feeds brought', async () => {
    const { sql } = await world.running()
    for (const each of feeds) await sql.query(each)
    const before = await rowsIn(sql)
    for (const [table, rows] of Object.entries(before)) expect(rows, table).not.toEqual([])
    const there = await freshPglite()
    await restoreBackup(there, sourceOf((await backupOf(sql)).entries), {
      now: livedOn,
      merge: false,
    })
    expect(await rowsIn(there)).toEqual(before)
  })

  test('lets a rule that had run on this day find people again on the same day', async () => {
    const server = await world.running()
    const before = await world.found(server)
    const there = await freshPglite()
    await restoreBackup(there, sourceOf((await backupOf(server.sql)).entries), {
      now: livedOn,
      merge: false,
    })
    const restored = await openHandler({
      sql: there,
      now: new Date(world.now.getTime() + 3_600_000),
    })
    expect(await world.found(restored)).toMatchObject({ people: [{ id: 'old', foundBy: ['r1'] }] })
    expect(await world.found(restored)).toMatchObject({
      total: (before as { total: number }).total,
    })
    const { runs } = await world.ruleIn(await world.call(restored, 'amina', 'rule'))
    expect(runs.map(({ reason }) => reason)).toEqual(['marks-missing', 'switched-on', 'trial'])
  })

  test('leaves whoever had left a list off the lists of people to find', async () => {
    const server = await world.running()
    await server.sql.query(
      `insert into registration (person, organisation, kind, why, on_day, source, at)
       select person, organisation, 'left', 'moved', '2026-03-02', 'list', '2026-03-02T10:00:00Z'
       from registration where person = 'old' and kind = 'joined'`,
    )
    const there = await freshPglite()
    await restoreBackup(there, sourceOf((await backupOf(server.sql)).entries), {
      now: livedOn,
      merge: false,
    })
    const { rows } = await there.query("select left_on from person_row where person = 'old'")
    expect(rows).toEqual([{ left_on: '2026-03-02' }])
  })

  test('from before there were registrations gives everybody the one that their record says', async () => {
    const { sql } = await world.running()
    const before = await rowsIn(sql)
    await sql.query('delete from registration')
    const there = await freshPglite()
    await restoreBackup(there, sourceOf((await backupOf(sql)).entries), {
      now: livedOn,
      merge: false,
    })
    const joined = (rows: readonly string[] = []) =>
      rows.map((line) => {
        const { person, organisation, kind, on_day } = JSON.parse(line)
        return { person, organisation, kind, on_day }
      })
    expect(joined((await rowsIn(there))['registration'])).toEqual(joined(before['registration']))
  })
})
