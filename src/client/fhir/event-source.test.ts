import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useSession } from '#client/session/session.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { listenForChangeEvents } from './change-events.ts'
import { useConnectionStatus } from './connection-status.ts'

const page = new EventTarget()
let asked: AbortSignal[]
let answer: () => Response | undefined
let stop: () => void

/** Starts to listen, and waits until the reader of the events is loaded, which takes real time. */
async function listen(): Promise<() => void> {
  const end = listenForChangeEvents()
  await vi.dynamicImportSettled()
  return end
}

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  asked = []
  answer = () => undefined
  vi.stubGlobal('fetch', (_address: string, { signal }: { signal: AbortSignal }) => {
    asked.push(signal)
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      const given = answer()
      if (given) resolve(given)
    })
  })
  useSession.setState({ actor: demoActor('amina') })
  stop = await listen()
})
afterEach(() => {
  stop()
  useSession.setState({ actor: undefined })
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const isLive = () => useConnectionStatus.getState().live
const stream = () =>
  new Response(new ReadableStream(), { headers: { 'Content-Type': 'text/event-stream' } })

test('a connection without an answer is given up, shown as lost and tried again', async () => {
  await vi.advanceTimersByTimeAsync(19_000)
  expect([asked.length, isLive()]).toEqual([1, false])
  answer = stream
  await vi.advanceTimersByTimeAsync(3_000)
  expect(asked.map((signal) => signal.aborted)).toEqual([true, false])
  expect(isLive()).toBe(true)
})

test('an open connection stays open, and is closed when nobody listens', async () => {
  stop()
  answer = stream
  stop = await listen()
  await vi.advanceTimersByTimeAsync(40_000)
  expect(asked.map((signal) => signal.aborted)).toEqual([true, false])
  stop()
  expect(asked[1]?.aborted).toBe(true)
})
