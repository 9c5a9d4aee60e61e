import type { Actor } from '#domain/access/actor.ts'
import { serialQueue } from '#domain/async/serial-queue.ts'
import { whoListens } from '#server/auth/session.ts'
import { streamResponse } from '#server/http/stream-response.ts'
import { accessScopeOf } from '#server/store/access/access-scope.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Change, Store } from '#server/store/store.ts'
import { canReceive } from './can-receive.ts'
import type { ChangeFeed } from './change-feed.ts'
import { changesSince } from './changes-since.ts'
import type { Sign } from './presence.ts'
import { shownSign } from './presence-response.ts'
import { resumePointOf } from './resume-point.ts'
import { type ScopeChangeWatch, watchScopeChange } from './scope-change.ts'

type Listening = Readonly<{
  request: Request
  actor: Actor
  /** of the listening session: the stream ends with it */
  token: string
  services: Readonly<{ store: Store; sql: Sql; now: () => Date; zone?: string; news: ChangeFeed }>
}>

const heartbeatMs = 20_000
/**
 * Bytes that wait for a reader who does not read. Then the stream is closed: the reader reconnects and receives what
 * they missed.
 */
const mostWaiting = 4_000_000
const resetAt = (last = 0) => `event: reset\nid: ${last}\ndata: {}\n\n`
const reachIsAnother = 'event: reach\ndata: {}\n\n'

/**
 * Changes that the actor may see as server-sent events, from `Last-Event-ID` on, or from `?ago=` seconds ago. Each has
 * the kind, the id and the version, and whose record it is only for the person: content is loaded through the API.
 * `event: reset` has an id after which not everything is known; `event: reach` says that the actor's access has
 * changed; `event: presence` says who else is in a plan that the actor has open. Without a connection between
 * processes, what another process committed is sent with the next heartbeat.
 */
export function eventStream(listening: Listening): Response {
  const encoder = new TextEncoder()
  let stop: () => void = () => undefined
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text))
        } catch {
          stop()
        }
        if ((controller.desiredSize ?? 0) > -mostWaiting) return
        stop()
        // including what waits: closing the stream would keep that
        controller.error(new Error('Nobody reads this stream'))
      }
      const end = () => {
        stop()
        closeQuietly(controller)
      }
      stop = listen(listening, { send, end })
      if (listening.request.signal.aborted) end()
    },
    cancel: () => stop(),
  }
  const byBytes = new ByteLengthQueuingStrategy({ highWaterMark: 1 })
  return streamResponse(new ReadableStream<Uint8Array>(source, byBytes))
}

type Line = Readonly<{ send: (text: string) => void; end: () => void }>

