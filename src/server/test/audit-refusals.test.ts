import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { goal, grace, standing } from '#test-support/worlds/grace-records.ts'

eachStore('The audit log', (open) => {
  test('names the person of a refused transaction entry and of a patch that does not apply', async () => {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(standing, 'brook-surgery')
    await server.seed([goal(grace)])
    const stranger = await server.as('stranger')
    const entry = [{ request: { method: 'GET', url: 'Goal/goal-1' } }]
    const json = { resourceType: 'Bundle', type: 'transaction', entry }
    expect((await stranger('/fhir', { method: 'POST', json })).status).toBe(404)
    const guess = [{ op: 'test', path: '/description/text', value: 'To fly' }]
    const call = await server.as('amina')
    const tried = await call('/fhir/Goal/goal-1', {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json-patch+json', 'If-Match': 'W/"1"' },
      body: JSON.stringify(guess),
    })
    expect(tried.status).toBe(422)
    const { rows } = await sql.query(
      `select identity, what from audit where way = 'refused' and persons @> array[$1::text] order by seq`,
      [graceId],
    )
    const what = { [graceId]: ['Goal/goal-1'] }
    expect(rows).toEqual([
      { identity: 'stranger', what },
      { identity: 'amina', what },
    ])
  })
})
