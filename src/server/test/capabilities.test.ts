import type { CapabilityStatement } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type OpenHandler, openHandler } from '#test-support/servers/handler.ts'

/** The CapabilityStatement is true: everything it lists works, and everything else is refused. */
let server: OpenHandler
let admin: Caller
let capabilities: CapabilityStatement
beforeAll(async () => {
  server = await openHandler()
  await server.seed([{ resourceType: 'Patient', id: 'p1' }], 'brook-surgery')
  admin = await server.as('admin')
  capabilities = (await (await server.anyone('/fhir/metadata')).json()) as CapabilityStatement
})
afterAll(() => server.close())

const strict = { Prefer: 'handling=strict' }
const every = () => capabilities.rest?.[0]?.resource ?? []
/** the audit log is not a normal record type: it can only be searched, for one person at a time */
const resources = () => every().filter((each) => each.type !== 'AuditEvent')
const example: Readonly<Record<string, string>> = {
  string: 'x',
  token: 'x|y',
  date: 'ge2020-01-01',
  number: '1',
  quantity: '1',
  reference: 'Patient/p1',
  uri: 'https://example.org/x',
}

async function refusedOf(paths: readonly string[]): Promise<readonly string[]> {
  const refused: string[] = []
  for (const path of paths) {
    const { status } = await admin(path, { headers: strict })
    if (status !== 200) refused.push(`${status} ${path}`)
  }
  return refused
}

test('the security service is coded as SMART-on-FHIR', () => {
  expect(capabilities.rest?.[0]?.security?.service?.[0]?.coding).toEqual([
    {
      system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
      ...{ code: 'SMART-on-FHIR', display: 'SMART-on-FHIR' },
    },
  ])
})

test('every listed search parameter of every type works', async () => {
  const paths = resources().flatMap(({ type, searchParam }) =>
    (searchParam ?? []).map(
      ({ name, type: kind }) =>
        `/fhir/${type}?_summary=count&${name}=${encodeURIComponent(name === '_id' ? 'x' : (example[kind] ?? ''))}`,
    ),
  )
  expect(paths.length).toBeGreaterThan(1500)
  expect(await refusedOf(paths)).toEqual([])
})

test('the audit log can be searched as listed, and not changed', async () => {
  const auditEvent = every().find((each) => each.type === 'AuditEvent')
  expect(auditEvent?.interaction).toEqual([{ code: 'search-type' }])
  const names = auditEvent?.searchParam?.map((each) => each.name)
  expect(names).toEqual(['patient', 'date'])
  expect(await refusedOf(['/fhir/AuditEvent?patient=Patient/p1&date=ge2020-01-01'])).toEqual([])
  expect((await admin('/fhir/AuditEvent')).status, 'administrators read all of it').toBe(200)
  const amina = await server.as('amina')
  expect((await amina('/fhir/AuditEvent')).status).toBe(400)
  expect((await admin('/fhir/AuditEvent?patient=p1&agent=x')).status).toBe(400)
  expect((await admin('/fhir/AuditEvent/audit-1')).status).toBe(404)
  expect((await admin('/fhir/AuditEvent', { method: 'POST', json: {} })).status).toBe(405)
})

test('every listed include of every type works', async () => {
  const paths = resources().flatMap(({ type, searchInclude }) =>
    (searchInclude ?? []).map((each) => `/fhir/${type}?_include=${each}&_include:iterate=${each}`),
  )
  expect(paths.length).toBeGreaterThan(400)
  expect(await refusedOf(paths)).toEqual([])
})

