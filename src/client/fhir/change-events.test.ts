import { afterEach, expect, test, vi } from 'vitest'
import { useSession } from '#client/session/session.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { listenForChangeEvents } from './change-events.ts'
import { setOfflineResponder } from './offline-responder.ts'
import { queryClient } from './query-client.ts'

const page = new EventTarget()
let stop: () => void = () => undefined

afterEach(() => {
  stop()
  setOfflineResponder(undefined)
  queryClient.clear()
  useSession.setState({ actor: undefined })
  vi.unstubAllGlobals()
})

/** A screen with one query, and a device with downloaded people, both listening to these server events. */
async function hearing(events: string) {
  const happened: string[] = []
  const note = (what: string) => () => void happened.push(what)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.stubGlobal('fetch', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (line) => line.enqueue(new TextEncoder().encode(events)),
    })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
  })
  useSession.setState({ actor: demoActor('amina') })
  setOfflineResponder({
    ...{ isAway: () => false, answer: async () => undefined, afterLoss: async () => undefined },
    ...{ afterWrite: note('write'), afterGap: note('gap') },
    afterChange: (reference) => void happened.push(reference),
  })
  queryClient.setQueryData(['house'], 'seen')
  stop = listenForChangeEvents()
  return { happened, isStale: () => queryClient.getQueryState(['house'])?.isInvalidated }
}

test('after a gap in events everything on screen and everything downloaded is loaded again', async () => {
  const { happened, isStale } = await hearing('event: reset\nid: 9\ndata: {}\n\n')
  await expect.poll(() => happened).toEqual(['gap'])
  expect(isStale()).toBe(true)
})

test('one change refreshes only its own record on the device', async () => {
  const { happened, isStale } = await hearing('id: 9\ndata: {"type":"Goal","id":"g1"}\n\n')
  await expect.poll(() => happened).toEqual(['Goal/g1'])
  expect(isStale()).toBe(false)
})
