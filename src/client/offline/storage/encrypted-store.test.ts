import { expect, test } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { memoryShelf } from '#test-support/doubles/memory-indexeddb.ts'
import { encryptedDrafts } from './encrypted-drafts.ts'
import { openEncryptedStore, removeExpired } from './encrypted-store.ts'
import { openOfflineStore, unsentKeptUntil } from './offline-store.ts'
import { recordExpiry } from './record-expiry.ts'

const firstKey = btoa('h'.repeat(32))
const secondKey = btoa('o'.repeat(32))
const noon = new Date('2026-11-22T12:00:00.000Z')
const tonight = '2026-11-23T00:00:00.000Z'
const tomorrow = '2026-11-24T00:00:00.000Z'
const grace = {
  ...{ id: graceId, family: 'Okafor', given: 'Grace', takenAt: noon.toISOString() },
  records: [...graceRecords('2026-11-22')],
}

const openFor = (deviceKey: string, shelf: ReturnType<typeof memoryShelf>, at = noon) =>
  openOfflineStore({
    deviceKey,
    shelf,
    until: (takenAt) => (takenAt < tonight ? tonight : tomorrow),
    now: () => at,
  })

const someWaiting = {
  ...{ id: 'save-1', place: 1, at: noon.toISOString(), person: graceId, name: 'Grace Okafor' },
  records: [
    {
      mine: {
        resourceType: 'Task' as const,
        id: 't',
        status: 'requested' as const,
        intent: 'order' as const,
        description: 'Bring the scales',
      },
    },
  ],
}

/** All longer words of her record, and every name and number that identifies a person. */
function wordsOf(records: typeof grace.records): readonly string[] {
  const words = JSON.stringify(records).match(/[\p{L}\p{N}’-]{5,}/gu) ?? []
  return [...new Set([...words, graceId, 'Okafor', 'Grace'])]
}

test('no word of a downloaded record, a queued save or a draft is readable on the device', async () => {
  const shelf = memoryShelf()
  const device = await openFor(firstKey, shelf)
  await device.keepPerson(grace)
  await device.keepWaiting(someWaiting)
  const text = encryptedDrafts()
  await text.openWith(device.vault)
  text.set('gable-draft:amina:goal:1', 'She wants to go home to Enugu')
  await text.flush()
  expect((await shelf.all()).length).toBe(3)
  const lying = shelf.plain()
  const words = [...wordsOf(grace.records), 'scales', 'Enugu', 'gable-draft', 'save-1']
  expect(words.length).toBeGreaterThan(200)
  expect(words.filter((word) => lying.includes(word))).toEqual([])
})

test('the same content encrypted twice looks different each time', async () => {
  const [one, other] = [memoryShelf(), memoryShelf()]
  for (const shelf of [one, other]) await (await openFor(firstKey, shelf)).keepPerson(grace)
  const [first, second] = [(await one.all())[0], (await other.all())[0]]
  expect(first?.key, 'it is found again by its name').toBe(second?.key)
  const bytes = (data = new ArrayBuffer(0)) => [...new Uint8Array(data)]
  expect(bytes(first?.data)).not.toEqual(bytes(second?.data))
})

test('with another key nothing can be read, downloads are deleted and the queue is kept for its writer', async () => {
  const shelf = memoryShelf()
  const mine = await openFor(firstKey, shelf)
  await mine.keepPerson(grace)
  await mine.keepWaiting(someWaiting)
  const stranger = await openFor(secondKey, shelf)
  expect([stranger.people(), stranger.waiting(), stranger.records().size]).toEqual([[], [], 0])
  const again = await openFor(firstKey, shelf)
  expect([again.people(), again.waiting().map((each) => each.id)]).toEqual([[], ['save-1']])
})

