import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { callServer } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { memoryShelf } from '#test-support/doubles/memory-indexeddb.ts'
import { type Network, watchNetwork } from './network-status.ts'
import { respondOffline } from './respond-offline.ts'
import { openOfflineStore } from './storage/offline-store.ts'
import { useOffline } from './use-offline.ts'

const browserFetch = globalThis.fetch
let network: Network
let answers: boolean
let told: string[]

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  told = []
  answers = true
  globalThis.fetch = async () => {
    told.push('asked')
    if (!answers) throw new TypeError('Failed to fetch')
    return new Response('{}', { headers: { 'Content-Type': 'application/json' } })
  }
  const say = (what: string) => told.push(`${what}, ${network.isAway() ? 'away' : 'here'}`)
  network = watchNetwork({
    beforeReturn: async () => void say('before'),
    onReturn: async (after) => void say(`after ${after / 1000} s`),
  })
})
afterEach(() => {
  network.stop()
  useOffline.setState({ isAway: false })
  globalThis.fetch = browserFetch
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('one lost call while the server answers does not count as being offline', async () => {
  expect(await Promise.all([network.noteLoss(), network.noteLoss()])).toEqual(['here', 'here'])
  expect(told, 'it is asked once for all').toEqual(['asked'])
  const device = await openOfflineStore({
    ...{ deviceKey: btoa('k'.repeat(32)), until: () => '2999-01-01', shelf: memoryShelf() },
    now: () => new Date(0),
  })
  await device.keepPerson({ id: 'p', family: '', given: '', takenAt: '', records: [] })
  const { isAway, noteLoss } = network
  const responder = respondOffline({ device: () => device, isAway, onLoss: noteLoss })
  const lost = new FhirError({ status: 0, kind: 'unreachable' })
  for (const method of ['GET', 'DELETE'])
    await expect(responder.afterLoss({ method, path: 'Goal/g' }, lost)).rejects.toBe(lost)
})

test('back online, queued changes are sent before anything is read from the server', async () => {
  answers = false
  expect(await network.noteLoss()).toBe('away')
  answers = true
  await vi.advanceTimersByTimeAsync(5_000)
  expect(told).toEqual(['asked', 'asked', 'before, away', 'after 5 s, here'])
})

test('an answer that breaks off in the middle counts as no answer', async () => {
  globalThis.fetch = async () =>
    new Response(
      new ReadableStream({
        start(body) {
          body.enqueue(new TextEncoder().encode('{"resourceType":"Bun'))
          body.error(new TypeError('network error'))
        },
      }),
      { headers: { 'Content-Type': 'application/fhir+json' } },
    )
  await expect(callServer({ method: 'GET', path: 'Goal/g' })).rejects.toMatchObject({
    ...{ name: 'FhirError', kind: 'unreachable' },
  })
})
