import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { settingsFrom } from '#server/hosts/node/settings.ts'
import { problemResponse } from '#server/http/responses.ts'
import { FhirProblem } from '#server/problem.ts'
import { openService } from './service.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A service that accepts any token, and records what it serves and what fails. */
async function serving(env: Readonly<Record<string, string>> = {}) {
  const served: string[] = []
  const failed: unknown[] = []
  const service = openService({
    settings: settingsFrom(env),
    handler: async ({ method }) => {
      served.push(method)
      return new Response('{}')
    },
    known: async ({ headers }) =>
      headers.get('authorization') ??
      problemResponse(new FhirProblem(401, 'login', 'Sign in first')),
    serveFile: async (_, response) => void response.writeHead(404).end(),
    ask: async () => undefined,
    log: (event, facts) => event === 'failed' && failed.push(facts),
  })
  service.server.listen(0, '127.0.0.1')
  await once(service.server, 'listening')
  closing.push(() => service.stop())
  const { port } = service.server.address() as AddressInfo
  const send = (...head: readonly string[]) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined).write(`${head.join('\r\n')}\r\n\r\n`)
    return socket
  }
  return { port, send, served, failed, server: service.server }
}

async function allOf(socket: Socket): Promise<string> {
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

const long = ['POST /fhir HTTP/1.1', 'Host: gable.test', 'Content-Length: 49000000'] as const
const signedIn = 'Authorization: Bearer abc'

test('a request without sign-in is answered before its long body arrives, and holds no memory', async () => {
  const { port, send, served } = await serving()
  const halves = Array.from({ length: 8 }, () => send(...long))
  for (const each of halves) each.write('{"resourceType":'.padEnd(60_000))
  const headers = { authorization: 'Bearer abc' }
  const body = ' '.repeat(1_000_000)
  const answer = await fetch(`http://127.0.0.1:${port}/fhir`, { method: 'POST', headers, body })
  expect(answer.status).toBe(200)
  for (const each of halves) expect(await allOf(each)).toMatch(/^HTTP\/1\.1 401 /)
  expect(served).toEqual(['POST'])
})

test('a chunked body is refused as soon as it is too long', async () => {
  const { send, served } = await serving()
  const socket = send('POST /fhir HTTP/1.1', 'Host: gable.test', 'Transfer-Encoding: chunked')
  const chunk = ' '.repeat(20_000)
  socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`)
  expect(await allOf(socket)).toMatch(/^HTTP\/1\.1 401 /)
  expect(served).toEqual([])
})

test('a client that pauses within a body is refused with 408', async () => {
  const { send, served, failed } = await serving({ GABLE_REQUEST_SECONDS: '2' })
  const socket = send(...long, signedIn)
  socket.write('{"resourceType":'.padEnd(60_000))
  const answer = await allOf(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).toContain('"resourceType":"OperationOutcome"')
  expect([served, failed]).toEqual([[], []])
})

test.each([
  ['TRACE', ['TRACE /fhir/Patient HTTP/1.1', 'Host: gable.test'], '405'],
  ['TRACK', ['TRACK /fhir/Patient HTTP/1.1', 'Host: gable.test'], '4'],
  ['a host with a space', ['GET /fhir/Patient HTTP/1.1', 'Host: gable test'], '400'],
  ['a host with a path', ['GET /fhir/Patient HTTP/1.1', 'Host: gable.test/x?'], '400'],
  ['a host with a name before it', ['GET /fhir/Patient HTTP/1.1', 'Host: me@gable.test'], '400'],
  ['half a host', ['GET /auth/session HTTP/1.1', 'Host: [::1'], '400'],
  ['a port out of range', ['GET /fhir/Patient HTTP/1.1', 'Host: gable.test:99999'], '400'],
  ['no host', ['GET /fhir/Patient HTTP/1.1'], '400'],
  ['an address without a host', ['GET http:// HTTP/1.1', 'Host: gable.test'], '4'],
])('%s is refused, and is not a server error', async (_what, head, status) => {
  const { send, served, failed } = await serving()
  const answer = await allOf(send(...head, 'Connection: close'))
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status}`))
  expect([served, failed]).toEqual([[], []])
})

test('a connection is kept open longer than a proxy keeps it', async () => {
  const { port, server } = await serving()
  expect(server.keepAliveTimeout).toBeGreaterThan(120_000)
  const answer = await fetch(`http://127.0.0.1:${port}/fhir/Patient`)
  expect(answer.headers.get('keep-alive')).toBe('timeout=130')
})

test('a body that arrives too slowly is refused with 408, and delays nobody else', async () => {
  const { port, send, served, failed } = await serving({ GABLE_REQUEST_SECONDS: '1' })
  const socket = send('POST /fhir HTTP/1.1', 'Host: gable.test', 'Content-Length: 5000')
  socket.write('{"resourceType":')
  expect((await fetch(`http://127.0.0.1:${port}/fhir/Patient`)).status).toBe(200)
  const answer = await allOf(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).toContain('"resourceType":"OperationOutcome"')
  // an incomplete request is not handled, and is not logged as an error of the server
  expect(served).toEqual(['GET'])
  expect(failed).toEqual([])
})
