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

test('an event is read whole, wherever the stream is split', async () => {
  const text = 'id: 7\ndata: {"type":"Goal"}\n\nevent: presence\ndata: {"name":"Zoë: nurse"}\n\n'
  const expected = [
    { name: 'message', id: '7', data: '{"type":"Goal"}' },
    { name: 'presence', data: '{"name":"Zoë: nurse"}' },
  ]
  for (let at = 0; at < text.length; at += 1) {
    expect(await eventsOf(streamOf(text.slice(0, at), text.slice(at)))).toEqual(expected)
  }
})

test('all three kinds of line end are read, wherever the stream is split', async () => {
  const lines = ['id: 7', 'event: reach', 'data: one', 'data: two', '', 'data: three', '', '']
  for (const end of ['\r\n', '\r', '\n']) {
    const text = lines.join(end)
    for (let at = 0; at < text.length; at += 1) {
      expect(await eventsOf(streamOf(text.slice(0, at), text.slice(at)))).toEqual([
        { name: 'reach', id: '7', data: 'one\ntwo' },
        { name: 'message', data: 'three' },
      ])
    }
  }
})

test('the data of an event keeps its spaces', async () => {
  expect(await eventsOf(streamOf('data:  two before, two behind  \n\n'))).toEqual([
    { name: 'message', data: ' two before, two behind  ' },
  ])
})

test('the name of an event does not carry over to the next one', async () => {
  expect(await eventsOf(streamOf('event: presence\n\ndata: {}\n\n'))).toEqual([
    { name: 'message', data: '{}' },
  ])
})

test('a byte order mark and unknown fields are ignored', async () => {
  expect(await eventsOf(streamOf('\uFEFFdata: {}\ncolour: red\nretry: soon\nlonely\n\n'))).toEqual([
    { name: 'message', data: '{}' },
  ])
})

test('a keep-alive updates the resume point and has no data', async () => {
  expect(await eventsOf(streamOf(': still here\nid: 9\n\n'))).toEqual([
    { name: 'message', id: '9', data: '' },
  ])
})

test('a stream that falls silent is given up', async () => {
  vi.useFakeTimers()
  const silent = new ReadableStream<Uint8Array<ArrayBuffer>>({ start: () => undefined })
  const reading = expect(eventsOf(silent)).rejects.toThrow('stopped sending')
  await vi.advanceTimersByTimeAsync(46_000)
  await reading
})

test('a silent stream ends at once when it is aborted', async () => {
  const stop = new AbortController()
  let cancelled = false
  const silent = new ReadableStream<Uint8Array<ArrayBuffer>>({
    cancel: () => {
      cancelled = true
    },
  })
  const reading = serverEvents(silent, stop.signal).next()
  stop.abort()
  await expect(reading).rejects.toThrow('abort')
  expect(cancelled).toBe(true)
})
