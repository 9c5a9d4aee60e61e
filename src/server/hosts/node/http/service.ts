import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Handler } from '#server/handler.ts'
import { notFromHere } from '#server/hosts/node/demonstration.ts'
import { shapeOf, traceOf } from '#server/hosts/node/log.ts'
import type { Settings } from '#server/hosts/node/settings.ts'
import { encodingFor } from './compressed.ts'
import { type ErrorOutcome, refusalOf, sendErrorResponse } from './error-response.ts'
import { createLoadLimits, type LoadLimits } from './load-limits.ts'
import {
  BodyStalled,
  BodyTooLarge,
  fewWords,
  NotLetIn,
  openRoom,
  TooMuchAtOnce,
} from './read-body.ts'
import { securityHeaders } from './security-headers.ts'
import type { StaticFiles } from './static-files.ts'
import { answerWith, WebExchangeError, webRequest } from './web-exchange.ts'
import { withinTime } from './within-time.ts'

export type Service = Readonly<{
  server: Server
  /** not ready first, then no new requests; open requests finish, then event streams are closed */
  stop: () => Promise<void>
}>

type Parts = Readonly<{
  settings: Pick<
    Settings,
    'demo' | 'origin' | 'maxBody' | 'limits' | 'requestMs' | 'callMs' | 'stopDelayMs'
  >
  handler: Handler
  /** present if the handler counts by it too */
  gate?: LoadLimits
  /** who is calling, by the headers alone: somebody unknown cannot send a long body */
  known: (request: Request) => Promise<string | Response>
  serveFile: StaticFiles
  /** rejects if the database does not answer, or is read-only */
  ask: () => Promise<unknown>
  /** what the administrator still has to do, although it serves; undefined if nothing */
  toDo?: () => Promise<string | undefined>
  log: (event: string, facts?: Readonly<Record<string, string | number>>) => void
}>

const fhirPath = /^\/fhir(\/|$)/
const apiPath = /^\/(fhir|auth|events|hl7)(\/|$)/
/** Changes nothing, and is still refused where nothing may be changed: by a replica, or after a fail-over. */
export const takesChanges = 'delete from session where false'

/** How many of the largest bodies are held at once, one for each caller. */
const bodiesAtOnce = 4
/** The longest search sent as a form, and the longest hospital message (`hl7v2/message-body.ts`). */
const searchWords = 100_000
const messageBytes = 1_048_576
/** A sender that pauses for longer is dropped. */
const longestPauseMs = 10_000
/** Longer than the proxies in front keep a connection (Caddy: 2 minutes), or a request arrives on one that just closed. */
const keepAliveMs = 130_000
const readyMs = 2_000
const longestCallMs = 20_000

/** The HTTP side of the team server: limits, request ids, logs, health, and a stop that loses no answer. */
export function openService(parts: Parts): Service {
  const { settings, log } = parts
  const { gate = createLoadLimits(settings) } = parts
  const room = openRoom(bodiesAtOnce * settings.maxBody, settings.maxBody)
  const pauseMs = Math.min(longestPauseMs, settings.requestMs)
  const open = { isStopping: false, calls: new Set<ServerResponse>() }

  const patience = {
    requestTimeout: settings.requestMs,
    keepAliveTimeout: keepAliveMs,
    // Node checks for overdue requests this often
    connectionsCheckingInterval: Math.min(30_000, settings.requestMs / 2),
  }
  const server = createServer(patience, (incoming, response) => {
    const call = { incoming, response, path: pathOf(incoming), id: idOf(incoming, settings.origin) }
    response.setHeader('X-Request-Id', call.id)
    if (open.isStopping) response.setHeader('Connection', 'close')
    admit(call).catch((cause: unknown) => {
      log('failed', { id: call.id, ...traceOf(cause) })
      if (response.headersSent) response.destroy()
      else
        sendErrorResponse(response, { status: 500, code: 'exception', text: 'The server failed' })
    })
  })
  server.on('clientError', (cause: NodeJS.ErrnoException, socket) => {
    // a refusal does not go into the middle of an answer
    const isBegun = [...open.calls].some((each) => each.socket === socket && each.headersSent)
    if (isBegun || !socket.writable) socket.destroy()
    else socket.end(refusalOf(cause.code), () => socket.destroy())
  })

  type Call = Readonly<{
    incoming: IncomingMessage
    response: ServerResponse
    path: string
    id: string
  }>

  const admit = settings.demo ? fromHereOnly(respond) : respond

  async function respond(call: Call): Promise<void> {
    const { incoming, response, path } = call
    if (path === '/health') return sendText(response, 200, 'ok')
    if (path === '/ready') return await sayReady(response)
    open.calls.add(response)
    response.once('close', () => open.calls.delete(response))
    if (!apiPath.test(path)) return await parts.serveFile(incoming, response)
    logWhenDone(call)
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    response.setHeader('Cache-Control', 'no-store')
    const entry = gate.enter(incoming, path)
    if (entry.status === 429) {
      const { status, seconds: again, text } = entry
      return sendErrorResponse(response, { status, code: 'throttled', text, again })
    }
    response.once('close', entry.left)
    await answer(call)
  }

  async function answer({ incoming, response, path }: Call): Promise<void> {
    const maxBytes = Math.min(mostBytes(path), settings.maxBody)
    try {
      const asking = { ...settings, maxBytes, pauseMs, room, known: parts.known }
      const request = await webRequest(incoming, response, asking)
      const answered = await inTime(settings.callMs, parts.handler(request))
      if (answered === 'late') return sendErrorResponse(response, tookTooLong(incoming.method))
      if (isStream(answered)) open.calls.delete(response)
      await send({ path, incoming, response }, answered)
    } catch (cause) {
      if (!hasLeft(incoming, cause)) await refuse(response, cause, maxBytes)
    }
  }

  async function sayReady(response: ServerResponse): Promise<void> {
    if (open.isStopping) return sendText(response, 503, 'stopping')
    const answered = await withinTime(readyMs, parts.ask()).catch(() => 'late')
    if (answered === 'late')
      sendText(response, 503, 'the database does not answer, or is read-only')
    else sendText(response, 200, ['ready', (await stillToDo()) ?? []].flat().join('\n'))
  }

  /** A service that serves is ready, even if something remains to be done. */
  async function stillToDo(): Promise<string | undefined> {
    const said = await withinTime(readyMs, parts.toDo?.() ?? Promise.resolve(undefined)).catch(
      () => undefined,
    )
    return said === 'late' ? undefined : said
  }

  function logWhenDone({ incoming, response, path, id }: Call): void {
    const started = performance.now()
    response.once('close', () =>
      log('request', {
        id,
        method: incoming.method ?? '',
        path: shapeOf(path),
        status: response.statusCode,
        ms: Math.round(performance.now() - started),
        ...(response.writableFinished ? {} : { cut: 1 }),
      }),
    )
  }

  return {
    server,
    async stop() {
      open.isStopping = true
      await pause(settings.stopDelayMs)
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeIdleConnections()
      const latest = performance.now() + longestCallMs
      while (open.calls.size > 0 && performance.now() < latest) await pause(20)
      // event streams never end by themselves; their pages reconnect to another server
      server.closeAllConnections()
      await closed
    },
  }
}

