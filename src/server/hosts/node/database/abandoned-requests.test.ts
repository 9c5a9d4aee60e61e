import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Handler } from '#server/handler.ts'
import { openService } from '#server/hosts/node/http/service.ts'
import { settingsFrom } from '#server/hosts/node/settings.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const answering: Handler = async () => new Response('{}')

async function serving(
  env: Readonly<Record<string, string>>,
  handler: Handler = answering,
): Promise<number> {
  const service = openService({
    ...{ settings: settingsFrom(env), handler, log: () => undefined },
    known: async ({ headers }) => headers.get('authorization') ?? '',
    ...{ serveFile: async () => undefined, ask: async () => undefined },
  })
  service.server.listen(0, '127.0.0.1')
  await once(service.server, 'listening')
  closing.push(() => service.stop())
  return (service.server.address() as AddressInfo).port
}

const someone = { Authorization: `Bearer ${'a'.repeat(64)}` }
const streaming = { headers: { 'Content-Type': 'text/event-stream' } }

test('a stream that starts after the timeout is cancelled', async () => {
  let signal: AbortSignal | undefined
  let isCancelled = false
  const cancel = () => {
    isCancelled = true
  }
  const port = await serving({ GABLE_CALL_SECONDS: '1' }, async (request) => {
    signal = request.signal
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    return new Response(new ReadableStream({ cancel }), streaming)
  })
  const answer = await fetch(`http://127.0.0.1:${port}/fhir/Patient`, { method: 'POST' })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, null])
  // the record may have been created, and a second call would create it again
  expect(await answer.text()).toContain('check before you send it again')
  await expect.poll(() => [signal?.aborted, isCancelled]).toEqual([true, true])
})

test('a client that leaves before its stream starts leaves no stream behind', async () => {
  let isCancelled = false
  const cancel = () => {
    isCancelled = true
  }
  const started = Promise.withResolvers<void>()
  const port = await serving({}, async () => {
    started.resolve()
    await new Promise((resolve) => setTimeout(resolve, 200))
    return new Response(new ReadableStream({ cancel }), streaming)
  })
  const asked = httpRequest({ port, path: '/events', headers: someone }).on(
    'error',
    () => undefined,
  )
  asked.end()
  await started.promise
  asked.destroy()
  await expect.poll(() => isCancelled).toBe(true)
})

test('a refused client that stays connected is cut off, and its memory freed', async () => {
  const port = await serving({ GABLE_MAX_BODY: '200000', GABLE_REQUEST_SECONDS: '1' })
  const head = `POST /fhir HTTP/1.1\r\nHost: x\r\nAuthorization: ${someone.Authorization}\r\nContent-Length: 199000\r\n\r\n`
  const staying = [1, 2, 3, 4].map(() => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    socket.on('error', () => undefined).resume()
    socket.write(head + ' '.repeat(198_000))
    return socket
  })
  const send = async () => {
    const init = { method: 'POST', headers: someone, body: ' '.repeat(150_000) }
    return (await fetch(`http://127.0.0.1:${port}/fhir`, init)).status
  }
  await expect.poll(send).toBe(503)
  await expect.poll(send, { timeout: 10_000 }).toBe(200)
  for (const socket of staying) socket.destroy()
})

test('the limit of an address applies however its path is written', async () => {
  const port = await serving({ GABLE_STREAMS_EACH: '1' }, async () => {
    return new Response(new ReadableStream(), streaming)
  })
  const open = async () => {
    const asked = httpRequest({ port, path: '/fhir/../events', headers: someone }).end()
    const [response] = await once(asked, 'response')
    return response.statusCode
  }
  expect([await open(), await open()]).toEqual([200, 429])
})
