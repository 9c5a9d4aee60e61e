import type { Bundle } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Handler } from '#server/handler.ts'
import { machineNow } from '#test-support/clock.ts'
import { startOpenIdProvider, type TestProvider } from '#test-support/doubles/openid-provider.ts'
import { testOrigin } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { serverWithProvider } from '#test-support/worlds/provider-server.ts'

let provider: TestProvider
beforeAll(async () => {
  provider = await startOpenIdProvider({}, [
    { id: 'lab', organisation: 'A1' },
    { id: 'elsewhere', organisation: 'Z9' },
    { id: 'homeless' },
  ])
})
afterAll(async () => await provider.stop())

const subject = { reference: 'Patient/g' }
const grace = {
  resourceType: 'Patient',
  id: 'g',
  name: [{ family: 'Okafor' }],
  managingOrganization: { reference: 'Organization/a' },
} as const
const reading = {
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code: { text: 'Weight' },
  subject,
} as const
const goal = {
  resourceType: 'Goal',
  id: 'g1',
  lifecycleStatus: 'active',
  description: { text: 'Walk' },
  subject,
} as const

type Call = (path: string, method?: string, json?: unknown, more?: object) => Promise<Response>

function callerWith(handler: Handler, token: string): Call {
  return (path, method = 'GET', json = undefined, more = {}) => {
    const kind = json ? { 'Content-Type': 'application/fhir+json' } : {}
    const headers = { Authorization: `Bearer ${token}`, ...kind, ...more }
    const body = json ? JSON.stringify(json) : null
    return handler(new Request(`${testOrigin}${path}`, { method, headers, body }))
  }
}

const bundle = (type: 'batch' | 'transaction', method: string, url: string, resource?: object) => ({
  resourceType: 'Bundle',
  type,
  entry: [{ request: { method, url }, ...(resource ? { resource } : {}) }],
})
const patch = { 'Content-Type': 'application/json-patch+json', 'If-Match': 'W/"1"' }
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const fresh = { 'If-None-Match': '*' }
const firstVersion = { 'If-Match': 'W/"1"' }

/** Each call with the scopes on Observation that it needs: with them it is allowed, without one of them refused. */
const interactions: readonly (readonly [string, string, Parameters<Call>])[] = [
  ['read', 'r', ['/fhir/Observation/o1']],
  ['vread', 'r', ['/fhir/Observation/o1/_history/1']],
  ['history of one', 'r', ['/fhir/Observation/o1/_history']],
  ['history of a type', 's', ['/fhir/Observation/_history']],
  ['search', 's', ['/fhir/Observation']],
  ['search by form', 's', ['/fhir/Observation/_search', 'POST', undefined, form]],
  ['create', 'c', ['/fhir/Observation', 'POST', { ...reading, id: undefined }]],
  ['create by PUT', 'c', ['/fhir/Observation/o9', 'PUT', { ...reading, id: 'o9' }, fresh]],
  ['update', 'u', ['/fhir/Observation/o1', 'PUT', { ...reading, status: 'amended' }, firstVersion]],
  ['patch', 'ru', ['/fhir/Observation/o1', 'PATCH', [], patch]],
  [
    'conditional create',
    'cs',
    [
      '/fhir/Observation',
      'POST',
      { ...reading, id: undefined },
      { 'If-None-Exist': 'status=cancelled' },
    ],
  ],
  [
    'conditional update',
    'us',
    ['/fhir/Observation?_id=o1', 'PUT', { ...reading, status: 'amended' }],
  ],
]