/** What a POST creates has no id yet by which a repeated request would be recognised. */
function tookTooLong(method: string | undefined): ErrorOutcome {
  const text = 'This took too long. It may still have been done'
  return method === 'POST'
    ? { status: 503, code: 'timeout', text: `${text}: check before you send it again` }
    : { status: 503, code: 'timeout', text: `${text}; it is safe to repeat it`, again: 5 }
}

type Exchange = Readonly<{ incoming: IncomingMessage; response: ServerResponse }>

/** A demonstration lets anyone sign in as anyone: requests from elsewhere are not answered. */
const fromHereOnly =
  <Call extends Exchange>(respond: (call: Call) => Promise<void>) =>
  async (call: Call) => {
    const elsewhere = notFromHere(call.incoming)
    if (!elsewhere) return await respond(call)
    const text = `This is a demonstration, available only on its own machine; this request has ${elsewhere}`
    sendErrorResponse(call.response, { status: 403, code: 'security', text })
  }

const tooMuch: ErrorOutcome = {
  status: 503,
  code: 'throttled',
  text: 'Too much is being sent at once',
  again: 5,
}

function tooLong(most: number): ErrorOutcome {
  const size = most >= 1_000_000 ? `${Math.floor(most / 1_000_000)} MB` : `${most} bytes`
  return {
    status: 413,
    code: 'too-long',
    text: `The body is larger than ${size}: send it in parts`,
  }
}

const stalled: ErrorOutcome = {
  ...{ status: 408, code: 'timeout', text: 'The request is incomplete' },
}

function notServed(status: 400 | 405): ErrorOutcome {
  return status === 400
    ? { status, code: 'structure', text: 'The address or its host cannot be read' }
    : { status, code: 'not-supported', text: 'This method is not supported' }
}

function refusalFor(cause: unknown, maxBytes: number): ErrorOutcome | undefined {
  if (cause instanceof TooMuchAtOnce) return tooMuch
  if (cause instanceof BodyTooLarge) return tooLong(maxBytes)
  if (cause instanceof BodyStalled) return stalled
  return cause instanceof WebExchangeError ? notServed(cause.status) : undefined
}

/** Sign-in answers with tokens and keys: these are not compressed. */
async function send({ path, incoming, response }: Exchange & { path: string }, answer: Response) {
  if (!fhirPath.test(path)) return await answerWith(response, answer)
  response.appendHeader('Vary', 'Accept-Encoding')
  await answerWith(response, answer, encodingFor(incoming.headers))
}

/** Answers a request that was not read to its end, and closes the connection; rethrows other errors. */
async function refuse(response: ServerResponse, cause: unknown, maxBytes: number): Promise<void> {
  const outcome = refusalFor(cause, maxBytes)
  if (!outcome && !(cause instanceof NotLetIn)) throw cause
  response.setHeader('Connection', 'close')
  if (outcome) sendErrorResponse(response, outcome)
  else if (cause instanceof NotLetIn) await answerWith(response, cause.answer)
}

/** The client left, or was refused, before the whole request had arrived: there is nobody to answer. */
function hasLeft({ complete }: IncomingMessage, cause: unknown): boolean {
  const { code } = cause as NodeJS.ErrnoException
  return !complete && (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
}

/** Sign-in and presence have short bodies. */
function mostBytes(path: string): number {
  if (fhirPath.test(path)) return /\/_search\/?$/.test(path) ? searchWords : Infinity
  return path === '/hl7' ? messageBytes : fewWords
}

/** The exact path that is served: `/fhir/../events` is `/events`, for every limit. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return URL.parse(url, 'http://localhost')?.pathname ?? '/'
}

/** A proxy in front may have given the request its id already. */
function idOf({ headers }: IncomingMessage, origin: string | undefined): string {
  const given = origin ? headers['x-request-id'] : undefined
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}

function isStream(answer: Response): boolean {
  return answer.headers.get('content-type') === 'text/event-stream'
}

/** Nobody reads the rest of a late answer. */
async function inTime(ms: number, work: Promise<Response>): Promise<Response | 'late'> {
  const answered = await withinTime(ms, work)
  if (answered === 'late') work.then((late) => late.body?.cancel()).catch(() => undefined)
  return answered
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.end(`${text}\n`)
}
