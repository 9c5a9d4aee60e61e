import type { Goal } from '@medplum/fhirtypes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryShelf } from '#test-support/doubles/memory-indexeddb.ts'
import { deviceReady, nextOnDevice } from './device-ready.ts'
import { downloadPatients, removeDownload } from './download-patients.ts'
import { inDownloadQueue } from './download-queue.ts'
import { respondOffline } from './respond-offline.ts'
import { type OfflineStore, openOfflineStore } from './storage/offline-store.ts'
import { syncNow } from './sync-now.ts'
import { setOfflineStore } from './use-offline.ts'

const browserFetch = globalThis.fetch
const at = '2026-11-21T08:00:00.000Z'
const grace = { ...{ id: 'grace', family: 'Okafor', given: 'Grace' }, takenAt: at }
const patient = { resourceType: 'Patient' as const, id: 'grace' }
let shelf: ReturnType<typeof memoryShelf>
let device: OfflineStore
let server: ReturnType<typeof slowServer>

type Kept = Goal & { id: string }
const goal = (id: string, text: string, versionId: string): Kept => ({
  ...{ resourceType: 'Goal', id, lifecycleStatus: 'active', meta: { versionId } },
  ...{ description: { text }, subject: { reference: 'Patient/grace' } },
})

/** A server that reads a whole record at once, and sends it when the test releases it. */
function slowServer() {
  const goals = new Map<string, Kept>()
  const wholes: (() => void)[] = []
  const store = (...some: readonly Kept[]) => {
    for (const each of some) goals.set(`Goal/${each.id}`, each)
  }
  const json = (body: object, status = 200) =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
  const found = (path: string) =>
    json(goals.get(path) ?? { resourceType: 'OperationOutcome' }, goals.has(path) ? 200 : 404)
  const whole = (signal: AbortSignal | null | undefined) => {
    const entry = [patient, ...goals.values()].map((resource) => ({ resource }))
    const read = json({ resourceType: 'Bundle', entry })
    return new Promise<Response>((resolve, reject) => {
      wholes.push(() => resolve(read))
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  }
  globalThis.fetch = async (input, { body, signal } = {}) => {
    const path = String(input).replace('/fhir/', '')
    if (path.includes('everything')) return await whole(signal)
    if (path === '') store(...JSON.parse(String(body)).entry.map(sentBy))
    return path.startsWith('Goal/') ? found(path) : json({ resourceType: 'Parameters' })
  }
  const sentBy = ({ resource }: { resource: Kept }): Kept => ({
    ...resource,
    meta: { versionId: String(Number(resource.meta?.versionId ?? 0) + 1) },
  })
  const letGo = () => {
    for (const each of wholes.splice(0)) each()
  }
  return { store, letGo, onTheirWay: () => wholes.length }
}

const settings = { deviceKey: btoa('k'.repeat(32)), until: () => '2999-01-01' }
const openTab = () => openOfflineStore({ ...settings, shelf, now: () => new Date(at) })

beforeEach(async () => {
  shelf = memoryShelf()
  device = await openTab()
  setOfflineStore(device)
  server = slowServer()
  server.store(goal('g', 'I want to sing.', '1'))
})
afterEach(async () => {
  server.letGo()
  await device.close()
  setOfflineStore(undefined)
  globalThis.fetch = browserFetch
})

const responder = () => {
  const onLoss = async () => 'here' as const
  return respondOffline({ device: () => device, isAway: () => false, onLoss })
}
const queueDone = () => inDownloadQueue(async () => undefined)
const words = (id = 'g') => (device.records().get(`Goal/${id}`) as Kept | undefined)?.description
const downloadedBefore = () =>
  device.keepPerson({ ...grace, records: [patient, goal('g', 'I want to sing.', '1')] })

test.each([
  ['for the first time', async () => undefined],
  ['again', downloadedBefore],
])(
  'a change by somebody else while a person is downloaded %s is on the device afterwards',
  async (_title, prepare) => {
    await prepare()
    const taken = downloadPatients(['grace'])
    await expect.poll(server.onTheirWay).toBe(1)
    server.store(goal('g', 'I want to dance.', '2'))
    responder().afterChange('Goal/g')
    // a short request may be answered first
    await new Promise((resolve) => setTimeout(resolve, 20))
    server.letGo()
    await taken
    await queueDone()
    expect(words()).toEqual({ text: 'I want to dance.' })
  },
)

test('the user’s own save during a download is on the device afterwards', async () => {
  const taken = downloadPatients(['grace'])
  await expect.poll(server.onTheirWay).toBe(1)
  const mine = goal('mine', 'I want to cook.', '1')
  server.store(mine)
  responder().afterWrite({ method: 'PUT', path: 'Goal/mine', body: mine }, mine)
  server.letGo()
  await taken
  await queueDone()
  expect(words('mine')).toEqual({ text: 'I want to cook.' })
})

const { meta: _none, ...unsent } = goal('mine', 'I want to cook.', '0')
const save = { ...{ id: 's', place: 1, at, person: 'grace', name: 'Grace Okafor' } }

test('the queue is sent during a download, and its records are on the device afterwards', async () => {
  await downloadedBefore()
  await device.keepWaiting({ ...save, records: [{ mine: unsent as Kept }] })
  const taken = downloadPatients(['grace'])
  await expect.poll(server.onTheirWay).toBe(1)
  await syncNow()
  expect(device.waiting()).toEqual([])
  server.letGo()
  await taken
  await queueDone()
  expect(words('mine')).toEqual({ text: 'I want to cook.' })
})

test('a gap in events during the first download loads the person again', async () => {
  const taken = downloadPatients(['grace'])
  await expect.poll(server.onTheirWay).toBe(1)
  server.store(goal('g', 'I want to dance.', '2'))
  responder().afterGap()
  server.letGo()
  await taken
  await expect.poll(server.onTheirWay).toBe(1)
  server.letGo()
  await expect.poll(() => words()).toEqual({ text: 'I want to dance.' })
})

test('a person removed during a refresh stays removed', async () => {
  await downloadedBefore()
  responder().afterGap()
  await expect.poll(server.onTheirWay).toBe(1)
  await removeDownload('grace')
  server.letGo()
  await queueDone()
  expect(device.people()).toEqual([])
})

test('a refresh does not undo what another tab has stored', async () => {
  await downloadedBefore()
  const other = await openTab()
  const [person] = other.people()
  if (person)
    await other.keepPerson({
      ...person,
      records: [...person.records, goal('mine', 'I want to cook.', '1')],
    })
  server.store(goal('g', 'I want to dance.', '2'))
  responder().afterChange('Goal/g')
  await queueDone()
  expect([words(), words('mine')]).toEqual([
    { text: 'I want to dance.' },
    { text: 'I want to cook.' },
  ])
})

test('opening a page and locking the device do not wait for a download', async () => {
  await downloadedBefore()
  responder().afterGap()
  await expect.poll(server.onTheirWay).toBe(1)
  await deviceReady()
  nextOnDevice(() => device.close())
  await deviceReady()
  expect(await shelf.all()).toEqual([])
})

test('closing the device during a download stops it and keeps nothing of the person', async () => {
  const taken = downloadPatients(['grace', 'other'])
  await expect.poll(server.onTheirWay).toBe(1)
  await device.close()
  await expect(taken).rejects.toMatchObject({ name: 'AbortError' })
  server.letGo()
  await queueDone()
  expect([server.onTheirWay(), await shelf.all()]).toEqual([0, []])
})
