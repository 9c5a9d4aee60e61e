import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { joinOpenTab, restoreSession, shareWithNewTabs, signOut, useSession } from './session.ts'
import { sessionShape } from './session-shape.ts'
import { offerSessionTransfer, takeSessionTransfer } from './session-transfer.ts'

// opening a page counts as use, so the time is set before the import
const now = vi.hoisted(() => {
  const noon = new Date('2026-11-22T12:00:00.000Z')
  vi.useFakeTimers({ now: noon, toFake: ['Date'] })
  return noon
})

const amina = { identity: 'amina', name: 'Amina Yusuf', role: 'nurse-case-manager' } as const
const later = '2026-11-22T21:00:00.000Z'
const aminasSession = { actor: amina, ends: { idle: later, absolute: later }, deviceKey: 'k' }
const owed = JSON.stringify({ path: '/auth/sign-out', identity: 'amina' })
const isIn = () => useSession.getState().actor?.identity
let stops: (() => void)[] = []
let kept = new Map<string, string>()

/** Another tab that offers this session, whatever the current page would offer. */
const lend = (session: () => unknown) => stops.push(offerSessionTransfer(session))

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] })
  kept = new Map()
  vi.stubEnv('VITE_API', 'remote')
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch')
  })
  useSession.setState({ actor: undefined }, true)
})
afterEach(() => {
  for (const stop of stops) stop()
  stops = []
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

test('a tab opened without a network takes over the session of an open tab', async () => {
  lend(() => aminasSession)
  await joinOpenTab()
  expect(useSession.getState()).toMatchObject(aminasSession)
})

test.each([
  ['nobody is signed in', () => undefined],
  [
    'the session has passed its absolute limit',
    () => ({ ...aminasSession, ends: { idle: later, absolute: '2026-11-22T11:59:59Z' } }),
  ],
  ['the session has no limit', () => ({ ...aminasSession, ends: undefined })],
  [
    'the user signs out during the transfer',
    () => {
      kept.set('gable-owed', owed)
      return aminasSession
    },
  ],
])('a new tab gets no session where %s', async (_why, session) => {
  lend(session)
  await joinOpenTab()
  expect(isIn()).toBeUndefined()
})

test('an open tab transfers its session until it has been idle too long or the user has signed out', async () => {
  const ends = { idle: '2026-11-22T11:00:00Z', absolute: later }
  useSession.setState({ ...aminasSession, ends }, true)
  shareWithNewTabs()
  const ask = async () => (await takeSessionTransfer(sessionShape, 100))?.deviceKey
  expect(await ask(), 'away its idle end moves with use').toBe('k')
  vi.setSystemTime('2026-11-22T20:00:00Z')
  expect(await ask()).toBeUndefined()
  vi.setSystemTime(now)
  kept.set('gable-owed', owed)
  expect(await ask()).toBeUndefined()
  kept.clear()
  await signOut()
  kept.clear()
  expect(await ask()).toBeUndefined()
})

test('a suspended page that missed a sign-out does not restore the session', async () => {
  useSession.setState(aminasSession, true)
  kept.set('gable-owed', owed.replace('amina', 'karen'))
  await restoreSession()
  expect(isIn()).toBe('amina')
  kept.set('gable-owed', owed)
  await restoreSession()
  expect(isIn()).toBeUndefined()
})

test('a new tab of the embedded app takes over the session of another tab until that one signs out', async () => {
  vi.stubEnv('VITE_API', '')
  useSession.setState({ actor: amina, token: 't' }, true)
  shareWithNewTabs()
  const ask = async () => (await takeSessionTransfer(sessionShape, 100))?.actor?.identity
  expect(await ask()).toBe('amina')
  await signOut()
  expect(await ask()).toBeUndefined()
})
