import type { AuditEvent, Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type FhirRoute, fhirRouteOf } from '#server/http/fhir-routes.ts'
import { operationRegistry } from '#server/operations/registry.ts'
import type { Sql } from '#server/store/sql.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { condition, goal, grace, standing } from '#test-support/worlds/grace-records.ts'

type Call = Readonly<{ path: string; init?: Parameters<Caller>[1] }>

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const patching = { 'Content-Type': 'application/json-patch+json' }
const nhs = 'https://fhir.nhs.uk/Id/nhs-number'
const sound = { ...condition, id: undefined }
const post = (json: object, headers: Readonly<Record<string, string>> = {}) => ({
  ...{ method: 'POST', json, headers },
})
const put = (json: object, headers: Readonly<Record<string, string>> = {}) => ({
  ...{ method: 'PUT', json, headers },
})
const patch = (steps: unknown, headers: Readonly<Record<string, string>> = {}) => ({
  ...{ method: 'PATCH', body: JSON.stringify(steps), headers: { ...patching, ...headers } },
})
const note = [{ op: 'add', path: '/note', value: [{ text: 'x' }] }]
const bundle = (type: string, ...entry: readonly object[]) =>
  post({ resourceType: 'Bundle', type, entry })
const parameters = (...parameter: readonly object[]) =>
  post({ resourceType: 'Parameters', parameter })

/** Existing records, missing ones, a record of another person, and invalid ids. */
const ids = [
  'Condition/condition-1',
  'Condition/none-1',
  'Patient/other',
  'Organization/brook-surgery',
]

/** Searches of every kind, each with results and without. */
const questions = [
  `Condition?patient=${grace.reference}`,
  `Condition?patient=${grace.reference}&code=none`,
  'Condition?patient=Patient/other',
  'Condition?code=none&_summary=count',
  'Condition?code=x&_count=0',
  `Patient?identifier=${nhs}|4857773456`,
  'Patient?family=Nobody',
  'Organization?name=Brook',
  `Organization?_has:Patient:organization:family=Okafor`,
  'Practitioner?_has:EpisodeOfCare:care-manager:patient.birthdate=1942-03-11',
  'Condition?patient.identifier=4857773456',
  'Condition?_count=many',
  'Condition?code:no-such=x',
  'Condition?no-such=x',
]
const unknownIds = (many: number) => Array.from({ length: many }, (_, at) => `p-none-${at}`)
const conditions = ['_id=condition-1', `patient=${grace.reference}`, 'code=none', '_count=1']

function* calls(): Generator<Call> {
  yield* reads()
  yield* searches()
  yield* writes()
  yield* bundles()
  yield* operationCalls()
}

function* reads(): Generator<Call> {
  for (const id of ids) {
    for (const end of ['', '/_history', '/_history/1', '/_history/99'])
      yield { path: `${id}${end}` }
    yield { path: id, init: { method: 'HEAD' } }
  }
  for (const path of ['_history', 'Condition/_history', 'Goal/_history?_since=1', 'Condition'])
    yield { path }
}

function* searches(): Generator<Call> {
  for (const path of questions) {
    yield { path }
    const [type = '', body = ''] = path.split('?')
    yield { path: `${type}/_search`, init: { method: 'POST', headers: form, body } }
  }
  for (const person of [graceId, 'other', 'no-such-1', '']) {
    yield { path: `AuditEvent?patient=Patient/${person}` }
    const body = `patient=${person}`
    yield { path: 'AuditEvent/_search', init: { method: 'POST', headers: form, body } }
  }
}

function* operationCalls(): Generator<Call> {
  const places = { system: [''], type: ['/'], instance: [`/${graceId}/`, '/other/'] }
  for (const { name, on, type = 'Patient' } of operationRegistry)
    for (const place of places[on])
      for (const init of [{}, parameters(), post({ resourceType: 'Goal' })])
        yield { path: `${on === 'system' ? '' : type}${place}$${name}`, init }
  yield { path: '$no-such' }
}

