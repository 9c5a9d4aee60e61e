import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOpenIdProvider, type TestProvider } from '#test-support/doubles/openid-provider.ts'
import { testOrigin } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { adtMessage } from '#test-support/worlds/adt-message.ts'
import { serverWithProvider } from '#test-support/worlds/provider-server.ts'

let provider: TestProvider
beforeAll(async () => {
  provider = await startOpenIdProvider({}, [
    { id: 'engine', organisation: 'A1' },
    { id: 'elsewhere', organisation: 'Z9' },
    { id: 'homeless' },
  ])
})
afterAll(async () => await provider.stop())

/** The person in the messages, registered with another organisation than the program’s. */
const grace = {
  ...{ resourceType: 'Patient' as const, id: 'g', birthDate: '1934-01-04' },
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
  name: [{ family: 'Okafor', given: ['Grace'] }],
  managingOrganization: { reference: 'Organization/b' },
}

eachStore('Messages sent by a program', (open) => {
  async function started() {
    const { handler, store, sql } = await serverWithProvider(provider, open)
    await store.writeMany([{ resource: grace, expect: 'anything' }])
    const call = async (scope: string, path: string, program = 'engine', message?: string) => {
      const token = await provider.tokenFor(program, scope)
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/hl7-v2' }
      const init = message === undefined ? {} : { method: 'POST', body: message }
      return await handler(new Request(`${testOrigin}${path}`, { headers, ...init }))
    }
    const stays = async () =>
      (await sql.query<{ id: string }>(`SELECT id FROM resource WHERE rt = 'Encounter'`)).rows
    return { call, stays, sql }
  }

  test('are processed with the scope for it, put on the record they name, and in the audit log', async () => {
    const { call, stays, sql } = await started()
    const answer = await call('hl7/adt.write', '/hl7', 'engine', adtMessage())
    expect([answer.status, (await answer.text()).includes('\rMSA|AA|')]).toEqual([200, true])
    expect(await stays()).toHaveLength(1)
    const { rows } = await sql.query(`SELECT name, role, allowed FROM audit WHERE way = 'hl7'`)
    expect(rows).toEqual([{ name: 'engine', role: 'program', allowed: true }])
  })

  test.each([
    ['for all records', 'system/*.cruds', 'engine'],
    ['with nearly the right scope', 'hl7/adt.read hl7/*.write', 'engine'],
    ['of an unknown organisation', 'hl7/adt.write', 'elsewhere'],
    ['without an organisation', 'hl7/adt.write', 'homeless'],
  ])('with a token %s are refused', async (_which, scope, program) => {
    const { call, stays } = await started()
    expect((await call(scope, '/hl7', program, adtMessage())).status).toBe(403)
    expect(await stays()).toEqual([])
  })

  test('need a scope that gives no access to records or to messages on hold', async () => {
    const { call } = await started()
    expect((await call('hl7/adt.write', '/hl7', 'engine', adtMessage({ nhs: '' }))).status).toBe(
      422,
    )
    for (const path of ['/fhir/Patient/g', '/fhir/Encounter', '/fhir/$kept-aside'])
      expect((await call('hl7/adt.write', path)).status).toBe(403)
    expect((await call('system/*.cruds hl7/adt.write', '/fhir/$kept-aside')).status).toBe(403)
  })
})
