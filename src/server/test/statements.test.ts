import type { Bundle, CarePlan } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ReadingSql, Sql } from '#server/store/sql.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { aboutMe, amina, condition, goal, standing } from '#test-support/worlds/grace-records.ts'

/** Keeps the first words of each statement; begin and commit are not among them. */
function listening(sql: Sql, heard: string[]): Sql {
  return {
    ...listeningTo(sql, heard),
    script: (text) => sql.script(text),
    transaction: (work) => sql.transaction((inside) => work(listening(inside, heard))),
    as: (reach) => listeningTo(sql.as(reach), heard),
  }
}

function listeningTo(sql: ReadingSql, heard: string[]): ReadingSql {
  return {
    query(text, params) {
      heard.push(text.trim().split(/\s+/).slice(0, 3).join(' ').toLowerCase())
      return sql.query(text, params)
    },
  }
}

/** Each statement is a round trip to the team's database: a call that asks more often is slower for everyone. */
eachStore('What a call asks of the database', (open) => {
  async function heardOf(call: (house: OpenHandler) => Promise<Response>) {
    const { sql } = await open()
    const heard: string[] = []
    const house = await openHandler({ sql: listening(sql, heard) })
    await house.seed([...standing, condition, goal(amina)], 'brook-surgery')
    await house.as('amina')
    heard.length = 0
    const answer = await call(house)
    expect(answer.status).toBeLessThan(300)
    return { heard, answer }
  }

  test('reading a record: who asks, the record, the trail', async () => {
    const { heard } = await heardOf(async ({ as }) => (await as('amina'))('/fhir/Goal/goal-1'))
    expect(heard).toHaveLength(3)
    expect(heard.at(-1)).toBe('select trail.append($1::json)')
  })

  test('a search that fits on its page counts nothing, and still tells the total', async () => {
    const path = '/fhir/Condition?patient=Patient/p-3f9c27d1'
    const { heard, answer } = await heardOf(async ({ as }) => (await as('amina'))(path))
    expect(((await answer.json()) as Bundle).total).toBe(2)
    expect(heard).toHaveLength(3)
  })

  test('a search with a next page is counted by one statement more', async () => {
    const path = '/fhir/Condition?patient=Patient/p-3f9c27d1&_count=1'
    const { heard, answer } = await heardOf(async ({ as }) => (await as('amina'))(path))
    expect(((await answer.json()) as Bundle).total).toBe(2)
    expect(heard.filter((each) => each.startsWith('select count'))).toHaveLength(1)
  })

  test('all that refers to a person comes by one statement', async () => {
    const others = ['Goal', 'CarePlan', 'Condition', 'Communication']
    const include = others.map((type) => `_revinclude=${type}:patient`).join('&')
    const path = `/fhir/Patient?_id=p-3f9c27d1&${include}`
    const { heard, answer } = await heardOf(async ({ as }) => (await as('amina'))(path))
    expect(((await answer.json()) as Bundle).entry).toHaveLength(6)
    expect(heard).toHaveLength(4)
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
    'whether links are kept from her is asked once, of what the answer does not hold: %s',
    async (path, many) => {
      const { heard, answer } = await heardOf(async ({ as, seed }) => {
        await seed([tied])
        return await (await as('amina'))(`/fhir/${path}`)
      })
      expect(await answer.text()).toContain('Goal/goal-1')
      expect(heard.filter((each) => each.startsWith('select r.rt ||'))).toHaveLength(many)
    },
  )

  test('several records in one transaction: one write, one of who wrote them, one trail, reach asked once', async () => {
    const entry = [aboutMe(amina), { ...goal(amina), id: 'goal-2' }].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    }))
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry }
    const { heard } = await heardOf(async ({ as }) =>
      (await as('amina'))('/fhir', { method: 'POST', json: bundle }),
    )
    const named = (start: string) => heard.filter((each) => each.startsWith(start))
    expect(named('with input')).toHaveLength(2)
    expect(named('select trail.append')).toHaveLength(1)
    expect(named('select distinct l.kind')).toHaveLength(1)
  })
})
