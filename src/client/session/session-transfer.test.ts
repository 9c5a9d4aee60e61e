import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { joinOpenTab, lendToNewTabs, restoreSession, signOut, useSession } from './session.ts'
import { sessionShape } from './session-shape.ts'
import { offerSessionTransfer, takeSessionTransfer } from './session-transfer.ts'

// a page counts as used when it is opened: before it is read here
const now = vi.hoisted(() => {
  const noon = new Date('2026-11-22T12:00:00.000Z')
  vi.useFakeTimers({ now: noon, toFake: ['Date'] })
  return noon
})

const amina = { identity: 'amina', name: 'Amina Yusuf', role: 'nurse-case-manager' } as const
const later = '2026-11-22T21:00:00.000Z'
const hers = { actor: amina, ends: { idle: later, absolute: later }, deviceKey: 'k' }
const owed = JSON.stringify({ path: '/auth/sign-out', identity: 'amina' })
const isIn = () => useSession.getState().actor?.identity
let stops: (() => void)[] = []
let kept = new Map<string, string>()

/** A tab beside this one that says what it is asked to, whatever this one would say. */
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

test('a tab opened without a network goes on with the session of one that is open', async () => {
  lend(() => hers)
  await joinOpenTab()
  expect(useSession.getState()).toMatchObject(hers)
})

test.each([
  ['nobody is signed in', () => undefined],
  ['its day is over', () => ({ ...hers, ends: { idle: later, absolute: '2026-11-22T11:59:59Z' } })],
  ['it has no end', () => ({ ...hers, ends: undefined })],
  [
    'she leaves while it is handed over',
    () => {
      kept.set('gable-owed', owed)
      return hers
    },
  ],
])('a new tab gets nothing where %s', async (_why, session) => {
  lend(session)
  await joinOpenTab()
  expect(isIn()).toBeUndefined()
})

test('an open tab hands its session over until it has been left lying, or somebody signed out', async () => {
  const ends = { idle: '2026-11-22T11:00:00Z', absolute: later }
  useSession.setState({ ...hers, ends }, true)
  lendToNewTabs()
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

test('a page that was put away and did not hear her leave does not bring her back', async () => {
  useSession.setState(hers, true)
  kept.set('gable-owed', owed.replace('amina', 'karen'))
  await restoreSession()
  expect(isIn()).toBe('amina')
  kept.set('gable-owed', owed)
  await restoreSession()
  expect(isIn()).toBeUndefined()
})

test('a new tab of the embedded app goes on with the session of the one beside it, until that one leaves', async () => {
  vi.stubEnv('VITE_API', '')
  useSession.setState({ actor: amina, token: 't' }, true)
  lendToNewTabs()
  const ask = async () => (await takeSessionTransfer(sessionShape, 100))?.actor?.identity
  expect(await ask()).toBe('amina')
  await signOut()
  expect(await ask()).toBeUndefined()
})
