import type { Bundle, BundleEntry, Observation, Patient } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const person = (id: string): Patient & { id: string } => ({ resourceType: 'Patient', id })
const weight = (id: string, whose: string): Observation & { id: string } => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'Body weight' },
  subject: { reference: `Patient/${whose}` },
  note: [{ text: 'on the ward' }],
})

const patchKind = 'application/json-patch+json'
const asBase64 = (text: string) => Buffer.from(text).toString('base64')
const get = { request: { method: 'GET', url: 'Patient/p1' } }
const patchOf = (data: string) => ({
  request: { method: 'PATCH', url: 'Patient/p1', ifMatch: 'W/"1"' },
  resource: { resourceType: 'Binary', contentType: patchKind, data },
})

eachStore('Malformed requests', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([person('p1'), person('p2'), weight('w1', 'p1')], 'brook-surgery')
    await server.seed([person('far')], 'elsewhere-clinic')
    const amina = await server.as('amina')
    const send = async (type: string, entry: unknown) =>
      await amina('/fhir', { method: 'POST', json: { resourceType: 'Bundle', type, entry } })
    return { ...server, amina, send }
  }

  const times = (count: number, one: (at: number) => string, by = '&') =>
    Array.from({ length: count }, (_, at) => one(at)).join(by)

  test.each([
    ['values', `/fhir/Observation?code=${times(3_000, (at) => `${at}`, ',')}`],
    [
      'values of many parameters',
      `/fhir/Observation?${times(40, () => `code=${times(30, (at) => `c${at}`, ',')}`)}`,
    ],
    [
      'words to find within texts',
      `/fhir/Patient?name:contains=${times(60, (at) => `n${at}`, ',')}`,
    ],
    [
      'values at the end of a chain',
      `/fhir/Observation?subject:Patient.name=${times(120, (at) => `n${at}`, ',')}`,
    ],
    ['parameters', `/fhir/Patient?${times(60, () => 'name=a')}`],
    [
      'links in a chain',
      `/fhir/Observation?subject:Patient.organization.partof.partof.partof.name=a`,
    ],
    [
      'reverse chains',
      `/fhir/Patient?${'_has:Observation:patient:_has:Observation:has-member:'.repeat(3)}code=a`,
    ],
    ['records to include', `/fhir/Patient?${times(30, () => '_revinclude=Observation:patient')}`],
    ['keys to sort by', `/fhir/Patient?_sort=${times(9, () => 'name', ',')}`],
  ])(
    'a search with too many %s is refused as too costly, also within a batch',
    async (_, address) => {
      const { amina, send } = await started()
      const refused = { resourceType: 'OperationOutcome', issue: [{ code: 'too-costly' }] }
      const answer = await amina(address)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject(refused)
      const [type = '', form = ''] = address.replace('/fhir/', '').split('?')
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const posted = await amina(`/fhir/${type}/_search`, { method: 'POST', headers, body: form })
      expect(await posted.json()).toMatchObject(refused)
      const url = address.replace('/fhir/', '')
      if (url.length > 10_000) return
      const { entry } = (await (
        await send('batch', [{ request: { method: 'GET', url } }])
      ).json()) as Bundle
      expect(entry?.[0]?.response?.outcome).toMatchObject(refused)
    },
  )

  test('the condition of a write is limited like a search', async () => {
    const { amina } = await started()
    const condition = `identifier=${times(1_100, (at) => `i${at}`, ',')}`
    const answers = [
      await amina(`/fhir/Patient?${condition}`, { method: 'DELETE' }),
      await amina('/fhir/Patient', {
        ...{ method: 'POST', json: person('p9') },
        headers: { 'If-None-Exist': condition },
      }),
    ]
    for (const answer of answers) expect(await answer.text()).toContain('too-costly')
  })

  test('a form, address or patch that is far too long is refused by its length', async () => {
    const { amina, send } = await started()
    const codes = `code=${times(500_000, () => 'a', ',')}`
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const form = await amina('/fhir/Observation/_search', { method: 'POST', headers, body: codes })
    expect(form.status).toBe(413)
    const batch = await send('batch', [
      { request: { method: 'GET', url: `Observation?${codes}` } },
      get,
    ])
    const { entry: answers } = (await batch.json()) as Bundle
    expect(answers?.map((each) => each.response?.status)).toEqual(['400', '200'])
    const patch = await amina('/fhir/Observation/w1', {
      method: 'PATCH',
      body: `[${times(100_000, () => '{"op":"test","path":"/a"}', ',')}]`,
      headers: { 'Content-Type': patchKind, 'If-Match': 'W/"1"' },
    })
    expect(patch.status).toBe(413)
  })

  test.each(['batch', 'transaction'])(
    'a %s of more entries than any record has is refused',
    async (type) => {
      const { send } = await started()
      expect(
        (
          await send(
            type,
            Array.from({ length: 10_001 }, () => get),
          )
        ).status,
      ).toBe(413)
    },
  )

  test.each([
    '/fhir/Patient?name=%00',
    '/fhir/Patient?_id=%00',
    '/fhir/Observation?code:text=a%00',
    '/fhir/Patient/p1/_history?_since=2026',
    '/fhir/Patient/p1/_history?_since=1%20Jan',
    '/fhir/Patient/p1/_history?_since=2026-02-30',
  ])('%s is refused with its reason', async (address) => {
    const { amina } = await started()
    expect((await amina(address)).status).toBe(400)
  })

  test.each(['2026-02-03', '2026-02-03T10:00:00Z', '2026-02-03T10:00:00.5%2B01:00'])(
    'the history since %s is answered',
    async (since) => {
      const { amina } = await started()
      expect((await amina(`/fhir/Patient/p1/_history?_since=${since}`)).status).toBe(200)
    },
  )

  test('a null character in an address gets 404', async () => {
    const { amina } = await started()
    expect((await amina('/fhir/Patient/%00')).status).toBe(404)
    expect((await amina('/fhir/Patient/%00/$everything')).status).toBe(404)
  })

  test.each([
    ['Patient/$find-people', 'text', 'valueString'],
    ['$break-glass', 'nhsNumber', 'valueString'],
    ['Provenance/$last-changes', 'patient', 'valueId'],
    ['CarePlan/$house', 'patient', 'valueId'],
  ])(
    'a null character in a parameter of %s is refused with its reason',
    async (name, part, type) => {
      const { amina } = await started()
      const parameter = [{ name: part, [type]: 'p\0' }]
      const json = { resourceType: 'Parameters', parameter }
      const answer = await amina(`/fhir/${name}`, { method: 'POST', json })
      expect([answer.status, await answer.text()]).toEqual([
        400,
        expect.stringContaining('null character'),
      ])
    },
  )

  test.each([
    ['a null character', '\0'],
    ['half a surrogate pair', '\ud800'],
  ])('%s in a number that others wait for is refused with its reason', async (_what, strange) => {
    const { amina, send } = await started()
    const json = { ...weight('', 'p1'), id: undefined }
    const numbered = { ...json, identifier: [{ value: `a${strange}` }] }
    const onCondition = { 'If-None-Exist': 'identifier=b' }
    const request = { method: 'POST', url: 'Observation', ifNoneExist: 'identifier=b' }
    const statuses = [
      await amina('/fhir/Observation', { method: 'POST', json: numbered, headers: onCondition }),
      await amina('/fhir/Observation?identifier=b', { method: 'PUT', json: numbered }),
      await send('transaction', [{ request, resource: numbered }]),
    ].map(({ status }) => status)
    expect(statuses).toEqual([422, 422, 422])
  })

  test('a null character in a condition is refused with its reason', async () => {
    const { amina, send } = await started()
    const json = { ...weight('', 'p1'), id: undefined }
    const headers = { 'If-None-Exist': 'identifier=%00' }
    const request = { method: 'POST', url: 'Observation', ifNoneExist: 'identifier=%00' }
    for (const answer of [
      await amina('/fhir/Observation', { method: 'POST', json, headers }),
      await amina('/fhir/Observation?identifier=%00', { method: 'PUT', json }),
      await send('transaction', [{ request, resource: json }]),
    ])
      expect([answer.status, await answer.text()]).toEqual([
        400,
        expect.stringContaining('null character'),
      ])
  })

  test('half a surrogate pair is refused', async () => {
    const { amina } = await started()
    const json = { ...person('p9'), name: [{ family: 'a\ud800b' }] }
    const answer = await amina('/fhir/Patient/p9', { method: 'PUT', json })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Patient.name[0].family')
  })

  test.each([
    [40, 201],
    [500, 400],
    [50_000, 400],
  ])('a record that is %i extensions deep is answered with %i', async (levels, status) => {
    const { amina } = await started()
    const inner = '{"url":"x","valueString":"]}"}'
    const deep = `${'{"url":"x","extension":['.repeat(levels)}${inner}${']}'.repeat(levels)}`
    const body = `{"resourceType":"Patient","id":"p9","extension":[${deep}]}`
    const headers = { 'Content-Type': 'application/fhir+json' }
    expect((await amina('/fhir/Patient/p9', { method: 'PUT', body, headers })).status).toBe(status)
  })

  test.each(['x', [null]])(
    'parameters that are not a list of parameters are refused: %j',
    async (parameter) => {
      const { amina } = await started()
      const json = { resourceType: 'Parameters', parameter }
      const answer = await amina('/fhir/Patient/$validate', { method: 'POST', json })
      expect(answer.status).toBe(400)
    },
  )

  test.each([
    [[{ op: 'replace', path: '/note/length', value: 0 }], 422],
    [[{ op: 'remove', path: '/note/length' }], 422],
    [[{ op: 'copy', from: 5, path: '/note' }], 400],
  ])('the patch %j is refused', async (steps, status) => {
    const { amina } = await started()
    const answer = await amina('/fhir/Observation/w1', {
      method: 'PATCH',
      body: JSON.stringify(steps),
      headers: { 'Content-Type': patchKind, 'If-Match': 'W/"1"' },
    })
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain('Step 0')
  })

  test.each(['_format=json', '_count=1'])('%s alone selects no record', async (condition) => {
    const { amina } = await started()
    const method = 'DELETE'
    expect((await amina(`/fhir/Observation?${condition}`, { method })).status).toBe(412)
    expect((await amina('/fhir/Observation/w1')).status).toBe(200)
  })

  test.each(['batch', 'transaction'])(
    'entries of a %s that are not a list are refused',
    async (type) => {
      const { send } = await started()
      expect((await send(type, {})).status).toBe(400)
      expect((await send(type, 'x')).status).toBe(400)
    },
  )

  const unusable: readonly (readonly [string, unknown])[] = [
    ['nothing', null],
    ['no request', { resource: person('p9') }],
    ['an address that is a number', { request: { method: 'GET', url: 5 } }],
    ['no record to keep', { request: { method: 'POST', url: 'Patient' } }],
    ['a patch that is not base64', patchOf('!!!')],
    ['a patch that is not JSON', patchOf(asBase64('{nope'))],
    ['a version with a star', { request: { ...get.request, method: 'DELETE', ifMatch: '★' } }],
  ]

  test.each(unusable)(
    'an entry with %s does not affect the others of its batch',
    async (_, entry) => {
      const { send } = await started()
      const answer = await send('batch', [entry, get])
      const { entry: answers } = (await answer.json()) as Bundle
      expect(answers?.map((each) => each.response?.status)).toEqual(['400', '200'])
    },
  )

  test.each(unusable)('an entry with %s is named by its transaction', async (_, entry) => {
    const { send } = await started()
    const answer = await send('transaction', [get, entry])
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('Bundle.entry[1]')
  })

  test.each(['batch', 'transaction'])('a patch in a %s keeps every character', async (type) => {
    const { amina, send } = await started()
    const family = 'José 李'
    await send(type, [
      patchOf(asBase64(JSON.stringify([{ op: 'add', path: '/name', value: [{ family }] }]))),
    ])
    const { name } = (await (await amina('/fhir/Patient/p1')).json()) as Patient
    expect(name).toEqual([{ family }])
  })

  test.each(['$', '%24'])(
    'an operation not allowed in a batch does not affect other entries, written with %s',
    async (dollar) => {
      const { amina } = await started()
      const entry = [
        {
          request: { method: 'POST', url: `Patient/p1/${dollar}export-record/` },
          resource: { resourceType: 'Parameters' },
        },
        get,
      ]
      const sent = await amina('/fhir', {
        method: 'POST',
        json: { resourceType: 'Bundle', type: 'batch', entry },
      })
      const { entry: answers = [] } = (await sent.json()) as Bundle
      expect(answers.map(({ response }) => response?.status)).toEqual(['400', '200'])
    },
  )

  test('a condition in a batch may contain any character', async () => {
    const { send } = await started()
    const { id: _, ...nameless } = person('')
    const resource = { ...nameless, name: [{ family: '李' }] }
    const entry = { request: { method: 'POST', url: 'Patient', ifNoneExist: 'name=李' }, resource }
    const answer = await send('batch', [entry, entry] as BundleEntry[])
    const { entry: answers } = (await answer.json()) as Bundle
    expect(answers?.map((each) => each.response?.status)).toEqual(['201', '200'])
  })

  test('a deleted record is restored only by users with access, for the same person', async () => {
    const { amina, as } = await started()
    const stranger = await as('stranger')
    const put = { method: 'PUT' }
    const gone = await (await as('admin'))('/fhir/Observation/w1', { method: 'DELETE' })
    expect(gone.status).toBe(204)
    const taken = await stranger('/fhir/Observation/w1', { ...put, json: weight('w1', 'far') })
    expect(taken.status).toBe(404)
    const moved = await amina('/fhir/Observation/w1', { ...put, json: weight('w1', 'p2') })
    expect(moved.status).toBe(422)
    const back = await amina('/fhir/Observation/w1', { ...put, json: weight('w1', 'p1') })
    expect(back.status).toBe(201)
    expect((await amina('/fhir/Observation/w1/_history/1')).status).toBe(200)
  })

  test('an administrator restores a person deleted by an earlier version, and other users do not', async () => {
    const { as, store } = await started()
    const [admin, stranger] = [await as('admin'), await as('stranger')]
    const put = { method: 'PUT', json: person('p2') }
    expect((await admin('/fhir/Patient/p2', { method: 'DELETE' })).status).toBe(403)
    await store.remove('Patient', 'p2', 'anything')
    expect((await stranger('/fhir/Patient/p2', put)).status).toBe(404)
    expect((await admin('/fhir/Patient/p2', put)).status).toBe(201)
  })
})
