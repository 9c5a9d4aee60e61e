import { afterEach, expect, test, vi } from 'vitest'
import { type ServerEvent, serverEvents } from './server-events.ts'

afterEach(() => {
  vi.useRealTimers()
})

function streamOf(...parts: readonly string[]) {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part))
      controller.close()
    },
  })
}

async function eventsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const all: ServerEvent[] = []
  for await (const event of serverEvents(body)) all.push(event)
  return all
}

test('an event is read whole, wherever the line was cut into pieces', async () => {
  const text = 'id: 7\ndata: {"type":"Goal"}\n\nevent: presence\ndata: {"name":"Zoë: nurse"}\n\n'
  const expected = [
    { name: 'message', id: '7', data: '{"type":"Goal"}' },
    { name: 'presence', data: '{"name":"Zoë: nurse"}' },
  ]
  for (let at = 0; at < text.length; at += 1) {
    expect(await eventsOf(streamOf(text.slice(0, at), text.slice(at)))).toEqual(expected)
  }
})

test('a sign of life moves on where to resume, and tells nothing', async () => {
  expect(await eventsOf(streamOf(': still here\nid: 9\n\n'))).toEqual([
    { name: 'message', id: '9', data: '' },
  ])
})

test('a stream that falls silent is given up', async () => {
  vi.useFakeTimers()
  const silent = new ReadableStream<Uint8Array<ArrayBuffer>>({ start: () => undefined })
  const reading = expect(eventsOf(silent)).rejects.toThrow('silent')
  await vi.advanceTimersByTimeAsync(46_000)
  await reading
})
