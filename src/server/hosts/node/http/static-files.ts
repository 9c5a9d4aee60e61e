import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { securityHeaders } from './security-headers.ts'

const squeezeGzip = promisify(gzip)
const squeezeBrotli = promisify(brotliCompress)

const mime: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const squeezable = new Set([
  '.html',
  '.js',
  '.css',
  '.json',
  '.webmanifest',
  '.wasm',
  '.svg',
  '.data',
])
/** Paths that belong to the API: never answered with a page, so that a missing API shows as one. */
const apiPath = /^\/(fhir|auth|events|hl7|health|ready)(\/|$)/

type StaticFile = {
  url: string
  path: string
  type: string
  tag: string
  bodies: Map<string, Buffer>
}

export type StaticFiles = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Serves a built folder: strict headers on everything, hashed assets for a year, the page itself always asked for
 * again. A page for a navigation to any address of the app; 404 for anything else that is not there.
 */
export async function staticFiles(folder: string): Promise<StaticFiles> {
  const files = await filesIn(folder)
  return async (request, response) => {
    const path = pathOf(request)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const file = files.get(path) ?? pageFor(files, request, path)
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    if (!file || !isRead) return notThere(response, file ? 405 : 404)
    await send(file, request, response)
  }
}

function pathOf(request: IncomingMessage): string {
  try {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    return decodeURIComponent(pathname === '/' ? '/index.html' : pathname)
  } catch {
    return '/404'
  }
}

function pageFor(files: Map<string, StaticFile>, request: IncomingMessage, path: string) {
  const isNavigation =
    request.headers['sec-fetch-mode'] === 'navigate' ||
    (request.headers['sec-fetch-mode'] === undefined &&
      (request.headers.accept ?? '').includes('text/html'))
  const isPage = isNavigation && !apiPath.test(path) && extname(path) === ''
  return isPage ? files.get('/index.html') : undefined
}

function notThere(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(status === 404 ? 'Not found\n' : 'Method not allowed\n')
}

async function send(file: StaticFile, request: IncomingMessage, response: ServerResponse) {
  const isHashed = file.url.startsWith('/assets/')
  response.setHeader('Content-Type', file.type)
  response.setHeader('ETag', file.tag)
  response.setHeader('Vary', 'Accept-Encoding')
  response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304).end()
    return
  }
  const encoding = encodingFor(request, file.path)
  const body = await bodyOf(file, encoding)
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding)
  response.setHeader('Content-Length', body.byteLength)
  response.writeHead(200)
  response.end(request.method === 'HEAD' ? undefined : body)
}

function encodingFor(request: IncomingMessage, path: string): 'br' | 'gzip' | 'identity' {
  if (!squeezable.has(extname(path))) return 'identity'
  const accepted = request.headers['accept-encoding'] ?? ''
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'
}

/** Each body is read and squeezed once, then kept: a built app is a few dozen files. */
async function bodyOf(file: StaticFile, encoding: 'br' | 'gzip' | 'identity'): Promise<Buffer> {
  const kept = file.bodies.get(encoding)
  if (kept) return kept
  const plain = await readFile(file.path)
  const body = await squeezed(plain, encoding)
  file.bodies.set(encoding, body)
  return body
}

async function squeezed(plain: Buffer, encoding: 'br' | 'gzip' | 'identity'): Promise<Buffer> {
  if (encoding === 'gzip') return await squeezeGzip(plain)
  if (encoding === 'identity') return plain
  // quality 5 is near gzip in time; 11 takes half a minute over the database's WebAssembly
  return await squeezeBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
}

async function filesIn(folder: string): Promise<Map<string, StaticFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, StaticFile>()
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const tag = createHash('sha256')
      .update(await readFile(path))
      .digest('base64url')
      .slice(0, 22)
    const type = mime[extname(path)] ?? 'application/octet-stream'
    const url = `/${relative(folder, path).split(sep).join('/')}`
    files.set(url, { url, path, type, tag: `"${tag}"`, bodies: new Map() })
  }
  return files
}
