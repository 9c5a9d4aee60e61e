import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import sirv from 'sirv'
import { securityHeaders } from './security-headers.ts'

/** Paths that belong to the API: never answered with a page, so that a missing API shows as one. */
const apiPath = /^\/(fhir|auth|events|hl7|health|ready)(\/|$)/

export type StaticFiles = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Serves a built folder as it was when the server started: strict headers on everything, hashed assets for a year, the
 * page itself always revalidated. A page for a navigation to any address of the app; 404 for anything else that is
 * missing. Files compressed at build time are sent compressed.
 */
export async function staticFiles(folder: string): Promise<StaticFiles> {
  const serve = sirv(folder, { etag: true, brotli: true, gzip: true, setHeaders })
  return async (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    if (apiPath.test(pathOf(request.url))) return notThere(response, 404)
    if (request.method !== 'GET' && request.method !== 'HEAD') return notThere(response, 405)
    // nobody requests parts of an app, and a part of a compressed file is useless
    delete request.headers.range
    endTogether(response)
    serve(request, response, () => {
      if (!wantsPage(request)) return notThere(response, 404)
      request.url = '/'
      serve(request, response, () => notThere(response, 404))
    })
  }
}

function setHeaders(response: ServerResponse, path: string): void {
  const isHashed = path.startsWith('/assets/')
  response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (extname(path) === '.data') response.setHeader('Content-Type', 'application/octet-stream')
}

/**
 * A file deleted since the server started ends its own answer, not the server; and a stream that nobody waits for is
 * closed.
 */
function endTogether(response: ServerResponse): void {
  response.once('pipe', (file) => {
    file.once('error', () => response.destroy())
    response.once('close', () => file.destroy())
  })
}

function wantsPage({ headers, url }: IncomingMessage): boolean {
  const isNavigation =
    headers['sec-fetch-mode'] === 'navigate' ||
    (headers['sec-fetch-mode'] === undefined && (headers.accept ?? '').includes('text/html'))
  return isNavigation && extname(pathOf(url)) === ''
}

function pathOf(url = '/'): string {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname)
  } catch {
    return '/nowhere.at.all'
  }
}

function notThere(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(status === 404 ? 'Not found\n' : 'Method not allowed\n')
}
