import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { openService } from './service.ts'
import { settingsFrom } from './settings.ts'

test('a body that comes too slowly is refused with 408, and holds nobody else up', async () => {
  const failed: unknown[] = []
  const served: string[] = []
  const service = openService({
    settings: settingsFrom({ GABLE_REQUEST_SECONDS: '1' }),
    handler: async ({ method }) => {
      served.push(method)
      return new Response('{}')
    },
    serveFile: async () => undefined,
    ask: async () => undefined,
    log: (event, facts) => event === 'failed' && failed.push(facts),
  })
  service.server.listen(0, '127.0.0.1')
  await once(service.server, 'listening')
  const { port } = service.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const head = ['POST /fhir HTTP/1.1', 'Host: gable.test', 'Content-Length: 5000', '', '']
  socket.write(`${head.join('\r\n')}{"resourceType":`)
  expect((await fetch(`http://127.0.0.1:${port}/fhir/Patient`)).status).toBe(200)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).toContain('"resourceType":"OperationOutcome"')
  // the half of a request is served to nobody, and is no fault of the server
  expect(served).toEqual(['GET'])
  expect(failed).toEqual([])
  await service.stop()
})
