import type { Bundle, CarePlan } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import { transactionSql } from '#server/store/concurrency/transaction-sql.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'
import { testNow } from '#test-support/clock.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { aboutMe, amina, condition, goal, standing } from '#test-support/worlds/grace-records.ts'

/** Collects the start of each statement, without begin and commit. */
function listening(sql: Sql, statements: string[]): Sql {
  return {
    ...listeningTo(sql, statements),
    script: (text) => sql.script(text),
    transaction: (work) => sql.transaction((inside) => work(listening(inside, statements))),
    as: (reach) => listeningTo(sql.as(reach), statements),
  }
}

function listeningTo(sql: ReadingSql, statements: string[]): ReadingSql {
  return {
    query(text, params) {
      statements.push(text.trim().split(/\s+/).slice(0, 3).join(' ').toLowerCase())
      return sql.query(text, params)
    },
  }
}

/** Each statement is a round trip to the team’s database, so more statements make a request slower for every user. */
eachStore('Database statements per request', (open) => {
  async function statementsOf(call: (server: OpenHandler) => Promise<Response>) {
    const { sql } = await open()
    const statements: string[] = []
    const server = await openHandler({ sql: listening(sql, statements) })
    await server.seed([...standing, condition, goal(amina)], 'brook-surgery')
    await server.as('amina')
    statements.length = 0
    const answer = await call(server)
    expect(answer.status).toBeLessThan(300)
    return { statements, answer }
  }

  test('reading a record takes three: session, record, audit log', async () => {
    const { statements } = await statementsOf(async ({ as }) =>
      (await as('amina'))('/fhir/Goal/goal-1'),
    )
    expect(statements).toHaveLength(3)
    expect(statements.at(-1)).toBe('select trail.append($1::json)')
  })

  test('a search without _total does not count', async () => {
    const path = '/fhir/Condition?patient=Patient/p-3f9c27d1&_count=1'
    const { statements, answer } = await statementsOf(async ({ as }) => (await as('amina'))(path))
    expect(await answer.json()).not.toHaveProperty('total')
    expect(statements.filter((each) => each.startsWith('with found'))).toEqual([])
  })

  test('a search that fits on one page gives its total without counting', async () => {
    const path = '/fhir/Condition?patient=Patient/p-3f9c27d1&_total=accurate'
    const { statements, answer } = await statementsOf(async ({ as }) => (await as('amina'))(path))
    expect(((await answer.json()) as Bundle).total).toBe(2)
    expect(statements).toHaveLength(3)
  })

  test('a total beyond the page takes one more statement', async () => {
    const path = '/fhir/Condition?patient=Patient/p-3f9c27d1&_count=1&_total=accurate'
    const { statements, answer } = await statementsOf(async ({ as }) => (await as('amina'))(path))
    expect(((await answer.json()) as Bundle).total).toBe(2)
    expect(statements.filter((each) => each.startsWith('with found'))).toHaveLength(1)
  })

  test('all records that refer to a person are read in one statement', async () => {
    const others = ['Goal', 'CarePlan', 'Condition', 'Communication']
    const include = others.map((type) => `_revinclude=${type}:patient`).join('&')
    const path = `/fhir/Patient?_id=p-3f9c27d1&${include}`
    const { statements, answer } = await statementsOf(async ({ as }) => (await as('amina'))(path))
    expect(((await answer.json()) as Bundle).entry).toHaveLength(6)
    expect(statements).toHaveLength(4)
  })

  const tied: CarePlan & { id: string } = {
    ...{ resourceType: 'CarePlan', id: 'tied', status: 'active', intent: 'plan' },
    ...{ subject: { reference: 'Patient/p-3f9c27d1' }, goal: [{ reference: 'Goal/goal-1' }] },
    addresses: [{ reference: 'Condition/condition-1' }],
  }
  const around = ['CarePlan', 'Goal', 'Condition']
    .map((type) => `_revinclude=${type}:patient`)
    .join('&')

  test.each([
    ['CarePlan/tied', 1],
    ['CarePlan?_id=tied', 1],
    ['CarePlan?_id=tied&_include=CarePlan:goal', 1],
    ['CarePlan?_id=tied&_include=CarePlan:goal&_include=CarePlan:condition', 0],
    [`Patient?_id=p-3f9c27d1&${around}`, 0],
    ['Patient/p-3f9c27d1/$everything', 0],
  ])(
    'one statement checks withheld links, for records outside the answer only: %s',
    async (path, many) => {
      const { statements, answer } = await statementsOf(async ({ as, seed }) => {
        await seed([tied])
        return await (await as('amina'))(`/fhir/${path}`)
      })
      expect(await answer.text()).toContain('Goal/goal-1')
      expect(statements.filter((each) => each.startsWith('select r.rt ||'))).toHaveLength(many)
    },
  )

  test('a transaction takes one write, one Provenance write, one audit entry and one access check', async () => {
    const entry = [aboutMe(amina), { ...goal(amina), id: 'goal-2' }].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    }))
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry }
    const { statements } = await statementsOf(async ({ as }) =>
      (await as('amina'))('/fhir', { method: 'POST', json: bundle }),
    )
    const named = (start: string) => statements.filter((each) => each.startsWith(start))
    expect(named('with input')).toHaveLength(2)
    expect(named('select trail.append')).toHaveLength(1)
    expect(named('select r.*, exists')).toHaveLength(1)
    expect(statements).toHaveLength(8)
  })

  test('updating a goal of a plan takes seven, with one write and one audit entry', async () => {
    const saved = { ...goal(amina), addresses: [{ reference: 'Condition/condition-1' }] }
    const supportingInfo = [{ reference: 'EpisodeOfCare/case-1' }]
    const { statements, answer } = await statementsOf(async ({ as, seed }) => {
      await seed([{ ...tied, id: 'plan-1', supportingInfo }, saved])
      return await (await as('amina'))('/fhir/Goal/goal-1', {
        ...{ method: 'PUT', json: { ...saved, description: { text: 'To swim again' } } },
        headers: { 'If-Match': 'W/"2"' },
      })
    })
    expect(answer.headers.get('etag')).toBe('W/"3"')
    expect(statements.slice(statements.indexOf('select actor, subject,'))).toEqual([
      'select actor, subject,',
      'select r.*, exists',
      'select v.rt, v.id,',
      'select r.rt ||',
      'select id, vid,',
      'with input as',
      'select trail.append($1::json)',
    ])
  })

  test('adding a reading takes four: session, access, write, audit log', async () => {
    const reading = {
      ...{ resourceType: 'Observation', status: 'final', code: { text: 'Pulse' } },
      ...{ subject: { reference: 'Patient/p-3f9c27d1' }, effectiveDateTime: '2026-03-01' },
    }
    const { statements } = await statementsOf(async ({ as }) =>
      (await as('amina'))('/fhir/Observation', { method: 'POST', json: reading }),
    )
    expect(statements).toEqual([
      'select actor, subject,',
      'select r.*, exists',
      'with input as',
      'select trail.append($1::json)',
    ])
  })

  test('a transaction changes the database role only where the next statement needs another', async () => {
    const { sql } = await open()
    const reach = rlsSessionOf(
      { people: { kind: 'related', organisation: 'brook-surgery', practitioner: 'amina-yusuf' } },
      testNow,
    )
    const statements: string[] = []
    const roles = await sql.transaction(async (tx) => {
      const inside = transactionSql(listening(tx, statements), 5_000)
      const asked = [inside.as(reach), inside.as(reach), inside, inside, inside.as(reach), inside]
      const answers = asked.map((each) =>
        each.query<{ role: string; patience: string }>(
          `select current_user as role, current_setting('statement_timeout') as patience`,
        ),
      )
      return (await Promise.all(answers)).map(({ rows: [row] }) => row)
    })
    const own = {
      role: expect.not.stringMatching(/^gable_(all|staff|listed|none)$/),
      patience: '0',
    }
    const hers = { role: 'gable_staff', patience: '5s' }
    expect(roles).toEqual([hers, hers, own, own, hers, own])
    expect(statements.filter((each) => each.startsWith('select set_config'))).toHaveLength(4)
  })

  const readings = Array.from({ length: 12 }, (_, at) => ({
    resource: {
      ...{ resourceType: 'Observation', status: 'final', code: { text: `Pulse ${at}` } },
      subject: { reference: at === 5 ? 'Patient/elsewhere' : 'Patient/p-3f9c27d1' },
    },
    request: { method: 'POST', url: 'Observation' },
  }))
  const batchOf = (entry: readonly object[]) => ({ resourceType: 'Bundle', type: 'batch', entry })

  /** Amina and the administrator, with a database that counts transactions and can refuse a statement. */
  async function batching(refuse: (text: string) => unknown = () => undefined) {
    const { sql } = await open()
    const counts = { transactions: 0 }
    const minding = (on: Sql): Sql => ({
      ...on,
      query: async (text, params) => {
        const cause = refuse(text)
        if (cause) throw cause
        return await on.query(text, params)
      },
      transaction: (work) => {
        counts.transactions += 1
        return on.transaction((inside) => work(minding(inside)))
      },
    })
    const server = await openHandler({ sql: minding(sql) })
    await server.seed([...standing, condition, goal(amina)], 'brook-surgery')
    await server.seed([{ resourceType: 'Patient', id: 'elsewhere' }], 'somewhere-else')
    const [call, admin] = [await server.as('amina'), await server.as('admin')]
    const send = async (entry: readonly object[]) => {
      counts.transactions = 0
      const answer = await call('/fhir', { method: 'POST', json: batchOf(entry) })
      return ((await answer.json()) as Bundle).entry?.map((each) => each.response?.status) ?? []
    }
    const kept = async () => {
      const found = await admin('/fhir/Observation?_count=100')
      return ((await found.json()) as Bundle).entry?.length ?? 0
    }
    const refusals = async () => {
      const { rows } = await sql.query<{ count: number }>(
        'select count(*)::integer as count from trail.audit where not allowed',
      )
      return rows[0]?.count
    }
    return { send, kept, refusals, counts }
  }

  const done = readings.map((_, at) => (at === 5 ? '403' : '201'))

  test('writes of a batch share a transaction, and refused ones are rolled back and audited alone', async () => {
    const { send, kept, refusals, counts } = await batching()
    expect((await send(readings)).map((each) => each?.replace('404', '403'))).toEqual(done)
    expect(counts.transactions).toBe(1)
    expect([await kept(), await refusals()]).toEqual([11, 1])
  })

  test('a search between writes sees earlier writes, and a conditional write runs alone', async () => {
    const { send, kept, counts } = await batching()
    const [one, two, three] = readings
    const again = { ...three, request: { ...three?.request, ifNoneExist: 'identifier=x|1' } }
    const find = { request: { method: 'GET', url: 'Observation?patient=p-3f9c27d1' } }
    const statuses = await send([one, two, find, again, three].flatMap((each) => each ?? []))
    expect(statuses).toEqual(['201', '201', '200', '201', '201'])
    expect(await kept()).toBe(4)
    expect(counts.transactions).toBe(3)
  })

  test('a batch that deadlocks is run again entry by entry, and nothing is written twice', async () => {
    let writes = 0
    const { send, kept, refusals } = await batching((text) => {
      if (!text.trim().startsWith('with input')) return undefined
      writes += 1
      return writes === 8 ? Object.assign(new Error('deadlock'), { code: '40P01' }) : undefined
    })
    expect((await send(readings)).map((each) => each?.replace('404', '403'))).toEqual(done)
    expect([await kept(), await refusals()]).toEqual([11, 1])
  })
})
