import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { findPeopleRequest, foundPeople } from '#domain/case/find-people.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { outsideScoreToFhir } from '#domain/outside-score/outside-score-fhir.ts'
import { scoreDirectionToFhir } from '#domain/outside-score/score-direction-fhir.ts'
import { scoreDirectionRequest, scoreDirections } from '#domain/outside-score/stated-direction.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { bringIn } from '#test-support/worlds/import-answer.ts'

const now = new Date('2026-03-02T09:00:00.000Z')

eachStore('Which way a score from elsewhere points', (open) => {
  async function started() {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    const people = ['p1', 'p2'].flatMap((id, place): readonly ResourceWithId[] => [
      {
        ...{ resourceType: 'Patient', id, name: [{ family: id }] },
        generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
      },
      outsideScoreToFhir(
        { code: 'our-own', name: 'Our own', value: place + 1, day: '2026-02-01', source: 'Brook' },
        { id: `score-${id}`, person: id },
      ),
    ])
    await server.seed([...demoOrganisationRecords(), ...people], 'brook-surgery')
    const call = async (who: string, path: string, init: object = {}) =>
      await (await server.as(who))(`/fhir/${path}`, init)
    const say = async (change: object, who = 'admin') => {
      const asked = { code: 'our-own', direction: 'low', words: 'Its maker says so', version: 0 }
      const json = scoreDirectionRequest.write({ ...asked, ...change } as never)
      const answer = await call(who, '$score-direction', { method: 'POST', json })
      return { status: answer.status, text: await answer.text() }
    }
    const known = async (who = 'amina') =>
      scoreDirections.read((await (await call(who, '$score-directions')).json()) as Parameters)
    const order = async () => {
      const json = findPeopleRequest.write({ order: 'outside:our-own', unscored: false })
      const answer = await call('amina', 'Patient/$find-people', { method: 'POST', json })
      const text = await answer.text()
      if (answer.status !== 200) return text
      return foundPeople.read(JSON.parse(text) as Parameters).people.map(({ id }) => id)
    }
    return { server, call, say, known, order }
  }

  test('orders lists from the moment that an administrator says it, with a reason, until it is taken back', async () => {
    const { say, known, order, call } = await started()
    expect(await order()).toContain('An administrator says it')
    expect((await known()).scores).toEqual([
      { code: 'our-own', people: { fewerThan: 5 }, version: 0 },
    ])
    for (const who of ['amina', 'ruth', 'grace']) expect((await say({}, who)).status, who).toBe(403)
    expect((await say({ words: ' ' })).status).toBe(422)
    expect((await say({ code: 'qadmissions' })).text).toContain('is published')
    expect((await say({ direction: 'up' })).status).toBe(400)
    expect((await say({ direction: 'unknown' })).status, 'nothing to take back').toBe(422)
    expect((await say({})).status).toBe(200)
    expect(await order()).toEqual(['p1', 'p2'])
    expect((await say({ direction: 'high' })).status, 'somebody was first').toBe(409)
    expect((await say({ direction: 'high', version: 1, words: 'The paper' })).status).toBe(200)
    expect(await order()).toEqual(['p2', 'p1'])
    expect((await known('admin')).scores).toEqual([
      expect.objectContaining({ direction: 'high', words: 'The paper', version: 2 }),
    ])
    expect((await known('admin')).scores[0]?.by).toBeTruthy()
    expect((await say({ direction: 'unknown', version: 2, words: 'Wrong' })).status).toBe(200)
    expect(await order()).toContain('not known here')
    const history = await call('admin', 'Library/score-direction-our-own/_history')
    expect(((await history.json()) as { total: number }).total, 'all of it stays').toBe(3)
  })

  test('is said by no plain write, no bundle and no file', async () => {
    const { server, call, order } = await started()
    const forged = scoreDirectionToFhir({
      ...{ code: 'our-own', direction: 'low', words: 'x', by: 'x', version: 1 },
      at: '2026-03-01T09:00:00Z',
    })
    const url = `Library/${forged.id}`
    for (const who of ['admin', 'amina', 'ruth']) {
      expect((await call(who, url, { method: 'PUT', json: forged })).status, who).toBe(403)
      const entry = [{ resource: forged, request: { method: 'PUT', url } }]
      const json = { resourceType: 'Bundle', type: 'transaction', entry }
      expect((await call(who, '', { method: 'POST', json })).status, who).toBe(403)
    }
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: forged }] }
    await bringIn(await server.as('admin'), JSON.stringify(bundle))
    expect((await call('admin', url)).status).toBe(404)
    expect(await order()).toContain('not known here')
  })
})
