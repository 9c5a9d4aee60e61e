import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { staticFiles } from './static-files.ts'

const page = '<!doctype html><title>Gable</title>'
const script = `export const words = '${'sunflower '.repeat(200)}'`
const asPage = { 'Sec-Fetch-Mode': 'navigate' }

let folder = ''
let base = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gable-files-'))
  await mkdir(join(folder, 'assets'))
  const files: Readonly<Record<string, string | Buffer>> = {
    ...{ 'index.html': page, 'sw.js': 'self', 'assets/gone.js': script, 'assets/base.data': 'd' },
    ...{ 'assets/app-1.js': script, 'assets/app-1.js.br': brotliCompressSync(script) },
    'assets/app-1.js.gz': gzipSync(script),
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const serve = await staticFiles(folder)
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return () => server.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Not `fetch`, which adds headers of its own. */
async function answered(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const asked = request(`${base}${path}`, { method, headers })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await answer.toArray())
  return { status: answer.statusCode, headers: answer.headers, body, text: body.toString() }
}

test('a path of the app is answered with its page, and a missing file with 404', async () => {
  for (const path of ['/', '/people/p-1/plan', '/sign-in?as=amina', '/%E2%82%AC']) {
    const { status, text, headers } = await answered(path, asPage)
    expect([path, status, text]).toEqual([path, 200, page])
    expect(headers['cache-control']).toBe('no-cache')
    expect(headers['content-type']).toMatch(/^text\/html; ?charset=utf-8$/)
  }
  expect(await answered('/people', { Accept: 'text/html' })).toMatchObject({ text: page })
  for (const path of ['/assets/app-2.js', '/picture.png', '/%E0%A4%A'])
    expect(await answered(path, asPage)).toMatchObject({ status: 404, text: 'Not found\n' })
  for (const path of ['/people', '/..%2f..%2fetc%2fpasswd', '/assets/..%2f..%2f..%2fetc%2fhosts'])
    expect(await answered(path)).toMatchObject({ status: 404 })
})

test('a path of the API is never answered with a page', async () => {
  const paths = ['fhir', 'fhir/Patient/p-1', 'auth/session', 'events', 'hl7', 'health', 'ready']
  for (const path of [...paths, '%66hir/Patient']) {
    expect(await answered(`/${path}`, asPage)).toMatchObject({ status: 404, text: 'Not found\n' })
    expect(await answered(`/${path}`, {}, 'POST')).toMatchObject({ status: 404 })
  }
  expect(await answered('/', {}, 'POST')).toMatchObject({ status: 405 })
})

test('every answer has the strict security headers, a refusal too', async () => {
  for (const path of ['/', '/assets/app-1.js', '/nothing.js', '/fhir']) {
    const { headers } = await answered(path, asPage)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})

test('hashed files are cached for a year, and all others revalidated', async () => {
  const hashed = await answered('/assets/app-1.js')
  expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(hashed.headers['content-type']).toMatch(/^text\/javascript/)
  expect((await answered('/assets/base.data')).headers['content-type']).toBe(
    'application/octet-stream',
  )
  const worker = await answered('/sw.js')
  expect(worker.headers['cache-control']).toBe('no-cache')
  const tag = worker.headers.etag ?? ''
  expect(await answered('/sw.js', { 'If-None-Match': tag })).toMatchObject({
    ...{ status: 304, text: '' },
  })
  // a 404 must not be cached for a year
  expect((await answered('/assets/app-2.js')).headers['cache-control']).toBeUndefined()
})

test('files compressed at build time are sent compressed to clients that accept it', async () => {
  for (const [takes, sent, bytes] of [
    ['gzip, deflate, br, zstd', 'br', brotliCompressSync(script)],
    ['gzip', 'gzip', gzipSync(script)],
    ['identity', undefined, Buffer.from(script)],
  ] as const) {
    const { body, headers } = await answered('/assets/app-1.js', { 'Accept-Encoding': takes })
    expect(headers['content-encoding']).toBe(sent)
    expect(headers.vary).toBe('Accept-Encoding')
    expect(body.equals(bytes)).toBe(true)
  }
  const whole = await answered('/assets/app-1.js', { Range: 'bytes=5-2' })
  expect([whole.status, whole.text]).toEqual([200, script])
})

test('a file removed since the start fails its own request, not the server', async () => {
  await rm(join(folder, 'assets/gone.js'))
  await expect(answered('/assets/gone.js')).rejects.toThrow()
  expect(await answered('/', asPage)).toMatchObject({ status: 200 })
})
