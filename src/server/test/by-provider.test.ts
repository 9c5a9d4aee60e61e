import type { Patient } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { verifyHashChain } from '#server/audit/verify-hash-chain.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Sql } from '#server/store/sql.ts'
import { machineNow } from '#test-support/clock.ts'
import { type Browser, openBrowser } from '#test-support/doubles/browser.ts'
import { startOpenIdProvider, type TestProvider } from '#test-support/doubles/openid-provider.ts'
import { testOrigin } from '#test-support/servers/handler.ts'
import { sealAll } from '#test-support/servers/seal-all.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  actorIn,
  providerAccounts,
  relatedPerson,
  serverWithProvider,
  signInAt,
  staffPost,
} from '#test-support/worlds/provider-server.ts'

let provider: TestProvider
beforeAll(async () => {
  provider = await startOpenIdProvider(providerAccounts)
})
afterAll(async () => await provider.stop())

const refusedIn = async (sql: Sql) =>
  (
    await sql.query<{ identity: string; why: string }>(
      `SELECT identity, why FROM audit WHERE way = 'login' AND NOT allowed AND name = '' AND persons = '{}'`,
    )
  ).rows

eachStore('Sign-in with a provider', (open) => {
  const started = () => serverWithProvider(provider, open)
  const opened = async () => openBrowser((await started()).handler)

  test('gives staff their role and organisation from the records, and leads to the page asked for', async () => {
    const browser = await opened()
    const answer = await signInAt(browser, 'amina', '?to=/people/p1/plan')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/?to=%2Fpeople%2Fp1%2Fplan')
    expect([...browser.cookies.keys()]).toEqual(['__Host-gable'])
    expect(await actorIn(browser)).toEqual({
      identity: `amina@${new URL(provider.issuer).host}`,
      name: 'Name of amina',
      role: 'nurse-case-manager',
      practitioner: 'amina',
      organisation: 'a',
      organisationName: 'Practice A',
    })
  })

  test('matches a person by a verified NHS number, and a carer of two people as the carer of both', async () => {
    const { handler } = await started()
    const graces = openBrowser(handler)
    await signInAt(graces, 'grace')
    expect(await actorIn(graces)).toMatchObject({
      role: 'person',
      person: 'p1',
      name: 'Grace Okafor',
    })
    const chidis = openBrowser(handler)
    await signInAt(chidis, 'chidi')
    expect(await actorIn(chidis)).toMatchObject({
      role: 'carer',
      caresFor: [
        { relatedPerson: 'rp1', person: 'p1' },
        { relatedPerson: 'rp2', person: 'p2' },
      ],
    })
  })

  test('uses the record that has had the NHS number longest when two have it', async () => {
    const { handler, store, wait } = await started()
    wait(1)
    const number = 'https://fhir.nhs.uk/Id/nhs-number'
    for (const [id, value] of [
      ['a-second', '9990000018'],
      ['p2', '9990000018'],
    ] as const) {
      const resource = {
        ...{ resourceType: 'Patient' as const, id, name: [{ family: 'Other' }] },
        identifier: [{ system: number, value }],
      }
      await store.write({ resource, expect: 'anything' })
    }
    await store.write({ resource: relatedPerson('a-rp', 'p1', '9990000026'), expect: 'anything' })
    const graces = openBrowser(handler)
    await signInAt(graces, 'grace')
    expect(await actorIn(graces)).toMatchObject({ person: 'p1', name: 'Grace Okafor' })
    const chidis = openBrowser(handler)
    await signInAt(chidis, 'chidi')
    expect(await actorIn(chidis)).toMatchObject({
      caresFor: [{ relatedPerson: 'rp1' }, { relatedPerson: 'rp2' }],
    })
  })

  test('a number that has ended opens no record, of a person, a carer or a member of staff', async () => {
    const { handler, store, sql } = await started()
    await sql.query('delete from session')
    const ended = { end: '2020-01-01' }
    for (const [type, id] of [
      ['Patient', 'p1'],
      ['RelatedPerson', 'rp1'],
      ['Practitioner', 'amina'],
    ] as const) {
      const resource = (await store.read(type, id, everyone))?.resource as Patient
      const identifier = resource.identifier?.map((each) => ({ ...each, period: ended }))
      await store.write({ resource: { ...resource, id, identifier } as never, expect: 'anything' })
    }
    for (const who of ['grace', 'amina']) {
      const browser = openBrowser(handler)
      await signInAt(browser, who)
      expect((await browser.call('/auth/session')).status, who).toBe(401)
    }
    const chidis = openBrowser(handler)
    await signInAt(chidis, 'chidi')
    expect(await actorIn(chidis)).toMatchObject({ caresFor: [{ relatedPerson: 'rp2' }] })
  })

  test('lets a person with a record of their own sign in as a carer', async () => {
    const { handler, store } = await started()
    await store.write({ resource: relatedPerson('rp9', 'p2', '9990000018'), expect: 'anything' })
    const browser = openBrowser(handler)
    await signInAt(browser, 'grace', '?as=carer')
    expect(await actorIn(browser)).toMatchObject({ role: 'carer', caresFor: [{ person: 'p2' }] })
  })

  test.each([
    ['unknown', 'no-record'],
    ['left', 'no-role'],
    ['roleless', 'no-role'],
    ['amina-at-b', 'no-role'],
    ['unproven', 'not-verified'],
    ['nobody', 'no-record'],
    ['nothing', 'no-identity'],
    ['', 'refused'],
  ])(
    'refuses “%s” with the reason %s, and only the audit log records it',
    async (account, problem) => {
      const { handler, sql } = await started()
      const browser = openBrowser(handler)
      const before = await sql.query('SELECT count(*) FROM resource')
      const answer = await signInAt(browser, account, '?to=/today')
      expect(answer.headers.get('location')).toBe(`/sign-in?problem=${problem}&to=%2Ftoday`)
      expect((await browser.call('/auth/session')).status).toBe(401)
      expect(browser.cookies.size).toBe(0)
      expect((await sql.query('SELECT count(*) FROM resource')).rows).toEqual(before.rows)
      expect((await sql.query('SELECT 1 FROM session')).rows).toEqual([])
      expect(await refusedIn(sql)).toEqual([
        { identity: `${account || 'somebody'}@${new URL(provider.issuer).host}`, why: problem },
      ])
    },
  )

  test('that is refused is in the audit log without a number or a name, and the log is complete', async () => {
    const { handler, sql } = await started()
    await signInAt(openBrowser(handler), 'unknown')
    await signInAt(openBrowser(handler), 'nobody')
    // a callback without a sign-in started here is not logged
    await openBrowser(handler).call(`/auth/callback?state=${'f'.repeat(64)}&code=x`)
    const { rows } = await sql.query<{ told: string }>('SELECT audit::text AS told FROM audit')
    expect(rows).toHaveLength(2)
    for (const { told } of rows) expect(told).not.toMatch(/555999999999|9990000050/)
    await sealAll(sql, machineNow)
    const report = await verifyHashChain(sql)
    expect(report).toMatchObject({ entries: 2, open: 0 })
    expect(report.fault).toBeUndefined()
  })

  test('starts a new session with a new token, and ends the one before', async () => {
    const browser = await opened()
    await signInAt(browser, 'amina')
    const first = browser.cookies.get('__Host-gable')
    await signInAt(browser, 'amina')
    const cookie = `__Host-gable=${first}`
    expect(browser.cookies.get('__Host-gable')).not.toBe(first)
    expect((await browser.call('/auth/session', { headers: { cookie } })).status).toBe(401)
  })

  test('ends within a minute after the role ends, and follows a change of role', async () => {
    const { handler, store, wait } = await started()
    const browser = openBrowser(handler)
    await signInAt(browser, 'amina')
    const ended = staffPost('r1', 'amina', { period: { end: '2020-01-01' } })
    const moved = staffPost('r9', 'amina', {
      code: [{ coding: [{ system: gableCodeSystem, code: 'manager' }] }],
    })
    await store.writeMany([ended, moved].map((resource) => ({ resource, expect: 'anything' })))
    wait(2)
    expect(await actorIn(browser)).toMatchObject({ role: 'manager' })
    await store.write({
      resource: { ...moved, active: false } as ResourceWithId,
      expect: 'anything',
    })
    wait(2)
    expect((await browser.call('/auth/session')).status).toBe(401)
  })

  test('signing out everywhere ends only the sessions of this identity, and leads to the provider', async () => {
    const { handler } = await started()
    const [desk, phone, other] = [0, 1, 2].map(() => openBrowser(handler)) as [
      Browser,
      Browser,
      Browser,
    ]
    await signInAt(desk, 'amina')
    await signInAt(phone, 'amina')
    await signInAt(other, 'grace')
    const foreign = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }
    expect((await desk.call('/auth/sign-out-everywhere', foreign)).status).toBe(403)
    const headers = { origin: testOrigin }
    const answer = await desk.call('/auth/sign-out-everywhere', { method: 'POST', headers })
    const { leadsTo } = await answer.json()
    expect(new URL(leadsTo).pathname).toBe('/session/end')
    expect(new URL(leadsTo).searchParams.get('post_logout_redirect_uri')).toBe(
      `${testOrigin}/sign-in`,
    )
    expect((await phone.call('/auth/session')).status).toBe(401)
    expect((await other.call('/auth/session')).status).toBe(200)
  })
})
