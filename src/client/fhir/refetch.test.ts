import { QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { noteChangeEvent } from './change-events.ts'
import { queryClient } from './query-client.ts'
import { refetch } from './refetch.ts'

afterEach(() => queryClient.clear())

/** A server that reads a response at once and sends it when the test releases it. */
function slowServer() {
  let words = 'before'
  const onTheirWay: (() => void)[] = []
  const asked = () =>
    new Promise<string>((resolve) => {
      const read = words
      onTheirWay.push(() => resolve(read))
    })
  const change = () => {
    words = 'after'
  }
  const arrive = () => {
    for (const answer of onTheirWay.splice(0)) answer()
  }
  return { asked, change, arrive, count: () => onTheirWay.length }
}

const goal = (server: ReturnType<typeof slowServer>) => ({
  ...{ queryKey: ['goal'], queryFn: server.asked, meta: { kinds: ['Goal'] } },
})
const shown = () => queryClient.getQueryData(['goal'])

test.each([
  ['of its kind of record', () => noteChangeEvent(['Goal'])],
  ['of unknown kind', () => refetch()],
])('a page that opens during a change %s shows the change in the end', async (_what, tell) => {
  const server = slowServer()
  const stop = new QueryObserver(queryClient, goal(server)).subscribe(() => undefined)
  await expect.poll(server.count).toBe(1)
  server.change()
  const refetched = tell()
  server.arrive()
  await expect.poll(server.count).toBe(1)
  server.arrive()
  await refetched
  expect(shown()).toBe('after')
  stop()
})

test('a changed answer that is not on screen is fetched again when it is opened', async () => {
  const server = slowServer()
  const first = queryClient.fetchQuery(goal(server))
  server.change()
  const refetched = noteChangeEvent(['Goal'])
  server.arrive()
  await Promise.all([first, refetched])
  expect(queryClient.getQueryState(['goal'])?.isInvalidated).toBe(true)
})

test('a first answer that fails is fetched once more, and the error does not reach the caller of the refetch', async () => {
  const failing = { queryKey: ['goal'], queryFn: () => Promise.reject(new Error('no')) }
  const stop = new QueryObserver(queryClient, failing).subscribe(() => undefined)
  await refetch()
  expect(queryClient.getQueryState(['goal'])?.errorUpdateCount).toBe(2)
  stop()
})

test('a query that a change does not affect is not fetched again', async () => {
  const server = slowServer()
  const stop = new QueryObserver(queryClient, goal(server)).subscribe(() => undefined)
  await expect.poll(server.count).toBe(1)
  await noteChangeEvent(['Task'])
  server.arrive()
  await expect.poll(shown).toBe('before')
  expect(server.count()).toBe(0)
  stop()
})
