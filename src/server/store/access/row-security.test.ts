import { randomBytes } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import type { Scope } from '#domain/access/scope.ts'
import { openPool, openPools, pgSql } from '#server/hosts/node/database/pg-sql.ts'
import { migrate } from '#server/migrate.ts'
import { createStore } from '#server/store/create-store.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { databaseUrl } from '#test-support/servers/postgres.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { type RlsSession, rlsSessionOf } from './rls-session.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const everyone: Scope = { people: { kind: 'all' } }

const reaches: Readonly<Record<string, RlsSession>> = {
  'a professional with access to one person': rlsSessionOf(
    { people: { kind: 'related', organisation: 'brook', practitioner: 'amina' } },
    now,
  ),
  'a professional without access to anybody': rlsSessionOf(
    { people: { kind: 'related', practitioner: 'nobody' } },
    now,
  ),
  'the person': rlsSessionOf(
    { people: { kind: 'listed', people: [{ person: 'ours', rooms: ['me', 'record', 'own'] }] } },
    now,
  ),
  'a manager': rlsSessionOf({ people: { kind: 'none' } }, now),
}

const patient = (id: string, practice: string) => ({
  resourceType: 'Patient' as const,
  id,
  name: [{ family: `Family-${id}` }],
  generalPractitioner: [{ reference: `Organization/${practice}` }],
})

const about = (id: string, person: string, code: string) => ({
  resourceType: 'Observation' as const,
  id,
  status: 'final' as const,
  code: { coding: [{ system: 'x', code }] },
  subject: { reference: `Patient/${person}` },
})

async function filled(store: Store): Promise<void> {
  await store.writeMany(
    [
      { resourceType: 'Organization' as const, id: 'brook', name: 'Brook' },
      patient('ours', 'brook'),
      patient('foreign', 'far'),
      about('o-ours', 'ours', 'known'),
      about('o-foreign', 'foreign', 'secret'),
    ].map((resource) => ({ resource, expect: 'absent' as const })),
  )
  await store.write({ resource: patient('foreign', 'far'), expect: { version: 1 } })
}

/** With the views of the columns that searches read. */
async function tablesOf(sql: Sql): Promise<readonly string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' union select 'idx' union select 'ref' order by 1`,
  )
  return rows.map((row) => row.name)
}

const denied = { code: '42501' }

/** How many rows of `relation` a statement read. */
async function relationsRead(sql: ReadingSql, text: string): Promise<number> {
  const { rows } = await sql.query<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>(
    `explain (analyze, format json) ${text}`,
  )
  const readBy = (node: PlanNode): number =>
    (node['Relation Name'] === 'relation'
      ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
      : 0) + (node.Plans ?? []).reduce((sum, each) => sum + readBy(each), 0)
  const [plan] = rows.flatMap((row) => row['QUERY PLAN'])
  return plan ? readBy(plan.Plan) : Number.NaN
}

type PlanNode = Readonly<{
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: readonly PlanNode[]
}>

