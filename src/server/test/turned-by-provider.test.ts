import { afterAll, beforeAll, expect, test } from 'vitest'
import { turnSession } from '#server/agreement/turned-session.ts'
import { machineNow } from '#test-support/clock.ts'
import { type Browser, openBrowser, pressAccount } from '#test-support/doubles/browser.ts'
import { startOpenIdProvider, type TestProvider } from '#test-support/doubles/openid-provider.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  actorIn,
  providerAccounts,
  serverWithProvider,
  signInAt,
} from '#test-support/worlds/provider-server.ts'

let provider: TestProvider
beforeAll(async () => {
  provider = await startOpenIdProvider(providerAccounts)
})
afterAll(async () => await provider.stop())

const forget = (browser: Browser) => (browser.cookies as Map<string, string>).clear()

eachStore('A turned screen, and a nurse who is still signed in at the provider', (open) => {
  async function turned(minutesAhead = 0) {
    const server = await serverWithProvider(provider, open)
    const browser = openBrowser(server.handler)
    await signInAt(browser, 'amina')
    const at = new Date(machineNow().getTime() + minutesAhead * 60_000).toISOString()
    const shown = { person: 'p1', plan: 'plan-1', version: '1', at, helpers: [] }
    await turnSession(server.sql, browser.cookies.get('__Host-gable') ?? '', shown)
    return { ...server, browser }
  }
  const leaving = async (browser: Browser, query = '') =>
    new URL((await browser.call(`/auth/sign-in${query}`)).headers.get('location') ?? '')
  const comeBack = async (browser: Browser, address: string) =>
    (await browser.call(await pressAccount(browser, address, 'amina'))).headers.get('location')

  test('asks for the password again, and then the nurse is back with a new session', async () => {
    const { browser, sql } = await turned()
    const before = browser.cookies.get('__Host-gable')
    expect((await browser.call('/fhir/Patient/p1')).status).toBe(403)
    const address = await leaving(browser, '?to=/people/p1/plan')
    expect([address.searchParams.get('prompt'), address.searchParams.get('max_age')]).toEqual([
      ...['login', '0'],
    ])
    expect(await comeBack(browser, address.href)).toBe('/?to=%2Fpeople%2Fp1%2Fplan')
    expect(browser.cookies.get('__Host-gable')).not.toBe(before)
    expect(await actorIn(browser)).toMatchObject({ practitioner: 'amina' })
    const { rows } = await sql.query(`select 1 from session where turned is not null`)
    expect(rows).toEqual([])
  })

  test('lets nobody in by an old sign-in when the question for the password is cut from the address', async () => {
    const { browser } = await turned(10)
    const address = await leaving(browser)
    address.searchParams.delete('prompt')
    address.searchParams.delete('max_age')
    expect(await comeBack(browser, address.href)).toMatch(/^\/sign-in\?problem=/)
    expect((await browser.call('/fhir/Patient/p1')).status).toBe(403)
  })

  test('lets nobody in by an old sign-in when the cookie of the turned screen is deleted', async () => {
    const { browser } = await turned()
    forget(browser)
    const address = await leaving(browser)
    expect(await comeBack(browser, address.href)).toBe('/sign-in?problem=again')
    expect((await browser.call('/auth/session')).status).toBe(401)
    const again = await leaving(browser, '?again=1')
    expect(again.searchParams.get('prompt')).toBe('login')
    expect(await comeBack(browser, again.href)).toBe('/?to=%2F')
    expect(await actorIn(browser)).toMatchObject({ practitioner: 'amina' })
  })

  test('after half an hour without use asks for the password all the same', async () => {
    const { browser, wait } = await turned()
    wait(31)
    expect((await browser.call('/auth/session')).status).toBe(401)
    expect((await leaving(browser)).searchParams.get('prompt')).toBe('login')
    forget(browser)
    expect(await comeBack(browser, (await leaving(browser)).href)).toBe('/sign-in?problem=again')
  })

  test('asks nobody else for it', async () => {
    const { handler } = await turned()
    const other = openBrowser(handler)
    const address = await leaving(other)
    expect(address.searchParams.get('prompt')).toBeNull()
    await signInAt(other, 'grace')
    expect(await actorIn(other)).toMatchObject({ person: 'p1' })
  })
})
