import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryShelf } from '#test-support/doubles/memory-indexeddb.ts'
import { queueWrite } from './queue-write.ts'
import { type OfflineStore, openOfflineStore } from './storage/offline-store.ts'
import { syncQueue } from './sync-queue.ts'

const at = '2026-11-22T12:00:00.000Z'
const browserFetch = globalThis.fetch
let device: OfflineStore

type Form = QuestionnaireResponse & { id: string }
const form = (id: string, text: string, versionId: string): Form => ({
  ...{ resourceType: 'QuestionnaireResponse', id, status: 'in-progress', meta: { versionId } },
  subject: { reference: 'Patient/grace' },
  item: [{ linkId: 'why', answer: [{ valueString: text }] }],
})
const answerOf = (record: object | undefined) =>
  (record as Form | undefined)?.item?.[0]?.answer?.[0]?.valueString

const keep = (id: string, text: string, on = '1') =>
  queueWrite(
    device,
    [
      {
        resource: form(id, text, on),
        request: { method: 'PUT', url: `QuestionnaireResponse/${id}`, ifMatch: `W/"${on}"` },
      },
    ],
    { at },
  )

/** Sets the response to the next calls. */
function serverSays(answer: (path: string) => Promise<Response>): void {
  globalThis.fetch = (input) => answer(String(input).replace('/fhir/', ''))
}
const json = (body: object, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

beforeEach(async () => {
  const settings = {
    deviceKey: btoa('k'.repeat(32)),
    until: () => '2999-01-01',
    now: () => new Date(at),
  }
  device = await openOfflineStore({ ...settings, shelf: memoryShelf() })
  const records = ['one', 'two'].map((id) => form(id, 'before', '1'))
  const patient = { resourceType: 'Patient' as const, id: 'grace' }
  const grace = { id: 'grace', family: 'Okafor', given: 'Grace', takenAt: at }
  await device.keepPerson({ ...grace, records: [patient, ...records] })
})
afterEach(() => {
  globalThis.fetch = browserFetch
})

test.each([
  ['somebody else has written there', 'theirs', 1],
  ['the same words are there already', 'mine', 1],
])('text added to a save while it is being sent is not lost: %s', async (_title, stands, left) => {
  await keep('one', 'mine')
  let isFirst = true
  serverSays(async (path) => {
    if (isFirst) await keep('one', 'mine and more', '2')
    isFirst = false
    return path ? json(form('one', stands, '2')) : json({ resourceType: 'Bundle' }, 503)
  })
  await syncQueue(device)
  expect(device.waiting()).toHaveLength(left)
  expect(answerOf(device.waiting()[0]?.records[0]?.mine)).toBe('mine and more')
})

test.each([
  [400, ['refused', undefined]],
  [500, ['failing', undefined]],
  [408, [undefined, undefined]],
  [429, [undefined, undefined]],
  [503, [undefined, undefined]],
])('a save answered with %i does not block the other saves for ever', async (status, troubles) => {
  await keep('one', 'mine')
  await keep('two', 'mine')
  const asked: string[] = []
  serverSays(async (path) => {
    asked.push(path)
    if (path.endsWith('/one')) return json({ resourceType: 'OperationOutcome' }, status)
    return path ? json(form('two', 'mine', '2')) : json({ resourceType: 'Bundle' })
  })
  await syncQueue(device)
  const [first, second] = device.waiting()
  expect([first?.trouble?.why, second?.trouble?.why]).toEqual(troubles)
  expect(asked.some((path) => path.endsWith('/two'))).toBe(troubles[0] !== undefined)
})

test('a save that failed on the server is sent again when the server works again', async () => {
  await keep('one', 'mine')
  serverSays(async () => json({ resourceType: 'OperationOutcome' }, 500))
  await syncQueue(device)
  serverSays(async () => json(form('one', 'mine', '2')))
  await syncQueue(device)
  expect(device.waiting()).toEqual([])
})

test.each([
  ['403', async () => json({ resourceType: 'OperationOutcome' }, 403)],
  ['the stored record', async () => json(form('one', 'before', '1'))],
])(
  'after the lock nothing is sent in another user’s name, and the saves stay queued: %s',
  async (_title, answer) => {
    await keep('one', 'mine')
    await keep('two', 'mine')
    const asked: string[] = []
    serverSays(async (path) => {
      asked.push(path)
      await device.close()
      return await answer()
    })
    await syncQueue(device)
    expect(asked).toEqual(['QuestionnaireResponse/one'])
    expect(device.waiting().map((each) => each.trouble)).toEqual([undefined, undefined])
  },
)

test('a save that was sent just before the lock is not sent again', async () => {
  await keep('one', 'mine')
  serverSays(async (path) => {
    if (path) return json(form('one', 'before', '1'))
    await device.close()
    return json({ resourceType: 'Bundle' })
  })
  await syncQueue(device)
  expect(device.waiting()).toEqual([])
})
