import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { setOfflineResponder } from '#client/fhir/offline-responder.ts'
import { useSession } from '#client/session/session.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { memoryShelf } from '#test-support/doubles/memory-indexeddb.ts'
import { deviceReady } from './device-ready.ts'
import { startDeviceSession } from './device-session.ts'
import { useDeviceState } from './device-state.ts'
import { downloadPatients } from './download-patients.ts'
import { currentOfflineStore } from './use-offline.ts'

const shelf = memoryShelf()
let isFull = false
const grace = { id: 'grace', family: '', given: '', takenAt: '2026-11-22', records: [] }
const instant = (time: string) => new Date(time).toISOString()
const signIn = async (letter: string, more: object = {}) => {
  useSession.setState({ actor: demoActor('amina'), deviceKey: btoa(letter.repeat(32)), ...more })
  await deviceReady()
}

beforeAll(async () => {
  const now = new Date('2026-11-22T08:00:00.000Z')
  vi.useFakeTimers({ now, toFake: ['Date', 'setInterval'] })
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('addEventListener', () => undefined)
  const all = async () => {
    if (isFull) throw new DOMException('no room', 'QuotaExceededError')
    return await shelf.all()
  }
  await startDeviceSession({ ...shelf, all })
})
afterAll(() => {
  setOfflineResponder(undefined)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a browser without storage shows that this window keeps nothing, until it has room', async () => {
  isFull = true
  await signIn('a')
  expect([useDeviceState.getState().storage, currentOfflineStore()]).toEqual(['memory', undefined])
  isFull = false
  await signIn('b')
  expect(useDeviceState.getState().storage).toBeUndefined()
  expect(currentOfflineStore()).toBeDefined()
})

test('downloads expire with the session at the latest, by the clock of the device', async () => {
  const ends = { idle: '2026-11-22T20:00', absolute: instant('2026-11-22T20:00') }
  await signIn('c', { ends, ahead: 3_600_000 })
  expect(currentOfflineStore()?.until(instant('2026-11-22T12:00'))).toBe(
    instant('2026-11-22T21:00'),
  )
  // the session is extended, and records downloaded afterwards stay as long
  useSession.setState({ ends: { ...ends, absolute: instant('2026-11-24T20:00') } })
  expect(currentOfflineStore()?.until(instant('2026-11-22T18:00'))).toBe(
    instant('2026-11-23T12:00'),
  )
})

test('signing out during a download does not wait, and leaves nothing of the person on the device', async () => {
  await signIn('d')
  const asked: string[] = []
  vi.stubGlobal('fetch', (input: string, { signal }: RequestInit) => {
    asked.push(input)
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  })
  await currentOfflineStore()?.keepPerson({ ...grace, id: 'other' })
  const taken = downloadPatients(['grace'])
  await expect.poll(() => asked.length).toBe(2)
  useSession.setState({ actor: undefined, deviceKey: undefined })
  await deviceReady()
  await expect(taken).rejects.toThrow()
  expect([currentOfflineStore(), (await shelf.all()).map((each) => each.kind)]).toEqual([
    undefined,
    [],
  ])
})
