import type { Patient } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { Scope } from '#domain/access/scope.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import type { Sql } from './sql.ts'
import { StaleVersion, type Store } from './store.ts'
import { writeStatement } from './write-statement.ts'

const all: Scope = { people: { kind: 'all' } }
const aPatient = (id: string, more: Partial<Patient> = {}) =>
  ({ resourceType: 'Patient', id, ...more }) as const

eachStore('the record store', (open, kind) => {
  test('a record that was written is read with its version and time', async () => {
    const { store } = await open()
    const { kept, outcome } = await store.write({ resource: aPatient('a'), expect: 'absent' })
    expect(outcome).toBe('created')
    expect(kept).toMatchObject({ version: 1, method: 'create', person: 'a' })
    expect(await store.read('Patient', 'a', all)).toEqual({ ...kept, room: 'me' })
    expect(kept.resource?.meta).toEqual({
      versionId: '1',
      lastUpdated: '2026-03-02T09:00:00.000Z',
    })
  })

  test('an update needs the current version, and the refusal says which one that is', async () => {
    const { store } = await open()
    await store.write({ resource: aPatient('a'), expect: 'absent' })
    const second = await store.write({
      resource: aPatient('a', { gender: 'male' }),
      expect: { version: 1 },
    })
    expect(second).toMatchObject({ outcome: 'updated', kept: { version: 2 } })
    const stale = store.write({ resource: aPatient('a'), expect: { version: 1 } })
    await expect(stale).rejects.toThrow(new StaleVersion(2))
    await expect(store.write({ resource: aPatient('a'), expect: 'absent' })).rejects.toThrow(
      StaleVersion,
    )
    await expect(
      store.write({ resource: aPatient('b'), expect: { version: 1 } }),
    ).rejects.toMatchObject({ found: 0 })
  })

  test('the history keeps every version newest first, with deletions and restored records', async () => {
    const { store } = await open()
    await store.write({ resource: aPatient('a'), expect: 'absent' })
    await store.write({ resource: aPatient('a', { gender: 'male' }), expect: { version: 1 } })
    expect(await store.remove('Patient', 'a', { version: 2 })).toMatchObject({
      version: 3,
      method: 'delete',
      person: 'a',
    })
    expect(await store.remove('Patient', 'a', 'anything')).toBeUndefined()
    expect((await store.search('Patient', new URLSearchParams(), all)).matches).toEqual([])
    await store.write({ resource: aPatient('a', { gender: 'female' }), expect: 'absent' })
    const history = await store.history({ type: 'Patient', id: 'a', count: 10, offset: 0 }, all)
    expect(history.total).toBe(4)
    expect(history.entries.map((each) => each.version)).toEqual([4, 3, 2, 1])
    expect(await store.readVersion('Patient', 'a', 2, all)).toMatchObject({
      resource: { gender: 'male' },
    })
    expect((await store.readVersion('Patient', 'a', 3, all))?.resource).toBeUndefined()
  })

  test('a failed transaction leaves no records and no changes', async () => {
    const { store } = await open()
    const notified: unknown[] = []
    store.onChange((changes) => notified.push(...changes))
    const work = store.transaction(async (tx) => {
      await tx.write({ resource: aPatient('a'), expect: 'absent' })
      await tx.write({ resource: aPatient('b'), expect: { version: 7 } })
    })
    await expect(work).rejects.toThrow(StaleVersion)
    expect(await store.read('Patient', 'a', all)).toBeUndefined()
    expect(notified).toEqual([])
  })

  test('listeners get changes after the commit, in their order', async () => {
    const { store } = await open()
    const notified: string[] = []
    const stop = store.onChange((changes) => {
      for (const each of changes) notified.push(`${each.seq} ${each.type}/${each.id} ${each.room}`)
    })
    await store.transaction(async (tx) => {
      await tx.writeMany([
        { resource: aPatient('a'), expect: 'absent' },
        { resource: aPatient('b'), expect: 'absent' },
      ])
      expect(notified).toEqual([])
    })
    stop()
    await store.write({ resource: aPatient('c'), expect: 'absent' })
    expect(notified).toEqual(['1 Patient/a me', '2 Patient/b me'])
  })

  test('the same record twice in one batch is written in order', async () => {
    const { store } = await open()
    const written = await store.writeMany([
      { resource: aPatient('a'), expect: 'anything' },
      { resource: aPatient('a', { gender: 'male' }), expect: 'anything' },
    ])
    expect(written.map((each) => [each.outcome, each.kept.version])).toEqual([
      ['created', 1],
      ['updated', 2],
    ])
  })

  test('writing the same records again changes nothing and says so', async () => {
    const { store } = await open()
    const requests = ['a', 'b', 'c'].map((id) => ({
      resource: aPatient(id, { meta: { versionId: '9' }, birthDate: '1940-01-01' }),
      expect: 'anything' as const,
      skipIfSame: true,
    }))
    expect((await store.writeMany(requests)).map((each) => each.outcome)).toEqual([
      'created',
      'created',
      'created',
    ])
    const again = await store.writeMany(requests)
    expect(again.map((each) => [each.outcome, each.kept.version])).toEqual([
      ['unchanged', 1],
      ['unchanged', 1],
      ['unchanged', 1],
    ])
  })

  test('clients with twenty-five conflicting updates each lose nothing', async () => {
    // PGlite runs them one after the other in any case
    const many = kind === 'postgres' ? 16 : 4
    const { store } = await open()
    await store.write({ resource: aPatient('a', { multipleBirthInteger: 0 }), expect: 'absent' })
    const clients = Array.from({ length: many }, () => client(store, 25))
    const refused = (await Promise.all(clients)).reduce((sum, each) => sum + each, 0)
    const end = await store.read('Patient', 'a', all)
    expect(end).toMatchObject({
      version: many * 25 + 1,
      resource: { multipleBirthInteger: many * 25 },
    })
    const history = await store.history({ type: 'Patient', id: 'a', count: 1, offset: 0 }, all)
    expect(history.total).toBe(many * 25 + 1)
    // the real server interleaves them, so there are conflicts
    if (kind === 'postgres') expect(refused).toBeGreaterThan(0)
  })

  test.each(['', 'analyze'])(
    'a write uses the index in a table of some hundred rows (%s), whatever plan is cached',
    async (first) => {
      const { sql, store } = await open()
      const some = Array.from({ length: 400 }, (_, at) => aPatient(`p-${at}`))
      await store.writeMany(some.map((resource) => ({ resource, expect: 'anything' })))
      if (first) await sql.script(first)
      const plan = await keptPlan(sql)
      expect(plan).toContain('resource_rt_id_key')
      expect(plan).not.toContain('Seq Scan on resource ')
    },
  )

  // PGlite has one connection, so nothing waits
  test.runIf(kind === 'postgres')(
    'a write of many waits for the oldest record first, and then uses the newest versions',
    async () => {
      const { sql, store } = await open()
      const ids = ['a', 'b', 'c']
      for (const id of ids) await store.write({ resource: aPatient(id), expect: 'absent' })
      const backwards = ids.toReversed().map((id) => ({
        ...{ resource: aPatient(id, { gender: 'male' as const }), expect: 'anything' as const },
      }))
      let writing: Promise<unknown> | undefined
      await store.transaction(async (first) => {
        await first.write({ resource: aPatient('a', { gender: 'female' }), expect: 'anything' })
        writing = store.writeMany(backwards)
        await untilSomebodyWaits(sql)
        const { rows } = await sql.transaction((tx) =>
          tx.query<{ id: string }>('select id from resource order by id for update skip locked'),
        )
        expect(rows.map((row) => row.id)).toEqual(['b', 'c'])
      })
      expect(await writing).toMatchObject([
        { kept: { version: 2 } },
        { kept: { version: 2 } },
        { kept: { version: 3, resource: { gender: 'male' } } },
      ])
      expect(await store.readVersion('Patient', 'a', 2, all)).toMatchObject({
        resource: { gender: 'female' },
      })
    },
  )
})

