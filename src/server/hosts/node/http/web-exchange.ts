import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { compressed, type Encoding } from './compressed.ts'
import { networkOf } from './network-of.ts'
import { type BodyBudget, readBody } from './read-body.ts'

/** Not a web request: the address, its host or the method is invalid. */
export class WebExchangeError extends Error {
  readonly status: 400 | 405
  constructor(status: 400 | 405) {
    super('This request is not served')
    this.status = status
  }
}

type Asking = Readonly<{
  maxBytes: number
  pauseMs: number
  room: BodyBudget
  /** who is calling, by a request without its body */
  known: (request: Request) => Promise<string | Response>
  /** the address browsers use through a proxy; otherwise the caller's host header is used */
  origin?: string
}>

/**
 * For work that continues after its request has ended. The same error for all: creating one for each request costs
 * more than it is worth.
 */
const callIsOver = new Error('The request is over')
/** A web request cannot be created with these. */
const unservable = ['CONNECT', 'TRACE', 'TRACK']

/**
 * The Node request as a web one. Its signal aborts when it is answered or the client leaves. Rejects as `readBody`
 * does, and with `WebExchangeError`.
 */
export async function webRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  { room, known, maxBytes, pauseMs, origin }: Asking,
): Promise<Request> {
  const method = incoming.method ?? 'GET'
  if (unservable.includes(method.toUpperCase())) throw new WebExchangeError(405)
  const url = addressOf(incoming, origin)
  const gone = new AbortController()
  response.once('close', () => gone.abort(callIsOver))
  const head = { method, headers: headersOf(incoming, origin !== undefined) }
  if (method === 'GET' || method === 'HEAD')
    return new Request(url, { ...head, signal: gone.signal })
  const place = room.enter()
  response.once('close', place.release)
  const caller = () => known(new Request(url, head))
  const body = await readBody(incoming, { maxBytes, pauseMs, caller, place })
  return new Request(url, { ...head, body, signal: gone.signal })
}

/** An address with its own host, as sent to a proxy, does not choose ours. */
function addressOf({ url, headers }: IncomingMessage, origin: string | undefined): URL {
  const base = origin ?? ownAddress(headers.host ?? 'localhost')
  const parsed = URL.parse(url ?? '/', base)
  if (!parsed) throw new WebExchangeError(400)
  return new URL(parsed.pathname + parsed.search, base)
}

/** A host and perhaps a port, and nothing that could be taken for more. */
function ownAddress(host: string): string {
  const named = URL.parse(`http://${host}`)
  if (!named || !/^[^/?#@\\\s]+$/.test(host)) throw new WebExchangeError(400)
  return named.origin
}

/** What callers say of their own network is replaced by what this server sees. */
function headersOf(incoming: IncomingMessage, isBehindProxy: boolean): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  headers.set('gable-network', networkOf(incoming, isBehindProxy))
  return headers
}

/** A record or a bundle, complete before it is answered: not NDJSON, which may be long. */
const isWhole = (answer: Response) =>
  /^application\/(fhir\+)?json\b/.test(answer.headers.get('content-type') ?? '')

/** Writes a web response, streams as they come; a complete one is compressed if the caller accepts that. */
export async function answerWith(
  response: ServerResponse,
  answer: Response,
  encoding?: Encoding,
): Promise<void> {
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) {
    if (name !== 'set-cookie') response.setHeader(name, value)
  }
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('Set-Cookie', cookies)
  if (!answer.body) {
    response.end()
    return
  }
  if (isWhole(answer)) {
    await sendWhole(response, Buffer.from(await answer.arrayBuffer()), encoding)
    return
  }
  // the client has left meanwhile, and the source of the stream must be told
  if (response.destroyed) return await answer.body.cancel()
  response.flushHeaders()
  const stream = Readable.fromWeb(answer.body as NodeStream)
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}

async function sendWhole(response: ServerResponse, body: Buffer, encoding: Encoding | undefined) {
  const small = encoding && (await compressed(body, encoding))
  if (small) response.setHeader('Content-Encoding', encoding)
  response.end(small ?? body)
}
