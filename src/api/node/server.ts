import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { keepSealing } from '#api/audit/keep-sealing.ts'
import { createHandler } from '#api/handler.ts'
import { openDatabase } from './database.ts'
import { loadDemoIfEmpty } from './load-demo.ts'
import { log, shapeOf } from './log.ts'
import { pgWire } from './pg-wire.ts'
import { securityHeaders } from './security-headers.ts'
import { signInFrom } from './sign-in-settings.ts'
import { staticFiles } from './static-files.ts'
import { stopOnSignal } from './stop-on-signal.ts'
import { answerWith, BodyTooLarge, webRequest } from './web-exchange.ts'

/** `npm run serve`: the team server. Built app, FHIR, sign-in and events on one port, over a real PostgreSQL. */
const port = Number(process.env['PORT'] ?? 8080)
const host = process.env['GABLE_HOST'] ?? '127.0.0.1'
const demo = process.env['GABLE_DEMO'] === '1'
const maxBytes = Number(process.env['GABLE_MAX_BODY'] ?? 50_000_000)
const apiPath = /^\/(fhir|auth|events|hl7)(\/|\?|$)/

if (demo && !isLoopback(host)) {
  process.stderr.write(
    `GABLE_DEMO=1 lets anyone sign in as anyone: it is served to this machine only, not on ${host}.\n`,
  )
  process.exit(2)
}

const database = await openDatabase()
if (demo) {
  await loadDemoIfEmpty(database.sql, Number(process.env['GABLE_PEOPLE'] ?? 5_000), (written) =>
    log('demo-population', { written }),
  )
}
const wire = pgWire(database.url)
const hl7Zone = process.env['GABLE_HL7_ZONE'] ?? 'Europe/London'
const signIn = signInFrom(process.env)
const contact = process.env['GABLE_CONTACT']
const handler = createHandler({
  ...{ sql: database.sql, demo, deviceKeys: true, wire, hl7Zone },
  ...(signIn ? { signIn } : {}),
  ...(contact ? { contact } : {}),
})
const endSealing = keepSealing(database.sql, {
  every: 1_000,
  onHead: ({ number, hash }) => log('trail-head', { block: number, hash }),
  onFailure: () => log('trail-not-sealed'),
})
const serveFile = await staticFiles(resolve('dist-team'))

const server = createServer((request, response) => {
  respond(request, response).catch((cause: unknown) => {
    log('failed', { kind: cause instanceof Error ? cause.name : 'unknown' })
    if (!response.headersSent) sendOutcome(response, 500, 'exception', 'The server failed.')
    else response.destroy()
  })
})
server.requestTimeout = 60_000

server.listen(port, host, () => {
  const address = server.address()
  // PORT=0 takes any that is free
  const taken = typeof address === 'object' && address ? address.port : port
  log('listening', { host, port: taken, demo: demo ? 1 : 0 })
  process.stderr.write(
    `Gable is open at http://${host === '127.0.0.1' ? 'localhost' : host}:${taken}\n`,
  )
})

stopOnSignal(async () => {
  log('stopping')
  const closed = new Promise((done) => server.close(done))
  server.closeIdleConnections()
  // event streams never end by themselves: what is still open after a moment is cut
  setTimeout(() => server.closeAllConnections(), 1_000).unref()
  await closed
  await endSealing()
  await wire.stop()
  await database.stop()
  log('stopped')
})

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now()
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  if (path === '/health') return sendText(response, 200, 'ok')
  if (path === '/ready') return await ready(response)
  if (!apiPath.test(request.url ?? '')) return await serveFile(request, response)
  response.on('finish', () =>
    log('request', {
      method: request.method ?? '',
      path: shapeOf(path),
      status: response.statusCode,
      ms: Math.round(performance.now() - started),
    }),
  )
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
  response.setHeader('Cache-Control', 'no-store')
  await callHandler(request, response)
}

async function callHandler(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await answerWith(response, await handler(await webRequest(request, response, maxBytes)))
  } catch (cause) {
    if (!(cause instanceof BodyTooLarge)) throw cause
    response.setHeader('Connection', 'close')
    const most = Math.floor(maxBytes / 1_000_000)
    sendOutcome(response, 413, 'too-long', `The body is larger than ${most} MB: send it in parts`)
  }
}

async function ready(response: ServerResponse): Promise<void> {
  try {
    await database.sql.query('select 1')
    sendText(response, 200, 'ready')
  } catch {
    sendText(response, 503, 'the database does not answer')
  }
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`${text}\n`)
}

function sendOutcome(response: ServerResponse, status: number, code: string, text: string): void {
  const issue = [{ severity: 'error', code, details: { text } }]
  response.writeHead(status, { 'Content-Type': 'application/fhir+json' })
  response.end(JSON.stringify({ resourceType: 'OperationOutcome', issue }))
}

function isLoopback(name: string): boolean {
  if (name === 'localhost' || name === '::1') return true
  return isIP(name) === 4 && name.startsWith('127.')
}
