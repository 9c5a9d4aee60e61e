import { afterEach, beforeEach, expect, test } from 'vitest'
import { clockToday } from '#client/clock.ts'
import { setOfflineResponder } from '#client/fhir/offline-responder.ts'
import { addDays } from '#domain/calendar/days.ts'
import { memoryShelf } from '#test-support/doubles/memory-indexeddb.ts'
import { downloadRecords, refreshDownloadedRecords } from './download-records.ts'
import { respondOffline } from './respond-offline.ts'
import { type OfflineStore, openOfflineStore } from './storage/offline-store.ts'

const browserFetch = globalThis.fetch
const before = '2026-11-21T08:00:00.000Z'
const goal = { resourceType: 'Goal' as const, id: 'g', lifecycleStatus: 'active' as const }
let device: OfflineStore
let refused: Readonly<Record<string, number>>

const json = (body: object, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

beforeEach(async () => {
  const settings = { deviceKey: btoa('k'.repeat(32)), until: () => '2999-01-01' }
  device = await openOfflineStore({
    ...settings,
    shelf: memoryShelf(),
    now: () => new Date(before),
  })
  for (const id of ['first', 'hers', 'last']) {
    const subject = { reference: `Patient/${id}` }
    const records = [{ ...goal, id: `goal-${id}`, description: { text: '' }, subject }]
    await device.keepPerson({ id, family: '', given: '', takenAt: before, records })
  }
  refused = {}
  globalThis.fetch = async (input) => {
    const found = Object.entries(refused).find(([path]) => String(input).includes(path))
    if (found) return json({ resourceType: 'OperationOutcome' }, found[1])
    return json({ resourceType: String(input).includes('everything') ? 'Bundle' : 'Parameters' })
  }
})
afterEach(() => {
  setOfflineResponder(undefined)
  globalThis.fetch = browserFetch
})

const along = () => device.people().map(({ id, takenAt }) => [id, takenAt > before])

test.each([
  [
    404,
    'leaves the device',
    [
      ['first', true],
      ['last', true],
    ],
  ],
  [
    403,
    'leaves the device',
    [
      ['first', true],
      ['last', true],
    ],
  ],
  [
    500,
    'stays as before',
    [
      ['hers', false],
      ['first', true],
      ['last', true],
    ],
  ],
])(
  'a person whose record is answered with %i %s is skipped, and the others are refreshed',
  async (status, _title, all) => {
    refused = { 'Patient/hers': status }
    const people = device.people().map((each) => each.id)
    await expect(downloadRecords(device, people)).rejects.toMatchObject({ status })
    expect(along()).toEqual(all)
  },
)

test('a person the user can no longer see is removed from the device after a gap in events', async () => {
  refused = { 'Patient/hers': 404 }
  const onLoss = async () => 'here' as const
  respondOffline({ device: () => device, isAway: () => false, onLoss }).afterGap()
  await expect.poll(along).toEqual([
    ['first', true],
    ['last', true],
  ])
})

test('a record the user can no longer see is removed from the device', async () => {
  refused = { 'Goal/goal-hers': 403 }
  await refreshDownloadedRecords(device, ['Goal/goal-hers'], 'theirs')
  expect([...device.records().keys()].toSorted()).toEqual(['Goal/goal-first', 'Goal/goal-last'])
})

test('readings of the last two years are asked for, and the device knows from which day it has them', async () => {
  const asked: string[] = []
  const { fetch } = globalThis
  globalThis.fetch = async (input, init) => {
    asked.push(String(input))
    return await fetch(input, init)
  }
  await downloadRecords(device, ['first'])
  const since = addDays(clockToday(), -730)
  expect(asked.filter((path) => path.includes('everything'))).toEqual([
    expect.stringContaining(`?readings-since=${since}`),
  ])
  const taken = device.people().find(({ id }) => id === 'first')
  expect(taken?.readingsSince).toBe(since)
})