/** The generic plan of the write statement that a connection caches, as text. */
async function keptPlan(sql: Sql): Promise<string> {
  return await sql.transaction(async (tx) => {
    await tx.script('set local plan_cache_mode = force_generic_plan')
    await tx.script(`prepare a_write as ${writeStatement}`)
    const { rows } = await tx.query<{ 'QUERY PLAN': string }>(
      `explain execute a_write('[]', '[]', '[]', '[]', '2026-03-02T09:00:00Z', '[]', '', '')`,
    )
    await tx.script('deallocate a_write')
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}

async function untilSomebodyWaits(sql: Sql): Promise<void> {
  for (;;) {
    const { rows } = await sql.query('select 1 from pg_locks where not granted limit 1')
    if (rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Adds one, `times` times, reading again after each conflict; returns the number of conflicts. */
async function client(store: Store, times: number): Promise<number> {
  let refused = 0
  for (let done = 0; done < times; ) {
    const found = await store.read('Patient', 'a', all)
    const resource = found?.resource as Patient
    const multipleBirthInteger = (resource.multipleBirthInteger ?? 0) + 1
    try {
      const expected = { version: found?.version ?? 0 }
      await store.write({ resource: aPatient('a', { multipleBirthInteger }), expect: expected })
      done++
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error
      refused++
    }
  }
  return refused
}