function* writes(): Generator<Call> {
  yield { path: 'Condition', init: post(sound) }
  yield { path: 'Condition', init: post({ resourceType: 'Condition', subject: 7 }) }
  yield { path: 'Condition', init: post({ ...sound, subject: { reference: 'Patient/other' } }) }
  yield { path: 'Goal/goal-9', init: put({ ...goal(grace), id: 'goal-9' }) }
  yield { path: 'Goal/goal-8', init: put({ ...goal(grace), id: 'goal-9' }) }
  for (const tag of [{}, { 'If-Match': 'W/"7"' }, { 'If-None-Match': '*' }])
    yield { path: 'Condition/condition-1', init: put({ ...condition, id: 'condition-1' }, tag) }
  for (const steps of [note, [{ op: 'test', path: '/code/text', value: 'Gout' }], 'none'])
    yield { path: 'Condition/condition-1', init: patch(steps, { 'If-Match': 'W/"1"' }) }
  for (const each of conditions) {
    yield { path: 'Condition', init: post(sound, { 'If-None-Exist': each }) }
    yield { path: `Condition?${each}`, init: put({ ...sound, id: 'another-id-1' }) }
    yield { path: `Condition?${each}`, init: patch(note) }
    yield { path: `Condition?${each}&code=never`, init: { method: 'DELETE' } }
  }
  for (const path of ['Condition/none-1', 'Patient/other', 'Goal/goal-9'])
    yield { path, init: { method: 'DELETE' } }
}

function* bundles(): Generator<Call> {
  const entries = [
    { request: { method: 'GET', url: 'Condition?code=none' } },
    { request: { method: 'GET', url: 'Condition/none-1' } },
    { request: { method: 'PUT', url: 'Condition?code=none&_count=x' }, resource: sound },
    {
      request: { method: 'POST', url: 'Condition' },
      resource: { ...sound, recorder: { reference: `Patient?identifier=${nhs}|4857773456` } },
    },
    { request: { method: 'POST', url: 'Condition', ifNoneExist: 'code=none' }, resource: sound },
    {},
  ]
  for (const type of ['batch', 'transaction'])
    for (const each of [[], ...entries.map((entry) => [entry])])
      yield { path: '', init: bundle(type, ...each) }
  yield { path: '', init: bundle('collection') }
  yield { path: '', init: post({ resourceType: 'Patient' }) }
}

const everyKind: Readonly<Record<Exclude<FhirRoute['kind'], 'metadata'>, true>> = {
  ...{ bundle: true, trail: true, search: true, 'search-form': true, create: true, read: true },
  ...{ update: true, patch: true, delete: true, vread: true, history: true, operation: true },
  ...{ 'update-where': true, 'patch-where': true, 'delete-where': true },
}

type Entry = Readonly<{
  way: string
  allowed: boolean
  asked: string
  persons: readonly string[]
  why: string
}>

async function entriesAfter(sql: Sql, seq: number, identity: string) {
  const { rows } = await sql.query<Entry & { seq: number }>(
    'select seq, way, allowed, asked, to_json(persons) as persons, why from audit where seq > $1 and identity = $2 order by seq',
    [seq, identity],
  )
  return rows
}

/** A refused request has a refused entry. */
const mayBeAllowed = (status: number, left: readonly Entry[]) =>
  status < 400 || left.some((each) => !each.allowed)

const last = async (sql: Sql) =>
  Number(
    (await sql.query<{ seq: number }>('select coalesce(max(seq), 0) as seq from audit')).rows[0]
      ?.seq,
  )

