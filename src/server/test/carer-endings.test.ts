import type { RelatedPerson } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { migrate, migrations } from '#server/migrate.ts'
import { createStore } from '#server/store/create-store.ts'
import { writeEndings } from '#server/store/data-migrations/write-endings.ts'
import { sql0031CarerEndings } from '#server/store/migrations/0031-carer-endings.ts'
import type { Sql } from '#server/store/sql.ts'
import { testNow } from '#test-support/clock.ts'
import { bareDatabase, closeBareDatabases } from '#test-support/servers/bare-database.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { grace, standing } from '#test-support/worlds/grace-records.ts'
import { backupOf, freshPglite, sourceOf } from '#test-support/worlds/lived-backup.ts'
import { graceTeam, openCase, putRecord } from '#test-support/worlds/worse-records.ts'

closeBareDatabases()

/** The tables as a version had them that knew so many migrations. */
async function tablesOf(sql: Sql, many: number): Promise<void> {
  await sql.script(
    'create table migration (number integer primary key, name text not null, ts timestamptz not null default now())',
  )
  for (const [at, { name, script }] of migrations.slice(0, many).entries()) {
    await sql.script(script)
    await sql.query('insert into migration (number, name) values ($1, $2)', [at + 1, name])
  }
}

const copied = ['resource', 'history', 'idx', 'sp', 'ref', 'relation', 'person_row'] as const

/** What these tables always had, and have no longer. */
const before: Readonly<Record<string, string>> = {
  idx: `(select rid, rt, id, person, room, ts, dt, '{}'::bigint[] as tok from idx)`,
  ref: `(select l.*, r.rt, '' as code from link l join resource r on r.rid = l.rid)`,
}

/** What today’s program wrote, in the columns that these tables have. */
async function copyRows(from: Sql, to: Sql): Promise<void> {
  for (const table of copied) {
    const { rows } = await from.query<{ all: unknown }>(
      `select coalesce(json_agg(t), '[]') as all from ${before[table] ?? table} t`,
    )
    const all = rows[0]?.all
    await to.query(
      `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1::json)`,
      [typeof all === 'string' ? all : JSON.stringify(all)],
    )
  }
  await to.query(
    `select setval(pg_get_serial_sequence('resource', 'rid'), (select max(rid) from resource))`,
  )
}

const endedWhy = 'https://gable.example/fhir/ended-why'
const ada = { resourceType: 'RelatedPerson', id: 'ada', patient: grace, active: false }
const saying = (words: string) => ({
  ...ada,
  extension: [{ url: endedWhy, valueString: words }],
})

/** Two versions of what an earlier version of Gable wrote into the carer’s record. */
async function leave(sql: Sql): Promise<void> {
  const store = createStore(sql, { now: () => testNow })
  const versions = [...standing, openCase, graceTeam, saying('She was loud'), saying('Took money')]
  for (const resource of versions)
    await store.write({
      resource: resource as never,
      expect: 'anything',
      custodian: 'brook-surgery',
    })
}

const endingsPath = `Communication?patient=${graceId}&category=carer-ended`

async function mustBeWhole(sql: Sql, earlier: boolean): Promise<void> {
  const { as } = await openHandler({ sql, now: testNow })
  const amina = await as('amina')
  for (const path of [endingsPath, `Patient/${graceId}/$everything?_count=500`])
    expect(await (await amina(`/fhir/${path}`)).text(), path).toContain('Took money')
  const history = await (await amina('/fhir/Communication/carer-ended-ada/_history')).text()
  expect(history.includes('She was loud'), 'said before').toBe(earlier)
  expect(await (await amina('/fhir/RelatedPerson/ada/_history')).text()).not.toContain('ended-why')
  const carer = (await (await amina('/fhir/RelatedPerson/ada')).json()) as RelatedPerson
  const edited = { ...carer, id: 'ada', telecom: [{ system: 'phone' as const, value: '1' }] }
  expect((await putRecord(amina, edited, Number(carer.meta?.versionId))).status).toBe(200)
}

describe.each(['pglite', 'postgres'] as const)('Why a carer stopped, of before (%s)', (kind) => {
  test('is found like any record, also what only an earlier version said', async () => {
    const sql = await bareDatabase(kind)
    await tablesOf(sql, 30)
    const today = await freshPglite()
    await leave(today)
    await copyRows(today, sql)
    await migrate(sql)
    await mustBeWhole(sql, true)
  })

  test('is found where the script had put it before it was searched', async () => {
    const sql = await bareDatabase(kind)
    await migrate(sql)
    await leave(sql)
    await sql.script(sql0031CarerEndings)
    const { as } = await openHandler({ sql, now: testNow })
    const unfound = await (await (await as('amina'))(`/fhir/${endingsPath}`)).text()
    expect(unfound, 'not searched').not.toContain('Took money')
    await writeEndings(sql, { now: testNow, zone: usualZone })
    await mustBeWhole(sql, false)
  })

  test('is taken out of a carer’s record that an old backup brings back', async () => {
    const old = await freshPglite()
    await leave(old)
    const { entries } = await backupOf(old)
    const sql = await bareDatabase(kind)
    await migrate(sql)
    await restoreBackup(sql, sourceOf(entries), { now: testNow, merge: false })
    await mustBeWhole(sql, true)
  })
})