eachStore('row-level security', (open) => {
  test('a record is opened by the first relation, however many tasks the person has', async () => {
    const { sql, store } = await open({ now: () => now })
    await filled(store)
    const tasks = Array.from({ length: 60 }, (_, at) => ({
      ...{ resourceType: 'Task' as const, id: `t-${at}`, status: 'accepted' as const },
      ...{ intent: 'order' as const, for: { reference: 'Patient/ours' } },
      owner: { reference: 'Practitioner/amina' },
    }))
    await store.writeMany(tasks.map((resource) => ({ resource, expect: 'absent' as const })))
    const { rows } = await sql.query(`select 1 from relation where person = 'ours'`)
    expect(rows.length).toBeGreaterThan(60)
    const professional = reaches['a professional with access to one person'] as RlsSession
    const text = `select id from resource where person = 'ours' and rt = 'Task'`
    expect((await sql.as(professional).query(text)).rows).toHaveLength(60)
    // a page of relations may be read before the first one that holds
    expect(await relationsRead(sql.as(professional), text)).toBeLessThan(60 * 10)
  })

  test.each(
    Object.entries(reaches).flatMap(([who, reach]) => [
      [who, reach] as const,
      [`${who}, in a statement that reads many rows,`, { ...reach, many: true }] as const,
    ]),
  )('no table shows %s anything of another person', async (_who, reach) => {
    const { sql, store } = await open({ now: () => now })
    await filled(store)
    const tables = await tablesOf(sql)
    expect(tables.length).toBeGreaterThan(10)
    for (const table of tables) {
      const asked = sql.as(reach).query(`select * from ${table}`)
      const rows = await asked.then(
        (answer) => JSON.stringify(answer.rows),
        (error: { code?: string }) => {
          expect(error, table).toMatchObject(denied)
          return ''
        },
      )
      expect(rows, table).not.toMatch(/foreign|secret/i)
    }
  })

  test('a professional reads only records within their access, and totals count only those', async () => {
    const { store } = await open({ now: () => now })
    await filled(store)
    const scoped = store.as(reaches['a professional with access to one person'] as RlsSession)
    expect(await scoped.read('Observation', 'o-ours', everyone)).toBeDefined()
    expect(await scoped.read('Observation', 'o-foreign', everyone)).toBeUndefined()
    const counted = new URLSearchParams({ _summary: 'count' })
    expect(await scoped.search('Observation', counted, everyone)).toMatchObject({ total: 1 })
    const bySecret = new URLSearchParams({ code: 'secret', _total: 'accurate' })
    expect(await scoped.search('Observation', bySecret, everyone)).toMatchObject({ total: 0 })
  })

  test('a relation that ended a minute ago shows nothing', async () => {
    const { sql, store } = await open({ now: () => now })
    await filled(store)
    await sql.query(`update relation set until = $1`, [new Date(now.getTime() - 60_000)])
    const scoped = store.as(reaches['a professional with access to one person'] as RlsSession)
    expect(await scoped.read('Observation', 'o-ours', everyone)).toBeUndefined()
  })

  test.each(Object.values(reaches))('nothing can be written as $role', async (reach) => {
    const { sql, store } = await open({ now: () => now })
    await filled(store)
    for (const table of await tablesOf(sql))
      await expect(sql.as(reach).query(`delete from ${table}`), table).rejects.toMatchObject(
        // nobody at all can delete from a view of two tables
        table === 'ref' ? { code: '55000' } : denied,
      )
  })

  test('only the policies of professionals and of the audit log contain a sub-select', async () => {
    const { sql } = await open({ now: () => now })
    const { rows } = await sql.query<{ name: string }>(
      `select policyname as name from pg_policies where qual ~* '\\mselect\\M' order by 1`,
    )
    const guarded = ['change', 'history', 'link', 'person_row', 'resource', 'sp']
    const staff = [...guarded, 'audit'].map((table) => `${table}_staff`)
    expect(rows.map(({ name }) => name)).toEqual([...staff, 'audit_listed'].toSorted())
  })

  test('functions that bypass the policies return only people the user has access to', async () => {
    const { sql, store } = await open({ now: () => now })
    await filled(store)
    const reached = async (who: string, byName: boolean) => {
      const on = sql.as(reaches[who] as RlsSession)
      const { rows } = await on.query<{ id: string }>('select people_reached($1) as id', [byName])
      return rows.map(({ id }) => id)
    }
    // the person is registered with the user’s practice, and the user is not named
    expect(await reached('a professional with access to one person', false)).toEqual(['ours'])
    expect(await reached('a professional with access to one person', true)).toEqual([])
    expect(await reached('a professional without access to anybody', false)).toEqual([])
    await expect(reached('the person', false)).rejects.toMatchObject(denied)
    await expect(reached('a manager', true)).rejects.toMatchObject(denied)
  })

  test('access is limited within a transaction too, and the service’s own queries are not', async () => {
    const { store } = await open({ now: () => now })
    await filled(store)
    const reach = reaches['a professional with access to one person'] as RlsSession
    await store.transaction(async (inside, sql) => {
      const [scoped, ours] = await Promise.all([
        sql.as(reach).query(`select id from resource where rt = 'Observation'`),
        sql.query(`select id from resource where rt = 'Observation'`),
      ])
      expect([scoped.rows.length, ours.rows.length]).toEqual([1, 2])
      expect(await inside.as(reach).read('Patient', 'foreign', everyone)).toBeUndefined()
      await inside.write({ resource: about('o-new', 'ours', 'known'), expect: 'absent' })
      expect(await inside.as(reach).read('Observation', 'o-new', everyone)).toBeDefined()
    })
  })
})

test('a login without superuser rights creates and serves the database under the same policies', async () => {
  const { url } = inject('postgres')
  const name = `gable_plain_${randomBytes(6).toString('hex')}`
  const admin = openPool(url, 1)
  await admin.query(`create role ${name} login createrole nosuperuser password 'plain'`)
  await admin.query(`create database ${name} owner ${name}`)
  const address = new URL(databaseUrl(url, name))
  address.username = name
  address.password = 'plain'
  const pools = openPools(address.href, 2)
  try {
    const sql = pgSql(pools.own, pools.readers)
    await expect(migrate(sql)).rejects.toThrow(`grant it to ${name}`)
    await admin.query(`grant gable_all, gable_staff, gable_listed, gable_none to ${name}`)
    await migrate(sql)
    const store = createStore(sql, { now: () => now })
    await filled(store)
    for (const reach of Object.values(reaches)) {
      const { rows } = await sql.as(reach).query('select * from resource')
      expect(JSON.stringify(rows)).not.toMatch(/foreign|secret/)
    }
    const scoped = store.as(reaches['a professional with access to one person'] as RlsSession)
    expect(await scoped.read('Observation', 'o-ours', everyone)).toBeDefined()
  } finally {
    await pools.end()
    await admin.query(`drop database ${name} with (force)`)
    await admin.query(`drop owned by ${name}`)
    await admin.query(`drop role ${name}`)
    await admin.end()
  }
})
