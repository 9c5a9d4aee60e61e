import { expect, test } from 'vitest'
import { importChunksIn } from '#test-support/worlds/import-chunks-in.ts'
import type { ImportChunk } from './import-chunk.ts'
import { inLanes } from './in-lanes.ts'

const chunk = (body: string, lane?: number): ImportChunk => ({
  ...{ body, contentType: 'application/fhir+ndjson', records: 1 },
  ...(lane === undefined ? {} : { lane }),
})

/** Requests that are answered when the test says so. */
function wire(chunks: readonly ImportChunk[], { done = [] as readonly number[] } = {}) {
  const open = new Map<string, (answer: string | Error) => void>()
  const begun: string[] = []
  const taken: string[] = []
  let isStopped = false
  const whole = inLanes<string>(chunks, {
    done: new Set(done),
    isStopped: () => isStopped,
    send: ({ body }) =>
      new Promise((resolve, reject) => {
        begun.push(body)
        open.set(body, (answer) => (typeof answer === 'string' ? resolve(answer) : reject(answer)))
      }),
    take: (answer) => void taken.push(answer),
    isLast: (answer) => answer === 'no more',
  })
  const answer = async (body: string, said: string | Error = body) => {
    open.get(body)?.(said)
    await new Promise((resolve) => setTimeout(resolve))
  }
  const stop = () => {
    isStopped = true
  }
  return { whole, begun, taken, answer, stop }
}

const laned = [chunk('people'), chunk('a1', 0), chunk('b1', 1), chunk('a2', 0), chunk('b2', 1)]

test('two requests are under way at once, none of one lane, and one without a lane is alone', async () => {
  const { whole, begun, taken, answer } = wire([...laned, chunk('last')])
  expect(begun).toEqual(['people'])
  await answer('people')
  expect(begun).toEqual(['people', 'a1', 'b1'])
  await answer('b1')
  expect(begun.slice(3)).toEqual(['b2'])
  expect(taken).toEqual(['people'])
  await answer('a1')
  expect(begun.slice(4)).toEqual(['a2'])
  await answer('b2')
  expect(begun).not.toContain('last')
  await answer('a2')
  await answer('last')
  await whole
  expect(taken).toEqual(['people', 'a1', 'b1', 'a2', 'b2', 'last'])
})

test('what is under way when it is stopped is finished and taken, and the rest goes on from there', async () => {
  const { whole, taken, answer, stop } = wire(laned)
  await answer('people')
  stop()
  await answer('b1')
  await answer('a1')
  await whole
  expect(taken).toEqual(['people', 'a1', 'b1'])
  const rest = wire(laned, { done: [0, 1, 2] })
  expect(rest.begun).toEqual(['a2', 'b2'])
})

test('after a failure nothing more is sent, and what was answered beside it counts', async () => {
  const { whole, begun, taken, answer } = wire(laned)
  const failed = expect(whole).rejects.toThrow('no network')
  await answer('people')
  await answer('a1', new Error('no network'))
  await answer('b1')
  await failed
  expect([begun.length, taken]).toEqual([3, ['people', 'b1']])
})

test('after an answer that ends it nothing more is sent', async () => {
  const { whole, begun, answer } = wire(laned)
  await answer('people', 'no more')
  await whole
  expect(begun).toEqual(['people'])
})

test('after an answer that ends it nothing more is sent, also while an earlier one is under way', async () => {
  const { whole, begun, taken, answer } = wire(laned)
  await answer('people')
  await answer('b1', 'no more')
  await answer('a1')
  await whole
  expect(begun).toEqual(['people', 'a1', 'b1'])
  expect(taken).toEqual(['people', 'a1', 'no more'])
})

const patient = (id: string) => JSON.stringify({ resourceType: 'Patient', id })
const reading = (id: string, person: string, more: object = {}) =>
  JSON.stringify({
    ...{ resourceType: 'Observation', id, subject: { reference: `Patient/${person}` } },
    ...more,
  })

/** 400 readings of each of these people, one person after the other. */
const readings = (...people: readonly string[]) =>
  people.flatMap((person) =>
    Array.from({ length: 400 }, (_, at) => reading(`${person}-${at}`, person)),
  )

const shape = (chunks: readonly ImportChunk[]) => chunks.map(({ lane, records }) => [lane, records])

test('people come first and alone; then all about one person is in one of two lanes, in its order', async () => {
  const people = ['p', 'q', 'r']
  const chunks = await importChunksIn([...readings(...people), ...people.map(patient)].join('\n'))
  expect(shape(chunks)).toEqual([
    [undefined, 3],
    [0, 500],
    [0, 300],
    [1, 400],
  ])
  const ids = (lane: number) =>
    chunks
      .filter((each) => each.lane === lane)
      .flatMap(({ body }) => body.split('\n').map((line) => JSON.parse(line).id as string))
  expect(ids(0)).toEqual([...readings('p', 'r')].map((line) => JSON.parse(line).id as string))
  expect(new Set(ids(1).map((id) => id.slice(0, 1)))).toEqual(new Set(['q']))
  const rows = chunks.flatMap((each) => each.rows ?? [])
  expect(rows.toSorted((a, b) => a - b)).toEqual([...Array(1203).keys()].map((at) => at + 1))
})

test.each([
  ['several people', reading('x', 'p', { performer: [{ reference: 'Patient/q' }] })],
  ['nobody by a plain reference', JSON.stringify({ resourceType: 'Encounter', id: 'x' })],
  ['an id that another person’s record has', reading('p-1', 'q')],
  [
    'somebody to be looked up',
    reading('x', 'p', { subject: { reference: 'Patient?identifier=1' } }),
  ],
  [
    'a record to be looked up',
    reading('x', 'p', { encounter: { reference: 'Encounter?identifier=1' } }),
  ],
  ['a record of another request', reading('x', 'p', { encounter: { reference: 'urn:uuid:1' } })],
  [
    'somebody by a number alone',
    reading('x', 'p', {
      ...{ subject: { identifier: { value: '1' } }, performer: [{ reference: 'Patient/p' }] },
    }),
  ],
])('lines around one that names %s stay in their order', async (_, odd) => {
  const chunks = await importChunksIn([...readings('p', 'q'), odd].join('\n'))
  expect(shape(chunks)).toEqual([
    [0, 400],
    [1, 100],
    [undefined, 301],
  ])
})

test('the id of a contained record is not that of the record', async () => {
  const odd = ['p', 'q'].map((person) =>
    JSON.stringify({
      ...{ resourceType: 'Observation', contained: [{ resourceType: 'Device', id: 'meter' }] },
      ...{ id: `${person}-last`, subject: { reference: `Patient/${person}` } },
    }),
  )
  const chunks = await importChunksIn([...readings('p', 'q'), ...odd].join('\n'))
  expect(shape(chunks)).toEqual([
    [0, 401],
    [1, 401],
  ])
})

test('a small file is one request, as it is', async () => {
  const lines = [patient('p'), reading('a', 'p'), reading('b', 'p')]
  expect(shape(await importChunksIn(lines.join('\n')))).toEqual([[undefined, 3]])
})
