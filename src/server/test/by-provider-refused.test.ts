import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Handler } from '#server/handler.ts'
import { machineNow } from '#test-support/clock.ts'
import { openBrowser, pressAccount } from '#test-support/doubles/browser.ts'
import { startOpenIdProvider, type TestProvider } from '#test-support/doubles/openid-provider.ts'
import { testOrigin } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  providerAccounts,
  serverWithProvider,
  signInAt,
} from '#test-support/worlds/provider-server.ts'

let provider: TestProvider
beforeAll(async () => {
  provider = await startOpenIdProvider(providerAccounts)
})
afterAll(async () => await provider.stop())

eachStore('Sign-in with a provider', (open) => {
  const started = (issuer = provider.issuer) => serverWithProvider(provider, open, issuer)
  const opened = async () => openBrowser((await started()).handler)

  describe('a callback is refused', () => {
    const problemAt = (answer: Response) =>
      new URL(answer.headers.get('location') ?? '', testOrigin).searchParams.get('problem')

    test('with another state, or without the cookie of the browser that started', async () => {
      const { handler } = await started()
      const browser = openBrowser(handler)
      const leaving = await browser.call('/auth/sign-in')
      const back = await pressAccount(browser, leaving.headers.get('location') ?? '', 'amina')
      const forged = new URL(back)
      forged.searchParams.set('state', 'f'.repeat(64))
      expect(problemAt(await browser.call(forged.href))).toBe('expired')
      expect(problemAt(await openBrowser(handler).call(back))).toBe('expired')
    })

    test('with another nonce', async () => {
      const browser = await opened()
      const leaving = await browser.call('/auth/sign-in')
      const asked = new URL(leaving.headers.get('location') ?? '')
      asked.searchParams.set('nonce', 'a-nonce-of-another')
      const back = await pressAccount(browser, asked.href, 'amina')
      expect(problemAt(await browser.call(back))).toBe('not-trusted')
    })

    test('with another’s PKCE challenge, so that a stolen code is useless', async () => {
      const { handler } = await started()
      const [thief, victim] = [openBrowser(handler), openBrowser(handler)]
      const left = await victim.call('/auth/sign-in')
      const stolen = new URL(
        await pressAccount(victim, left.headers.get('location') ?? '', 'amina'),
      )
      const own = await thief.call('/auth/sign-in')
      const state = new URL(own.headers.get('location') ?? '').searchParams.get('state') ?? ''
      stolen.searchParams.set('state', state)
      expect(problemAt(await thief.call(stolen.href))).toBe('expired')
    })

    test('when a code is used a second time', async () => {
      const browser = await opened()
      const leaving = await browser.call('/auth/sign-in')
      const kept = new Map(browser.cookies)
      const back = await pressAccount(browser, leaving.headers.get('location') ?? '', 'amina')
      expect(problemAt(await browser.call(back))).toBeNull()
      const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
      expect(problemAt(await browser.call(back, { headers: { cookie } }))).toBe('expired')
    })

    test('from another issuer, or ten minutes later', async () => {
      const browser = await opened()
      const leaving = await browser.call('/auth/sign-in')
      const back = await pressAccount(browser, leaving.headers.get('location') ?? '', 'amina')
      const foreign = new URL(back)
      foreign.searchParams.set('iss', 'https://elsewhere.example')
      expect(problemAt(await browser.call(foreign.href))).toBe('not-trusted')
      const { handler, wait } = await started()
      const again = openBrowser(handler)
      const left = await again.call('/auth/sign-in')
      const late = await pressAccount(again, left.headers.get('location') ?? '', 'amina')
      wait(11)
      expect(problemAt(await again.call(late))).toBe('expired')
    })

    test('and a provider that does not answer is reported', async () => {
      const { handler } = await started('http://localhost:1')
      const answer = await openBrowser(handler).call('/auth/sign-in?to=/today')
      expect(answer.headers.get('location')).toBe('/sign-in?problem=provider-down&to=%2Ftoday')
    })
  })

  describe('a back-channel logout', () => {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
    const soon = () => ({ iat: now(), exp: now() + 120, jti: crypto.randomUUID() })
    const now = () => Math.floor(machineNow().getTime() / 1000)
    const tell = async (handler: Handler, token: string) => {
      const body = new URLSearchParams({ logout_token: token })
      return (
        await handler(
          new Request(`${testOrigin}/auth/back-channel-logout`, { method: 'POST', body }),
        )
      ).status
    }

    test('ends the sessions it names', async () => {
      const { handler } = await started()
      const [amina, grace] = [openBrowser(handler), openBrowser(handler)]
      await signInAt(amina, 'amina')
      await signInAt(grace, 'grace')
      const token = await provider.sign({ aud: 'gable', sub: 'amina', events, ...soon() })
      expect(await tell(handler, token)).toBe(200)
      expect((await amina.call('/auth/session')).status).toBe(401)
      expect((await grace.call('/auth/session')).status).toBe(200)
    })

    test.each([
      ['for another client', { aud: 'other', sub: 'amina', events }],
      [
        'from another issuer',
        { iss: 'https://elsewhere.example', aud: 'gable', sub: 'amina', events },
      ],
      ['that is an ID token', { aud: 'gable', sub: 'amina', nonce: 'n' }],
      ['that names nobody', { aud: 'gable', events }],
      ['that has expired', { aud: 'gable', sub: 'amina', events, iat: 1, exp: 2 }],
    ])('%s ends no session', async (_title, claims) => {
      const { handler } = await started()
      const amina = openBrowser(handler)
      await signInAt(amina, 'amina')
      expect(await tell(handler, await provider.sign({ ...soon(), ...claims }))).toBe(400)
      expect(await tell(handler, 'nonsense')).toBe(400)
      expect((await amina.call('/auth/session')).status).toBe(200)
    })
  })
})