eachStore('Programs', (open) => {
  async function started() {
    const server = await serverWithProvider(provider, open)
    await server.store.writeMany(
      [grace, reading, goal].map((resource) => ({
        resource: resource as unknown as ResourceWithId,
        expect: 'anything',
      })),
    )
    return server
  }
  async function asProgram(scope: string, program = 'lab'): Promise<Call> {
    const { handler } = await started()
    return callerWith(handler, await provider.tokenFor(program, scope))
  }

  test('of a code that a care home has see nobody: a home is no practice', async () => {
    const { handler, store } = await started()
    const code = { coding: [{ system: 'https://gable.example/codes', code: 'care-home' }] }
    const identifier = [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'Z9' }]
    const home = { resourceType: 'Organization', id: 'home-z', type: [code], identifier }
    const registered = {
      ...{ ...grace, id: 'in-home' },
      managingOrganization: { reference: 'Organization/home-z' },
    }
    await store.writeMany(
      [home, registered].map((resource) => ({
        ...{ resource: resource as unknown as ResourceWithId, expect: 'anything' as const },
      })),
    )
    const call = callerWith(handler, await provider.tokenFor('elsewhere', 'system/Patient.rs'))
    expect((await call('/fhir/Patient/in-home')).status).toBe(404)
  })

  test.each(interactions)(
    '%s needs “%s” on its type, and nothing less',
    async (_name, needed, call) => {
      const may = await asProgram(`system/Observation.${needed}`)
      expect((await may(...call)).status).toBeLessThan(300)
      for (const letter of needed) {
        const others = [...'cruds'].filter((each) => each !== letter).join('')
        const mayNot = await asProgram(`system/Observation.${others} system/Goal.cruds`)
        expect((await mayNot(...call)).status).toBe(403)
      }
    },
  )

  test('each entry of a bundle needs the same scopes as the request alone', async () => {
    const call = await asProgram('system/Observation.rs')
    const answers = async (
      type: 'batch' | 'transaction',
      method: string,
      url: string,
      resource?: object,
    ) => {
      const answer = await call('/fhir', 'POST', bundle(type, method, url, resource))
      const body = (await answer.json()) as Bundle
      return answer.ok ? body.entry?.[0]?.response?.status : String(answer.status)
    }
    const other = { ...reading, id: 'o8' }
    for (const type of ['batch', 'transaction'] as const) {
      expect(await answers(type, 'GET', 'Observation/o1')).toBe('200')
      expect(await answers(type, 'GET', 'Goal/g1')).toBe('403')
      expect(await answers(type, 'GET', 'Goal?subject=Patient/g')).toBe('403')
      expect(await answers(type, 'PUT', 'Observation/o8', other)).toBe('403')
      expect(await answers(type, 'DELETE', 'Observation/no-such')).toBe('403')
    }
    const conditional = bundle('transaction', 'PUT', 'Goal?description=Walk', goal)
    expect((await call('/fhir', 'POST', conditional)).status).toBe(403)
  })

  test('nothing of another type is included, counted, chained over or revealed', async () => {
    const call = await asProgram('system/Observation.rs')
    const found = async (path: string) => {
      const answer = await call(path)
      const body = (await answer.json()) as Bundle
      return {
        status: answer.status,
        types: body.entry?.map((each) => each.resource?.resourceType),
      }
    }
    const only = { status: 200, types: ['Observation'] }
    expect(await found('/fhir/Observation?_include=Observation:subject')).toEqual(only)
    expect((await found('/fhir/Observation?subject:Patient.family=Okafor')).types ?? []).toEqual([])
    const patients = await asProgram('system/Patient.rs')
    const read = async (path: string) => (await (await patients(path)).json()) as Bundle
    const whole = await read('/fhir/Patient/g/$everything')
    expect(whole.entry?.map((each) => each.resource?.resourceType)).toEqual(['Patient'])
    expect(whole.total).toBe(1)
    const included = await read('/fhir/Patient?_id=g&_revinclude=Observation:subject')
    expect(included.entry).toHaveLength(1)
    expect(
      (await read('/fhir/Patient?_has:Observation:subject:code:text=Weight')).entry ?? [],
    ).toEqual([])
    const history = await read('/fhir/_history?_count=100')
    expect(new Set(history.entry?.map((each) => each.resource?.resourceType))).toEqual(
      new Set(['Patient']),
    )
  })

  test.each([
    ['/fhir/$caseload'],
    ['/fhir/$today'],
    ['/fhir/$measures'],
    ['/fhir/Patient/g/$who-looked'],
    ['/fhir/AuditEvent'],
  ])('%s is not for programs', async (path) => {
    const call = await asProgram('system/*.cruds')
    expect([403, 404]).toContain((await call(path)).status)
    expect((await call('/events')).status).toBe(401)
    expect((await call('/auth/session')).status).toBe(401)
  })

  test('anybody can read where to get a token', async () => {
    const { handler } = await started()
    const configuration = await handler(
      new Request(`${testOrigin}/fhir/.well-known/smart-configuration`),
    )
    expect(await configuration.json()).toMatchObject({ token_endpoint: `${provider.issuer}/token` })
  })

  test('a program has access to the people of its organisation, and without one to nobody', async () => {
    const { handler } = await started()
    const reached = async (program: string) => {
      const call = callerWith(handler, await provider.tokenFor(program, 'system/*.cruds'))
      return [
        (await call('/fhir/Patient/g')).status,
        (await (await call('/fhir/Patient?_total=accurate')).json()).total,
      ]
    }
    expect(await reached('lab')).toEqual([200, expect.any(Number)])
    expect(await reached('elsewhere')).toEqual([404, 0])
    expect(await reached('homeless')).toEqual([404, 0])
  })

  test('a program sends no message in a person’s name', async () => {
    const call = await asProgram('system/*.cruds')
    const words = { resourceType: 'Communication', status: 'completed', subject, sender: subject }
    expect((await call('/fhir/Communication', 'POST', words)).status).toBe(403)
  })

  test.each([
    ['for another audience', { aud: 'urn:other' }],
    ['from another issuer', { iss: 'https://elsewhere.example' }],
    ['that has expired', { exp: 1 }],
    ['of a person', { sub: 'amina' }],
    ['that names no program', { client_id: undefined }],
  ])('a token %s is refused', async (_title, claims) => {
    const { handler } = await started()
    const now = Math.floor(machineNow().getTime() / 1000)
    const sound = {
      aud: 'urn:gable',
      client_id: 'lab',
      scope: 'system/*.rs',
      iat: now,
      exp: now + 60,
    }
    const status = async (claimed: Record<string, unknown>) =>
      (await callerWith(handler, await provider.sign(claimed, 'at+jwt'))('/fhir/Patient')).status
    expect(await status(sound)).toBe(200)
    expect(await status({ ...sound, ...claims })).toBe(401)
  })

  test('a token without a signature or with a shared secret is refused', async () => {
    const { handler } = await started()
    const part = (value: object) => btoa(JSON.stringify(value)).replaceAll('=', '')
    const claims = part({
      iss: provider.issuer,
      aud: 'urn:gable',
      client_id: 'lab',
      scope: 'system/*.rs',
      iat: 1,
      exp: 9999999999,
    })
    for (const alg of ['none', 'HS256']) {
      const call = callerWith(handler, `${part({ alg, kid: 'test' })}.${claims}.c2ln`)
      expect((await call('/fhir/Patient')).status).toBe(401)
    }
  })
})
