import type { Bundle, Patient } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const system = 'https://example.org/id'
const person = (id: string, number: string): Patient & { id: string } => ({
  resourceType: 'Patient',
  id,
  identifier: [{ system, value: number }],
})
const numbered = (number: string) => `identifier=${system}|${number}`

eachStore('Conditional requests', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(
      [person('p1', '1'), person('twin-a', '2'), person('twin-b', '2')],
      'brook-surgery',
    )
    await server.seed([person('far', '3')], 'somewhere-else')
    const admin = await server.as('admin')
    return { ...server, amina: await server.as('amina'), admin }
  }
  const { id: _, ...nameless } = person('', '1')
  const json = (number: string, more: object = {}) => ({
    ...nameless,
    identifier: [{ system, value: number }],
    ...more,
  })

  test.each([
    ['1', 200, 'finds the existing record'],
    ['9', 201, 'creates one'],
    ['2', 412, 'refuses to choose'],
    ['3', 201, 'hides a record without access, and creates one'],
  ])('create If-None-Exist of number %s: %i, %s', async (number, status) => {
    const { amina } = await started()
    const headers = { 'If-None-Exist': numbered(number) }
    const answer = await amina('/fhir/Patient', { method: 'POST', json: json(number), headers })
    expect(answer.status).toBe(status)
    if (status === 200) expect((await answer.json()).id).toBe('p1')
  })

  test('nobody is found, linked or changed by an NHS number that fails its check, but a search finds it', async () => {
    const { admin, seed } = await started()
    const nhs = 'https://fhir.nhs.uk/Id/nhs-number'
    const smith = {
      resourceType: 'Patient' as const,
      identifier: [{ system: nhs, value: '9990000019' }],
    }
    await seed([{ ...smith, id: 'smith', name: [{ family: 'Smith' }] }])
    const conditions = [`identifier=${nhs}|9990000019`, 'identifier=999 000-0019']
    const note = (condition: string) => ({
      resourceType: 'Observation',
      ...{ status: 'final', code: { text: 'Weight' } },
      subject: { reference: `Patient?${condition}` },
    })
    for (const condition of conditions) {
      const at = `/fhir/Patient?${condition}`
      const headers = { 'Content-Type': 'application/json-patch+json' }
      const bundle = (entry: object) => ({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [entry],
      })
      const brought = (entry: object) => ({ ...bundle(entry), type: 'collection' })
      const answers = [
        await admin('/fhir/Patient', {
          method: 'POST',
          json: smith,
          headers: { 'If-None-Exist': condition },
        }),
        await admin(at, { method: 'PUT', json: smith }),
        await admin(at, {
          method: 'PATCH',
          body: '[{"op":"add","path":"/active","value":false}]',
          headers,
        }),
        await admin(at, { method: 'DELETE' }),
        await admin('/fhir', {
          method: 'POST',
          json: bundle({
            resource: note(condition),
            request: { method: 'POST', url: 'Observation' },
          }),
        }),
        await admin(`/fhir/Observation?patient.${condition}`, { method: 'DELETE' }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422])
      expect(await answers[0]?.text()).toContain(
        'The check digit of the NHS number 9990000019 is wrong',
      )
      const imported = await admin('/fhir/$import', {
        method: 'POST',
        json: brought({ resource: { ...note(condition), id: 'weight' } }),
      })
      expect(await imported.text()).toContain(
        'The check digit of the NHS number 9990000019 is wrong',
      )
      const found = (await (await admin('/fhir/Patient?identifier=9990000019')).json()) as Bundle
      expect(found.entry?.map(({ resource }) => resource?.id)).toEqual(['smith'])
    }
    const byNumber = { ...note(''), subject: { identifier: smith.identifier[0] } }
    expect((await admin('/fhir/Observation', { method: 'POST', json: byNumber })).status).toBe(422)
    expect((await admin('/fhir/Observation/weight')).status).toBe(404)
  })

  test.each([
    ['1', {}, {}, 200],
    ['1', { id: 'p1' }, {}, 200],
    ['1', { id: 'other' }, {}, 400],
    ['1', {}, { 'If-Match': 'W/"7"' }, 412],
    ['9', {}, {}, 201],
    ['9', { id: 'mine' }, {}, 201],
    ['2', {}, {}, 412],
  ])('update where number is %s with %j and %j: %i', async (number, more, headers, status) => {
    const { amina } = await started()
    const answer = await amina(`/fhir/Patient?${numbered(number)}`, {
      method: 'PUT',
      json: json(number, { active: true, ...more }),
      headers,
    })
    expect([answer.status, await answer.text()]).toEqual([status, expect.anything()])
    if (status === 200)
      expect(await (await amina('/fhir/Patient/p1')).json()).toMatchObject({ active: true })
  })

  const steps = JSON.stringify([{ op: 'add', path: '/active', value: true }])
  const kind = { 'Content-Type': 'application/json-patch+json' }

  test.each([
    [numbered('1'), {}, 200],
    [numbered('1'), { 'If-Match': 'W/"7"' }, 412],
    [numbered('9'), {}, 404],
    [numbered('2'), {}, 412],
    ['', {}, 412],
    ['colour=red', {}, 400],
  ])('patch where %s with %j: %i', async (where, headers, status) => {
    const { amina } = await started()
    const path = `/fhir/Patient?${where}`
    const answer = await amina(path, {
      method: 'PATCH',
      body: steps,
      headers: { ...kind, ...headers },
    })
    expect(answer.status).toBe(status)
  })

  test('a conditional patch works in a transaction too', async () => {
    const { amina } = await started()
    const entry = [
      {
        resource: { resourceType: 'Binary', contentType: kind['Content-Type'], data: btoa(steps) },
        request: { method: 'PATCH', url: `Patient?${numbered('1')}` },
      },
    ]
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry }
    const done = (await (await amina('/fhir', { method: 'POST', json: bundle })).json()) as Bundle
    expect(done.entry?.[0]?.response?.etag).toBe('W/"2"')
  })

  const twoNumbers = (at: number) => ({
    ...nameless,
    name: [{ family: `Once-${at}` }],
    identifier: [
      { system, value: `A-${at}` },
      { system: 'https://example.org/other', value: `B ${at}` },
    ],
  })
  const post = (at: number, condition: string) =>
    ['/fhir/Patient', 'POST', { 'If-None-Exist': condition }, twoNumbers(at)] as const
  const wherePut = (at: number, condition: string) =>
    [`/fhir/Patient?${condition}`, 'PUT', {}, twoNumbers(at)] as const
  const bundled = (at: number, condition: string) => {
    const request = { method: 'POST', url: 'Patient', ifNoneExist: condition }
    const entry = [{ resource: twoNumbers(at), request }]
    return ['/fhir', 'POST', {}, { resourceType: 'Bundle', type: 'transaction', entry }] as const
  }

  test.each([
    ['a number with its system and without', post, `${system}|A-`, post, 'A-'],
    ['a number in lower case', post, 'a-', bundled, `${system}|A-`],
    ['one number and another of the same person', post, 'A-', wherePut, 'B '],
    ['one of two numbers, and the other', wherePut, 'none,A-', bundled, 'B '],
    ['a number and a name', bundled, 'A-', post, 'family'],
  ] as const)('%s, asked for at once, create one record', async (_, one, a, other, b) => {
    const { amina, admin, sql } = await started()
    const asking = (number: string, at: number) =>
      number === 'family' ? `family=Once-${at}` : `identifier=${number}${at}`
    const rounds = Array.from({ length: 8 }, (_each, at) => [
      [amina, one(at, asking(a, at))] as const,
      [admin, other(at, asking(b, at))] as const,
    ])
    const statuses = await Promise.all(
      rounds.flat().map(async ([call, [path, method, headers, json]]) => {
        const answer = await call(path, { method, json, headers })
        return answer.status
      }),
    )
    expect(statuses.filter((status) => status > 201)).toEqual([])
    const { rows } = await sql.query<{ name: string; count: number }>(
      `select content -> 'name' -> 0 ->> 'family' as name, count(*)::int as count from resource
       where rt = 'Patient' and content -> 'name' -> 0 ->> 'family' like 'Once-%' group by 1 having count(*) > 1`,
    )
    expect(rows).toEqual([])
  })

  const made = (condition: string, resource: object) => ({
    resource,
    request: { method: 'POST', url: 'Patient', ifNoneExist: condition },
  })
  const wherePutEntry = (condition: string, resource: object) => ({
    resource,
    request: { method: 'PUT', url: `Patient?${condition}` },
  })

  const elsewhere = { ...nameless, identifier: [{ system: 'else', value: '7' }] }

  test.each([
    ['a number with its system and without', made('identifier=7', json('7')), 'Another entry'],
    ['another number of one', made('identifier=B%207', twoNumbers(7)), 'Another entry'],
    ['the number of another system', made('identifier=else|7', elsewhere), '201'],
    ['an existing person', wherePutEntry('identifier=1', json('1')), 'changed twice'],
  ])('a transaction that asks twice for %s is answered with %s', async (_, entry, answered) => {
    const { amina } = await started()
    const both = [...twoNumbers(7).identifier, { system, value: '7' }]
    const first = [
      made(numbered('7'), { ...twoNumbers(7), identifier: both }),
      wherePutEntry(numbered('1'), json('1', { active: true })),
    ]
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [...first, entry] }
    const answer = await amina('/fhir', { method: 'POST', json: bundle })
    const expectedStatus = answered.startsWith('2') ? 200 : 400
    expect([answer.status, await answer.text()]).toEqual([
      expectedStatus,
      expect.stringContaining(answered),
    ])
  })

  const noted = (id: string, number: string) => ({
    ...{ resourceType: 'Basic', id, code: { text: 'Note' } },
    ...{ subject: { reference: 'Patient/p1' }, identifier: [{ system, value: number }] },
  })

  test.each([
    [numbered('1'), 204, 410],
    [numbered('9'), 204, 200],
    [numbered('2'), 412, 200],
    ['', 412, 200],
    ['colour=red', 400, 200],
  ])('delete where %s: %i, and b1 then answers %i', async (where, status, after) => {
    const { admin, seed } = await started()
    await seed([noted('b1', '1'), noted('twin-a', '2'), noted('twin-b', '2')] as never)
    expect((await admin(`/fhir/Basic?${where}`, { method: 'DELETE' })).status).toBe(status)
    expect((await admin('/fhir/Basic/b1')).status).toBe(after)
  })

  test('a delete with an old version is refused', async () => {
    const { admin } = await started()
    const answer = await admin('/fhir/Patient/p1', {
      method: 'DELETE',
      headers: { 'If-Match': 'W/"7"' },
    })
    expect(answer.status).toBe(412)
  })

  test.each([
    ['W/"1"', 304],
    ['W/"7", W/"1"', 304],
    ['W/"7"', 200],
  ])('a read If-None-Match %s answers %i', async (tags, status) => {
    const { amina } = await started()
    const answer = await amina('/fhir/Patient/p1', { headers: { 'If-None-Match': tags } })
    expect([answer.status, answer.headers.get('etag')]).toEqual([status, 'W/"1"'])
    expect(await answer.text()).toMatch(status === 304 ? /^$/ : /Patient/)
  })

  test.each([
    ['return=minimal', ''],
    ['return=representation', 'Patient'],
    ['return=OperationOutcome', 'OperationOutcome'],
    ['respond-async, return=minimal', ''],
  ])('Prefer: %s answers %s on create, update and patch', async (prefer, type) => {
    const { amina } = await started()
    const call = async (method: string, init: object, headers: Record<string, string>) => {
      const path = method === 'POST' ? '/fhir/Patient' : '/fhir/Patient/p1'
      const answer = await amina(path, { method, ...init, headers: { Prefer: prefer, ...headers } })
      const text = await answer.text()
      expect(answer.headers.get('etag')).toMatch(/^W\/"\d"$/)
      expect(answer.headers.get('location')).toMatch(/\/_history\/\d$/)
      return [answer.status, text === '' ? '' : JSON.parse(text).resourceType]
    }
    expect(await call('POST', { json: nameless }, {})).toEqual([201, type])
    const change = { json: { ...person('p1', '1'), active: true } }
    expect(await call('PUT', change, { 'If-Match': 'W/"1"' })).toEqual([200, type])
    expect(await call('PATCH', { body: steps }, { ...kind, 'If-Match': 'W/"2"' })).toEqual([
      200,
      type,
    ])
  })
})
