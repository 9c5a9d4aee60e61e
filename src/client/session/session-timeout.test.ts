import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { machineNow } from '#test-support/clock.ts'
import { stubLocalStorage } from '#test-support/doubles/local-storage.ts'
import { signOut, useSession } from './session.ts'
import { useSessionTimeoutWarning, watchSessionTimeout } from './session-timeout.ts'

const amina = { identity: 'amina', name: 'Amina Yusuf', role: 'nurse-case-manager' } as const
const minutes = 60_000

/** An offline page, and another tab of the same browser. */
const page = new EventTarget()
const otherTab = new BroadcastChannel('gable-session')
const touch = (kind = 'click') => page.dispatchEvent(new Event(kind))
const pass = (time: number) => vi.advanceTimersByTimeAsync(time)
let isOnVisits = false
const isIn = () => useSession.getState().actor?.identity

beforeAll(() => {
  vi.useFakeTimers({
    now: new Date('2026-11-22T09:00:00.000Z'),
    toFake: ['Date', 'setInterval', 'clearInterval'],
  })
  vi.stubEnv('VITE_API', 'remote')
  stubLocalStorage()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch')
  })
  watchSessionTimeout(() => isOnVisits)
})
afterAll(() => {
  otherTab.close()
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})
beforeEach(() => {
  isOnVisits = false
  const after = (time: number) => new Date(machineNow().getTime() + time).toISOString()
  const ends = { idle: after(30 * minutes), absolute: after(12 * 60 * minutes) }
  useSession.setState({ actor: amina, ends }, true)
  touch()
})

test('without a network half an hour without use ends the session, after a warning', async () => {
  await pass(27 * minutes)
  expect(isIn()).toBe('amina')
  await pass(2 * minutes)
  expect(useSessionTimeoutWarning.getState().warning?.why).toBe('idle')
  await pass(2 * minutes)
  expect(useSession.getState()).toMatchObject({ ended: { why: 'idle', identity: 'amina' } })
  expect(isIn()).toBeUndefined()
})

test('with people downloaded the session lasts three hours without use', async () => {
  isOnVisits = true
  await pass(177 * minutes)
  expect(isIn()).toBe('amina')
  expect(useSessionTimeoutWarning.getState().warning).toBeUndefined()
  await pass(4 * minutes)
  expect(isIn()).toBeUndefined()
})

test.each(['keydown', 'pointerdown', 'wheel', 'touchmove', 'click', 'input', 'focusin'])(
  'use of the app by %s keeps the session open without a network',
  async (kind) => {
    await pass(25 * minutes)
    touch(kind)
    await pass(25 * minutes)
    expect(isIn()).toBe('amina')
    expect(useSessionTimeoutWarning.getState().warning).toBeUndefined()
  },
)

test('signing out in one tab signs out in all, without a network too', async () => {
  otherTab.postMessage({ out: 'karen' })
  otherTab.postMessage({ out: 'amina' })
  await vi.waitFor(() => expect(isIn()).toBeUndefined())
  expect(useSession.getState().ended).toBeUndefined()
})

test('a tab of another user stays signed in, and shows who has signed out', async () => {
  const posted = new Promise((hear) => {
    otherTab.onmessage = ({ data }) => data.out && hear(data)
  })
  otherTab.postMessage({ out: 'karen' })
  await signOut()
  await expect(posted).resolves.toEqual({ out: 'amina' })
})