eachStore('The audit log', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(standing, 'brook-surgery')
    return server
  }

  test('gets an entry for every request, on every route, for every user and result', async () => {
    const { sql, as } = await started()
    const seen = {
      ...{ kinds: new Set<string>(), names: new Set<string>(), statuses: new Set<number>() },
    }
    const tried = async (identity: string, { path, init }: Call) => {
      const before = await last(sql)
      const { status, body } = await (await as(identity))(`/fhir/${path}`, init)
      await body?.cancel()
      const left = await entriesAfter(sql, before, identity)
      const logged = left.map((each) => each.asked).join(' ')
      const what = [identity, path, init?.method, status]
      const [type = ''] = path.split(/[/?]/)
      const isInformed = left.length > 0 && logged.includes(type) && mayBeAllowed(status, left)
      expect([...what, isInformed]).toEqual([...what, true])
      expect(logged).not.toMatch(/4857773456|Okafor|1942-03-11|Nobody/)
      seen.statuses.add(status)
      const route = fhirRouteOf(init?.method ?? 'GET', path.split('?')[0] ?? '')
      seen.kinds.add(route.kind)
      seen.names.add('name' in route ? route.name : '')
    }
    for (const identity of ['amina', 'stranger', 'grace', 'admin'])
      for (const each of calls()) await tried(identity, each)
    expect([...seen.kinds].toSorted()).toEqual(Object.keys(everyKind).toSorted())
    expect(operationRegistry.filter(({ name }) => !seen.names.has(name))).toEqual([])
    const outcomes = [200, 201, 204, 400, 403, 404, 405, 412, 422, 428]
    expect(outcomes.filter((status) => !seen.statuses.has(status))).toEqual([])
  })

  const find = (...parameter: readonly object[]) =>
    ({ path: 'Patient/$find-people', init: parameters(...parameter) }) as const
  const word = { name: 'text', valueString: 'okafor' }
  const all = { name: 'known', valueCode: 'all' }

  test.each<[what: string, call: Call, status: number]>([
    ['a count of few people', find(word, all, { name: 'count', valueInteger: 0 }), 200],
    ['a page past the end', find(word, all, { name: 'offset', valueInteger: 900 }), 200],
    [
      'a search that finds no record of the person',
      { path: `Goal?patient=${grace.reference}` },
      200,
    ],
    ['a search past the end', { path: `Condition?patient=${grace.reference}&_offset=500` }, 200],
    [
      'a conditional write that finds another id',
      {
        path: `Condition?patient=${grace.reference}&_id=condition-1`,
        init: put({ ...sound, id: 'x1' }),
      },
      400,
    ],
    [
      'a conditional write of an invalid record',
      {
        path: 'Condition?_id=condition-1',
        init: put({ resourceType: 'Condition', id: 'condition-1' }),
      },
      422,
    ],
    [
      'a failing transaction with a conditional reference to the person',
      {
        path: '',
        init: bundle('transaction', {
          request: { method: 'POST', url: 'Goal' },
          resource: { resourceType: 'Goal', subject: { reference: 'Patient?family=Okafor' } },
        }),
      },
      422,
    ],
    [
      'a write with an old version',
      {
        path: 'Condition/condition-1',
        init: put({ ...condition, id: 'condition-1' }, { 'If-Match': 'W/"9"' }),
      },
      412,
    ],
    ...[
      `Practitioner?_has:EpisodeOfCare:care-manager:patient=${grace.reference}`,
      `Practitioner?_has:CareTeam:participant:subject=${graceId}`,
      `Organization?_has:Patient:organization:_id=${graceId}`,
      `Organization?_has:EpisodeOfCare:organization:patient.identifier=4857773456`,
      `Goal?subject:Patient=${graceId}&description=none`,
      `Task?focus=${grace.reference}`,
      `Condition?patient._id=${graceId}&code=none`,
      `Condition?patient=${[...unknownIds(100), graceId]}&code=none`,
      `Condition?patient.identifier=${[...unknownIds(10), '4857773456']}&code=none`,
      `Communication?recipient=${graceId}&category=none`,
      `Communication?recipient:Patient=${graceId}&category=none`,
    ].map((path): [string, Call, number] => [`a search for others by her, ${path}`, { path }, 200]),
    ['a search for elements without the subject', { path: 'Condition?_elements=code' }, 200],
    [
      'a total of a search without conditions, past the end',
      { path: 'Condition?_total=accurate&_offset=500' },
      200,
    ],
    [
      'a total beside a page with another person',
      { path: 'Patient?_total=accurate&_count=1&_sort=-family' },
      200,
    ],
    [
      'a total beside the last page',
      { path: 'Patient?_total=accurate&_offset=1&_sort=family' },
      200,
    ],
    [
      'a total in a batch',
      {
        path: '',
        init: bundle('batch', {
          request: { method: 'GET', url: 'Condition?_total=estimate&_offset=9' },
        }),
      },
      200,
    ],
    ['a last page with another person', { path: 'Patient?_offset=1&_sort=family' }, 200],
    ['a page past the end, without a total', { path: 'Condition?_offset=500' }, 200],
    ['a page past the end by a cursor', { path: 'Condition?_cursor=500' }, 200],
    ['the number of versions of a type', { path: 'Condition/_history?_count=0' }, 200],
    ['the number of versions in all', { path: '_history?_offset=9999' }, 200],
    [
      '$everything past its last page',
      { path: `Patient/${graceId}/$everything?_count=1&_offset=99` },
      200,
    ],
    ['the person’s audit log', { path: `AuditEvent?patient=${grace.reference}` }, 200],
    [
      'the number of versions of a record',
      { path: 'Condition/condition-1/_history?_count=0' },
      200,
    ],
    ['a history past its end', { path: 'Condition/condition-1/_history?_offset=99' }, 200],
    [
      'an empty history since a date',
      { path: 'Condition/condition-1/_history?_since=2036-01-01' },
      200,
    ],
    [
      '$validate of a record that exists',
      {
        path: 'Condition/$validate?mode=create',
        init: post({ ...condition, id: 'condition-1' }),
      },
      200,
    ],
    [
      '$validate of a deletion',
      { path: 'Condition/condition-1/$validate?mode=delete', init: { method: 'POST' } },
      200,
    ],
  ])('names the person for %s', async (_what, { path, init }, status) => {
    const { sql, as, seed } = await started()
    const identifier = [{ system: nhs, value: '4857773456' }]
    await seed([{ resourceType: 'Patient', id: graceId, name: [{ family: 'Okafor' }], identifier }])
    const call = await as('amina')
    const before = await last(sql)
    expect((await call(`/fhir/${path}`, init)).status).toBe(status)
    const left = await entriesAfter(sql, before, 'amina')
    expect(left.flatMap((each) => each.persons)).toContain(graceId)
    const log = await (await as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    expect(await log.text()).toContain('Amina Yusuf')
  })

  test('a total of more than 100 people names only the people on the page', async () => {
    const { sql, as, seed } = await started()
    const crowd = Array.from({ length: 101 }, (_, at) => ({
      ...{ resourceType: 'Patient' as const, id: `crowd-${at}` },
      gender: at < 100 ? ('other' as const) : ('unknown' as const),
    }))
    await seed(crowd, 'brook-surgery')
    const call = await as('amina')
    const totalOf = async (path: string) => {
      const before = await last(sql)
      const { total } = (await (await call(`/fhir/${path}`)).json()) as Bundle
      const left = await entriesAfter(sql, before, 'amina')
      return { total, people: left.flatMap((each) => each.persons).length }
    }
    const all = 'Patient?gender=other,unknown&_total=accurate'
    expect(await totalOf(`${all}&_count=3`)).toEqual({ total: 101, people: 3 })
    expect(await totalOf(`${all}&_offset=101`)).toEqual({ total: 101, people: 0 })
    expect(await totalOf('Patient?gender=other&_total=accurate&_count=3')).toEqual({
      total: 100,
      people: 100,
    })
  })

  test('shows the person a search by a user without access as refused, and the user learns nothing', async () => {
    const { sql, as } = await started()
    const stranger = await as('stranger')
    const existing = await (await stranger(`/fhir/Condition?patient=${grace.reference}`)).text()
    const missing = await (await stranger('/fhir/Condition?patient=Patient/p-00000000')).text()
    expect(existing).toBe(missing.replaceAll('p-00000000', graceId))
    const left = await entriesAfter(sql, 0, 'stranger')
    const refused = left.filter((each) => each.persons.includes(graceId))
    expect(refused).toMatchObject([{ way: 'search-type', allowed: false }])
    const log = await (await as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    expect(await log.text()).toContain('no relation to this person')
  })

  test('shows an administrator who searched for a number, without storing the number', async () => {
    const { as } = await started()
    await (await as('stranger'))(`/fhir/Patient?identifier=${nhs}|485 777 3456`)
    await (await as('patel'))('/fhir/Organization?name=Brook')
    const admin = await as('admin')
    const found = async (query: string) =>
      ((await (await admin(`/fhir/AuditEvent?${query}`)).json()) as Bundle<AuditEvent>).entry ?? []
    const words = ({ resource }: { resource?: AuditEvent }) =>
      atob(resource?.entity?.find((each) => each.query)?.query ?? '')
    const [looked, ...more] = await found('asked=4857773456&agent=Practitioner/robin-vale')
    expect(more).toEqual([])
    expect(looked && words(looked)).toMatch(/^Patient\?identifier=https:\S+\|#[0-9a-f]{24}$/)
    expect(looked?.resource?.agent[0]?.altId).toBe('stranger')
    const [byPatel] = await found('agent=Practitioner/anil-patel')
    expect(byPatel && words(byPatel)).toMatch(/^Organization\?name=#/)
    for (const who of ['amina', 'grace', 'ruth'])
      expect((await (await as(who))('/fhir/AuditEvent?agent=x')).status, who).toBe(400)
  })
})
