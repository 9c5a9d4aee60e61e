import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'

/** A body longer than allowed; the connection is answered with 413. */
export class BodyTooLarge extends Error {}

/** More is being sent at once than is held here; the connection is answered with 503. */
export class TooMuchAtOnce extends Error {}

/** Bytes of bodies that may still be held, of all calls together: what is sent is read before anybody is known. */
type Room = { left: number }

type Reading = Readonly<{
  maxBytes: number
  room: Room
  /** how browsers reach us through a proxy; else what the caller says is taken for our name */
  origin?: string
}>

/** For whoever still works on a call, late or left alone. The same for all: an error for each costs more than it tells. */
const callIsOver = new Error('The call is over')

/** The Node request as a web one. Its signal aborts when it is answered or the client goes away. Rejects with `BodyTooLarge` or `TooMuchAtOnce`. */
export async function webRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  { maxBytes, room, origin = `http://${incoming.headers.host ?? 'localhost'}` }: Reading,
): Promise<Request> {
  // an address with a host of its own, as a proxy is asked for one, does not choose ours
  const asked = new URL(incoming.url ?? '/', origin)
  const url = new URL(asked.pathname + asked.search, origin)
  const gone = new AbortController()
  response.once('close', () => gone.abort(callIsOver))
  const method = incoming.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const held = holdIn(room)
  response.once('close', held.release)
  const body = hasBody ? await readBody(incoming, maxBytes, held.take) : null
  return new Request(url, {
    method,
    headers: headersOf(incoming),
    body,
    signal: gone.signal,
  })
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}

function holdIn(room: Room) {
  let taken = 0
  return {
    take(bytes: number) {
      if (bytes > room.left) throw new TooMuchAtOnce()
      room.left -= bytes
      taken += bytes
    },
    release() {
      room.left += taken
      taken = 0
    },
  }
}

async function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
  take: (bytes: number) => void,
) {
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw new BodyTooLarge()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.byteLength
    if (length > maxBytes) throw new BodyTooLarge()
    take(chunk.byteLength)
    chunks.push(chunk)
  }
  return length > 0 ? new Uint8Array(Buffer.concat(chunks)) : null
}

/** A record or a bundle, made before it is answered: not lines of them, which may be many. */
const isWhole = (answer: Response) =>
  /^application\/(fhir\+)?json\b/.test(answer.headers.get('content-type') ?? '')

/** Writes a web response out, streams as they come. */
export async function answerWith(response: ServerResponse, answer: Response): Promise<void> {
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
    response.end(Buffer.from(await answer.arrayBuffer()))
    return
  }
  // she has left meanwhile, and whoever fills the stream has to know
  if (response.destroyed) return await answer.body.cancel()
  response.flushHeaders()
  const stream = Readable.fromWeb(answer.body as NodeStream)
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}