test('every type has the same working interactions, except that a person is not deleted', async () => {
  const [first] = resources()
  for (const each of resources()) {
    const isGiven = ({ code }: { code?: string }) => each.type !== 'Patient' || code !== 'delete'
    expect(each.interaction).toEqual(first?.interaction?.filter(isGiven))
    expect([each.conditionalCreate, each.conditionalUpdate]).toEqual([true, true])
  }
  const json = {
    resourceType: 'Basic',
    id: 'b1',
    code: { text: 'x' },
    subject: { reference: 'Patient/p1' },
  }
  const sent = { 'Content-Type': 'application/json-patch+json', 'If-Match': 'W/"2"' }
  const patch = JSON.stringify([{ op: 'add', path: '/created', value: '2026-01-01' }])
  const calls: Readonly<Record<string, readonly [string, number, object?]>> = {
    update: ['/fhir/Basic/b1', 201, { method: 'PUT', json }],
    read: ['/fhir/Basic/b1', 200],
    vread: ['/fhir/Basic/b1/_history/1', 200],
    'history-instance': ['/fhir/Basic/b1/_history', 200],
    'history-type': ['/fhir/Basic/_history', 200],
    'search-type': ['/fhir/Basic', 200],
    create: ['/fhir/Basic', 201, { method: 'POST', json: { ...json, id: undefined } }],
    again: [
      '/fhir/Basic/b1',
      200,
      { method: 'PUT', json: { ...json, created: '2025' }, headers: { 'If-Match': 'W/"1"' } },
    ],
    patch: ['/fhir/Basic/b1', 200, { method: 'PATCH', body: patch, headers: sent }],
    delete: ['/fhir/Basic/b1', 204, { method: 'DELETE' }],
  }
  for (const [name, [path, status, init]] of Object.entries(calls))
    expect([name, (await admin(path, init)).status]).toEqual([name, status])
  const listed = first?.interaction?.map((each) => each.code) ?? []
  expect([...listed, 'again'].sort()).toEqual(Object.keys(calls).sort())
})

test('the system interactions work', async () => {
  const bundle = (type: string) =>
    admin('/fhir', { method: 'POST', json: { resourceType: 'Bundle', type, entry: [] } })
  const calls: Readonly<Record<string, () => Promise<Response>>> = {
    transaction: () => bundle('transaction'),
    batch: () => bundle('batch'),
    'history-system': () => admin('/fhir/_history'),
  }
  expect(capabilities.rest?.[0]?.interaction?.map((each) => each.code)).toEqual(Object.keys(calls))
  for (const call of Object.values(calls)) expect((await call()).status).toBe(200)
})

test('every operation is served where it is listed, and listed once', async () => {
  const onTypes = resources().flatMap(({ type, operation }) =>
    (operation ?? []).map(({ name }) => `/fhir/${type}/$${name}`),
  )
  const onSystem = capabilities.rest?.[0]?.operation?.map(({ name }) => `/fhir/$${name}`) ?? []
  expect(new Set(onTypes).size).toBe(onTypes.length)
  for (const path of [...onSystem, ...onTypes.filter((each) => each.startsWith('/fhir/Patient'))]) {
    const onRecord = path.replace('/fhir/Patient/', '/fhir/Patient/p1/')
    const answers = await Promise.all(
      [path, onRecord].map(async (each) => {
        const answer = await admin(each, { method: 'POST' })
        // a backup is produced while it is read, and this one is not needed
        await answer.body?.cancel()
        return answer.status
      }),
    )
    // a missing body gives 400 or 415, but a known operation never gives 404
    expect([path, answers.some((status) => status !== 404)]).toEqual([path, true])
  }
  expect((await admin('/fhir/$nothing', { method: 'POST' })).status).toBe(404)
})

test.each([
  ['DELETE', '/fhir', 405],
  ['GET', '/fhir', 405],
  ['PUT', '/fhir/metadata', 405],
  ['POST', '/fhir/Patient/p1', 405],
  ['PUT', '/fhir/Patient/_search', 405],
  ['DELETE', '/fhir/Patient/p1/_history/1', 405],
  ['DELETE', '/fhir/Patient/p1/_history', 405],
  ['PUT', '/fhir/Patient/$find-people', 405],
  ['GET', '/fhir/$import', 405],
  ['HEAD', '/fhir/$import', 405],
  ['GET', '/fhir/Patient/p1/Observation', 404],
  ['POST', '/fhir/Bundle', 404],
  ['GET', '/fhir/OperationOutcome/x', 404],
  ['GET', '/fhir/Colour', 404],
])(
  '%s %s, which is not listed, is refused with %i and says what is',
  async (method, path, status) => {
    const answer = await admin(path, { method })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ resourceType: 'OperationOutcome' })
    expect(answer.headers.has('allow')).toBe(status === 405)
  },
)