test.each([
  ['its content', 'data'],
  ['its end', 'until'],
  ['its kind', 'kind'],
] as const)('an entry with %s tampered with cannot be decrypted', async (_title, part) => {
  const shelf = memoryShelf()
  await (await openFor(firstKey, shelf)).keepPerson(grace)
  const [sealed] = await shelf.all()
  if (!sealed) throw new Error('Nothing was kept')
  const damaged = new Uint8Array(sealed.data.slice(0))
  damaged[7] = (damaged[7] ?? 0) ^ 1
  const changes = {
    data: { data: damaged.buffer },
    until: { until: '2999-01-01' },
    kind: { kind: 'text' as const },
  }
  await shelf.put({ ...sealed, ...changes[part] })
  const vault = await openEncryptedStore(firstKey, shelf)
  expect([...(await vault.all('along')), ...(await vault.all('text'))]).toEqual([])
})

test('downloads expire at night, with or without their key, and unsent work after thirty days', async () => {
  const shelf = memoryShelf()
  const device = await openFor(firstKey, shelf)
  await device.keepPerson(grace)
  await device.keepWaiting(someWaiting)
  await removeExpired(shelf, new Date('2026-11-23T00:00:01.000Z'))
  expect((await shelf.all()).map((each) => each.kind)).toEqual(['waiting'])
  await removeExpired(shelf, new Date(Date.parse(unsentKeptUntil(noon)) + 1))
  expect(await shelf.all()).toEqual([])
})

test('a download after midnight stays until the next expiry, even if the device was opened the day before', async () => {
  const shelf = memoryShelf()
  const device = await openFor(firstKey, shelf)
  await device.keepPerson({ ...grace, takenAt: '2026-11-23T00:30:00.000Z' })
  await device.keepBag({ records: [] })
  await removeExpired(shelf, new Date('2026-11-23T00:31:00.000Z'))
  await device.reload()
  expect([device.people().length, (await shelf.all()).length]).toEqual([1, 2])
})

test('a clock that is ahead deletes no unsent work before its user returns to send it', async () => {
  const shelf = memoryShelf()
  const device = await openFor(firstKey, shelf)
  await device.keepPerson(grace)
  await device.keepWaiting(someWaiting)
  const nextYear = new Date('2027-11-22T12:00:00.000Z')
  const again = await openFor(firstKey, shelf, nextYear)
  expect([again.people(), again.waiting().length]).toEqual([[], 1])
})

test('a draft that could not be stored is stored with the next key stroke, and drafts typed while opening stay', async () => {
  const vault = await openEncryptedStore(firstKey, memoryShelf())
  let isFull = true
  const tight: typeof vault = {
    ...vault,
    put: async (...given) => {
      if (isFull) throw new DOMException('no room', 'QuotaExceededError')
      await vault.put(...given)
    },
  }
  const page = encryptedDrafts()
  await page.openWith(tight)
  page.set('goal', 'Going home')
  await page.flush()
  isFull = false
  page.set('need', 'A ramp')
  await page.flush()
  const reloaded = encryptedDrafts()
  const opening = reloaded.openWith(vault)
  await Promise.resolve()
  reloaded.set('step', 'Ring')
  await opening
  await reloaded.flush()
  expect(['goal', 'need', 'step'].map(reloaded.get)).toEqual(['Going home', 'A ramp', 'Ring'])
})

test.each([
  ['08:00', '2026-11-23T00:00'],
  ['15:59', '2026-11-23T00:00'],
  ['18:00', '2026-11-23T12:00'],
  ['00:30', '2026-11-22T12:00'],
  ['05:00', '2026-11-23T00:00'],
])('what is downloaded at %s expires at %s', (hour, end) => {
  expect(recordExpiry(new Date(`2026-11-22T${hour}`))).toEqual(new Date(end))
})

test('a draft is there again after a reload, and a cleared one is not', async () => {
  const shelf = memoryShelf()
  const vault = await openEncryptedStore(firstKey, shelf)
  const page = encryptedDrafts()
  await page.openWith(vault)
  for (const typed of ['G', 'Go', 'Goi', 'Going home']) page.set('goal', typed)
  page.set('need', 'A ramp')
  page.remove('need')
  await page.flush()
  const reloaded = encryptedDrafts()
  await reloaded.openWith(vault)
  expect([reloaded.get('goal'), reloaded.get('need')]).toEqual(['Going home', undefined])
  await reloaded.openWith(undefined)
  expect(reloaded.get('goal'), 'nobody is signed in').toBeUndefined()
})
