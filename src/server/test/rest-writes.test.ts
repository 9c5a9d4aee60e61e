import type { Bundle, OperationOutcome, Patient } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const person = (id: string): Patient & { id: string } => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Field', given: ['Ada'] }],
})

const goal = (id: string, text: string) => ({
  resourceType: 'Goal' as const,
  id,
  lifecycleStatus: 'active' as const,
  subject: { reference: 'Patient/p1' },
  description: { text },
})

eachStore('Writing over REST', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([person('p1')], 'brook-surgery')
    return { ...server, amina: await server.as('amina') }
  }
  const put = (json: { resourceType: string; id: string }, headers = {}) =>
    [`/fhir/${json.resourceType}/${json.id}`, { method: 'PUT', json, headers }] as const

  test('a record is created under the client’s id, with version, location and time', async () => {
    const { amina } = await started()
    const made = await amina(...put(goal('g1', 'Walk to the shop')))
    expect(made.status).toBe(201)
    expect(made.headers.get('etag')).toBe('W/"1"')
    expect(made.headers.get('location')).toMatch(/\/fhir\/Goal\/g1\/_history\/1$/)
    expect(made.headers.get('last-modified')).toBeTruthy()
  })

  test('an update needs the version that was read: 428 without one, 412 with an old one', async () => {
    const { amina } = await started()
    await amina(...put(goal('g1', 'one')))
    expect((await amina(...put(goal('g1', 'two')))).status).toBe(428)
    const second = await amina(...put(goal('g1', 'two'), { 'If-Match': 'W/"1"' }))
    expect(second.status).toBe(200)
    const stale = await amina(...put(goal('g1', 'three'), { 'If-Match': 'W/"1"' }))
    expect(stale.status).toBe(412)
    expect(stale.headers.get('etag')).toBe('W/"2"')
    expect((await amina('/fhir/Goal/g1').then((r) => r.json())).description.text).toBe('two')
  })

  test('If-None-Match: * creates only a record that does not exist', async () => {
    const { amina } = await started()
    const once = { 'If-None-Match': '*' }
    expect((await amina(...put(goal('g1', 'one'), once))).status).toBe(201)
    expect((await amina(...put(goal('g1', 'one'), once))).status).toBe(412)
  })

  test('a conditional read of the same version answers 304, and a HEAD has no body', async () => {
    const { amina } = await started()
    await amina(...put(goal('g1', 'one')))
    const fresh = await amina('/fhir/Goal/g1', { headers: { 'If-None-Match': 'W/"1"' } })
    expect(fresh.status).toBe(304)
    const head = await amina('/fhir/Goal/g1', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('If-None-Exist creates a record once', async () => {
    const { amina } = await started()
    const json = {
      ...person('x'),
      id: undefined,
      identifier: [{ system: 'https://example.org/id', value: '42' }],
    }
    const headers = { 'If-None-Exist': 'identifier=https://example.org/id|42' }
    const first = await amina('/fhir/Patient', { method: 'POST', json, headers })
    const second = await amina('/fhir/Patient', { method: 'POST', json, headers })
    expect([first.status, second.status]).toEqual([201, 200])
    expect((await second.json()).id).toBe((await first.json()).id)
  })

  test('a patch changes only its paths, and a failing test in it changes nothing', async () => {
    const { amina } = await started()
    await amina(...put(goal('g1', 'one')))
    const patch = (steps: unknown, version: string) =>
      amina('/fhir/Goal/g1', {
        method: 'PATCH',
        body: JSON.stringify(steps),
        headers: { 'Content-Type': 'application/json-patch+json', 'If-Match': version },
      })
    const good = await patch([{ op: 'replace', path: '/description/text', value: 'two' }], 'W/"1"')
    expect((await good.json()).description.text).toBe('two')
    const bad = await patch(
      [
        { op: 'replace', path: '/description/text', value: 'three' },
        { op: 'test', path: '/lifecycleStatus', value: 'completed' },
      ],
      'W/"2"',
    )
    expect(bad.status).toBe(422)
    expect((await (await amina('/fhir/Goal/g1')).json()).meta.versionId).toBe('2')
  })

  test('a deleted record answers 410, is still read by version, and is in the history', async () => {
    const { amina } = await started()
    await amina(...put(goal('g1', 'one')))
    expect((await amina('/fhir/Goal/g1', { method: 'DELETE' })).status).toBe(204)
    expect((await amina('/fhir/Goal/g1')).status).toBe(410)
    expect((await amina('/fhir/Goal/g1/_history/1')).status).toBe(200)
    const history = (await (await amina('/fhir/Goal/g1/_history')).json()) as Bundle
    expect(history.entry?.map((entry) => entry.request?.method)).toEqual(['DELETE', 'PUT'])
  })

  test.each([
    ['POST', '/fhir/Patient', '{bad', 400],
    ['GET', '/fhir/Nonsense', undefined, 404],
    ['GET', '/fhir/Patient/nobody', undefined, 404],
    ['DELETE', '/fhir/metadata', undefined, 405],
    ['GET', '/fhir/Patient?_format=xml', undefined, 406],
    ['GET', '/fhir/Patient?birthdate=soon', undefined, 400],
    ['PUT', '/fhir/Patient/p2', '{"resourceType":"Patient","id":"p3"}', 400],
    ['PUT', '/fhir/Patient/p2', '{"resourceType":"Patient","id":"p2","colour":"red"}', 422],
    ['POST', '/fhir/Goal', '{"resourceType":"Goal","lifecycleStatus":"active"}', 422],
    ['POST', '/fhir/Patient/$nothing', undefined, 404],
  ])('%s %s answers an OperationOutcome', async (method, path, body, status) => {
    const { amina } = await started()
    const headers = body ? { 'Content-Type': 'application/fhir+json' } : {}
    const response = await amina(path, { method, ...(body ? { body } : {}), headers })
    expect(response.status).toBe(status)
    const outcome = (await response.json()) as OperationOutcome
    expect(outcome.resourceType).toBe('OperationOutcome')
    expect(outcome.issue[0]?.severity).toBe('error')
  })

  test('a body in XML is refused with 415', async () => {
    const { amina } = await started()
    const headers = { 'Content-Type': 'application/fhir+xml' }
    const response = await amina('/fhir/Patient', { method: 'POST', body: '<Patient/>', headers })
    expect(response.status).toBe(415)
  })

  test('page links of a posted search contain nothing of the query', async () => {
    const server = await started()
    await server.seed([person('p2'), person('p3')], 'brook-surgery')
    const found = await server.amina('/fhir/Patient/_search', {
      method: 'POST',
      body: 'family=Field&_count=2',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })
    const first = (await found.json()) as Bundle
    expect(JSON.stringify(first.link)).not.toContain('Field')
    const next = first.link?.find((link) => link.relation === 'next')?.url ?? ''
    const second = (await (await server.amina(next)).json()) as Bundle
    expect([first.entry?.length, second.entry?.length]).toEqual([2, 1])
    const karen = await server.as('karen')
    expect((await karen(next)).status).toBe(410)
  })
})