/** Keeps the connection open until the returned function is called. */
function listen(listening: Listening, { send, end }: Line): () => void {
  const { request, services, token } = listening
  let { actor } = listening
  const inTurn = serialQueue()
  // a later change is never sent before an earlier one; what fails is made up for by the next heartbeat
  const queue = (work: () => Promise<void>) => void inTurn(work).catch(() => undefined)
  const sent = recent()
  const { presence } = services.news
  const watch = watchScopeChange((person) =>
    presence.at(person).some((each) => each.identity === actor.identity),
  )
  const start = resumePointOf(request, services)
  let isBegun = false
  let last = 0
  // what could not be checked: the next read begins before it
  let recheckFrom = Number.POSITIVE_INFINITY
  // up to when everything was read; a page just opened has seen what was there
  let readUntil = request.headers.has('last-event-id') ? undefined : services.now()
  const tell = async (changes: readonly Change[]) => {
    const numbers = changes.map((each) => each.seq)
    const fresh = changes.filter((each) => !sent.has(each.seq))
    try {
      const text = await eventsFor({ ...listening, actor }, fresh, watch)
      if (text !== '') send(text)
    } catch (cause) {
      recheckFrom = Math.min(recheckFrom, Math.min(...numbers) - 1)
      throw cause
    }
    for (const seq of numbers) sent.add(seq)
    last = Math.max(last, ...numbers)
  }
  const catchUp = async () => {
    const now = services.now()
    recheckFrom = Math.min(last, recheckFrom)
    for await (const page of changesSince(services.sql, recheckFrom, readUntil)) await tell(page)
    recheckFrom = Number.POSITIVE_INFINITY
    readUntil = now
  }
  const tellReach = async () => {
    const text = await watch.news(
      await accessScopeOf(actor, services.store, { now: services.now(), zone: services.zone }),
    )
    if (text !== '') send(text)
  }
  const begin = async () => {
    const { after, how } = await start()
    last = after
    if (how === 'gap') send(resetAt(last))
    if (how === 'resumed') await catchUp()
    await tellReach()
    isBegun = true
    send(`: up to date\nid: ${last}\n\n`)
  }
  // nothing newer is sent before what came first
  const goOn = async (changes: readonly Change[]) => {
    if (!isBegun) await begin()
    await tell(changes)
  }
  const endIfSessionHas = async () => {
    const now = await whoListens(services.sql, token, { now: services.now(), zone: services.zone })
    if (!now) end()
    else if (JSON.stringify(now) !== JSON.stringify(actor)) {
      actor = now
      send(reachIsAnother)
    }
    return now !== undefined
  }
  const beat = setInterval(() => {
    queue(async () => {
      if (!(await endIfSessionHas())) return
      await (isBegun ? catchUp() : begin())
      await tellReach()
      send(`: still here\nid: ${last}\n\n`)
    })
  }, heartbeatMs)
  const stops = [
    () => clearInterval(beat),
    services.news.onChange((changes) => queue(() => goOn(changes))),
    services.news.onLost(() => queue(async () => send(resetAt(last)))),
    services.news.onSessions(() => queue(async () => void (await endIfSessionHas()))),
    services.news.presence.onSign((sign) => {
      queue(async () => {
        const text = await presenceFor({ ...listening, actor }, sign)
        if (text !== '') send(text)
      })
    }),
  ]
  request.signal.addEventListener('abort', end)
  send(': listening\n\n')
  queue(begin)
  return () => {
    for (const each of stops) each()
  }
}

/** Remembers the last few thousand numbers, so that nothing is sent twice. */
function recent(): Readonly<{ has: (seq: number) => boolean; add: (seq: number) => void }> {
  const seen = new Set<number>()
  return {
    has: (seq) => seen.has(seq),
    add(seq) {
      seen.add(seq)
      const [oldest] = seen
      if (seen.size > 5_000 && oldest !== undefined) seen.delete(oldest)
    },
  }
}

function closeQuietly(controller: ReadableStreamDefaultController): void {
  try {
    controller.close()
  } catch {
    // already closed by the reader
  }
}

/** Access is checked for each batch, so that a withdrawn consent or an ended relation takes effect at once. */
async function eventsFor(
  listening: Listening,
  changes: readonly Change[],
  watch: ScopeChangeWatch,
): Promise<string> {
  if (changes.length === 0) return ''
  const { actor, services } = listening
  const reach = await accessScopeOf(actor, services.store, {
    now: services.now(),
    zone: services.zone,
  })
  const events = [await watch.news(reach)]
  // a save changes many records of one person: each of their rooms is checked once
  const known = new Map<string, boolean>()
  for (const change of changes) {
    const about = `${change.person} ${change.room}`
    const mayReceive = known.get(about) ?? (await canReceive(change, reach, services.store))
    known.set(about, mayReceive)
    events.push(
      mayReceive ? eventOf(change, actor) : await watch.loss(change, reach, services.store),
    )
    if (mayReceive) watch.noteTold(change.person)
  }
  return events.join('')
}

function eventOf({ seq, type, id, version, person }: Change, actor: Actor): string {
  const own = person !== undefined && person === actor.person
  const data = JSON.stringify({ type, id, version, ...(own ? { person } : {}) })
  return `id: ${seq}\ndata: ${data}\n\n`
}

/** Sent only to users who have the same plan open, and can see that room of it. */
async function presenceFor({ actor, services }: Listening, sign: Sign): Promise<string> {
  const { presence } = services.news
  const isThere = presence.at(sign.person).some((each) => each.identity === actor.identity)
  if (sign.identity === actor.identity || !isThere) return ''
  const reach = await accessScopeOf(actor, services.store, {
    now: services.now(),
    zone: services.zone,
  })
  const isOpen = await canReceive({ person: sign.person, room: sign.place }, reach, services.store)
  return isOpen ? `event: presence\ndata: ${JSON.stringify(shownSign(sign))}\n\n` : ''
}
