import { request as httpRequest, type IncomingMessage } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { runningServices } from '#test-support/servers/running-service.ts'

const started = runningServices()

const bearer = { Authorization: `Bearer ${'a1'.repeat(32)}` }

test('a long FHIR response is compressed as the client accepts, except for cross-site requests', async () => {
  const { port } = await started()
  const answerTo = async (headers: Readonly<Record<string, string>>) => {
    const answer = await new Promise<IncomingMessage>((resolve) => {
      httpRequest({ port, path: '/fhir/metadata', headers }, resolve).end()
    })
    const parts: Buffer[] = []
    for await (const part of answer) parts.push(part)
    return { ...answer.headers, body: Buffer.concat(parts) }
  }
  const plain = await answerTo({ ...bearer, 'accept-encoding': 'identity' })
  for (const [accepted, headers, encoding] of [
    ['gzip, deflate, br', bearer, 'br'],
    ['gzip, br;q=0', bearer, 'gzip'],
    ['br', { 'sec-fetch-site': 'same-origin' }, 'br'],
    ['gzip, br', { 'sec-fetch-site': 'cross-site' }, undefined],
    ['gzip, br', {}, undefined],
  ] as const) {
    const { body, ...answered } = await answerTo({ ...headers, 'accept-encoding': accepted })
    expect([answered.vary, answered['content-encoding']]).toEqual(['Accept-Encoding', encoding])
    expect(Number(answered['content-length'])).toBe(body.byteLength)
    const unpacked =
      encoding === 'br' ? brotliDecompressSync(body) : encoding ? gunzipSync(body) : body
    expect(unpacked.byteLength).toBe(plain.body.byteLength)
    if (encoding) expect(body.byteLength).toBeLessThan(unpacked.byteLength / 5)
  }
})

test('short responses, event streams and sign-in are not compressed', async () => {
  const { call, signIn } = await started()
  const headers = { ...(await signIn()), 'Accept-Encoding': 'br, gzip' }
  for (const path of ['/fhir/Patient/nobody', '/events', '/auth/session']) {
    const answer = await call(path, { headers })
    expect([path, answer.headers.get('content-encoding')]).toEqual([path, null])
    await answer.body?.cancel()
  }
})
