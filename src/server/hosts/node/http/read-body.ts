import type { IncomingMessage } from 'node:http'
import { withinTime } from './within-time.ts'

/** A body longer than allowed; answered with 413. */
export class BodyTooLarge extends Error {}

/** More is being sent at once than is held here; answered with 503. */
export class TooMuchAtOnce extends Error {}

/** A body that has begun and stopped; answered with 408. */
export class BodyStalled extends Error {}

/** The caller may not send a long body; this is the answer. */
export class NotLetIn extends Error {
  readonly answer: Response
  constructor(answer: Response) {
    super('The caller was refused')
    this.answer = answer
  }
}

/** What anybody may send before we know who is calling, in bytes. */
export const fewWords = 16_000

/** Who is calling, by the headers alone; a Response says why the caller is refused. */
export type Caller = () => Promise<string | Response>

export type BodyBudget = Readonly<{
  /** Space for one body. `take` throws `TooMuchAtOnce`. */
  enter: () => Readonly<{ take: (caller: string, bytes: number) => void; release: () => void }>
}>

/**
 * How many bytes of long bodies are held at once, in all and of one caller: a caller who fills their own share takes
 * nothing from the others.
 */
export function openRoom(all: number, each: number): BodyBudget {
  const held = new Map<string, number>()
  let left = all
  return {
    enter() {
      let owner = ''
      let taken = 0
      return {
        take(caller, bytes) {
          const own = held.get(caller) ?? 0
          if (bytes > left || own + bytes > each) throw new TooMuchAtOnce()
          owner = caller
          left -= bytes
          taken += bytes
          held.set(caller, own + bytes)
        },
        release() {
          const rest = (held.get(owner) ?? 0) - taken
          if (rest > 0) held.set(owner, rest)
          else held.delete(owner)
          left += taken
          taken = 0
        },
      }
    },
  }
}

type Reading = Readonly<{
  /** the longest body at this address */
  maxBytes: number
  /** how long the sender may pause, in milliseconds */
  pauseMs: number
  caller: Caller
  place: ReturnType<BodyBudget['enter']>
}>

/**
 * The body of a request. A short body is accepted from anybody and not counted, so that a short request always gets
 * through; before more is read the caller must be known.
 */
export async function readBody(
  incoming: IncomingMessage,
  reading: Reading,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { place } = reading
  const declared = Number(incoming.headers['content-length'] ?? 0)
  let caller = await whoSends(declared, reading)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of partsOf(incoming, reading.pauseMs)) {
    length += chunk.byteLength
    caller ??= await whoSends(length, reading)
    if (length > reading.maxBytes) throw new BodyTooLarge()
    if (caller) place.take(caller, chunk.byteLength)
    chunks.push(chunk)
  }
  return length > 0 ? new Uint8Array(Buffer.concat(chunks)) : null
}

/** The sender of a short body is not checked. */
async function whoSends(bytes: number, reading: Reading): Promise<string | undefined> {
  const isShort = bytes <= fewWords || reading.maxBytes <= fewWords
  const known = isShort ? undefined : await reading.caller()
  if (known instanceof Response) throw new NotLetIn(known)
  if (bytes > reading.maxBytes) throw new BodyTooLarge()
  return known
}

async function* partsOf(incoming: IncomingMessage, pauseMs: number): AsyncGenerator<Buffer> {
  const parts: AsyncIterator<Buffer> = incoming[Symbol.asyncIterator]()
  for (;;) {
    const part = await withinTime(pauseMs, parts.next())
    if (part === 'late') throw new BodyStalled()
    if (part.done) return
    yield part.value
  }
}
