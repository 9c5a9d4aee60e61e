import { type Reach, reachOf } from '#api/access/scope-of.ts'
import { isStanding } from '#api/auth/session.ts'
import type { Sql } from '#api/sql/sql.ts'
import type { Change, Store } from '#api/sql/store.ts'
import type { Actor } from '#domain/access/actor.ts'
import type { Room } from '#domain/access/room.ts'
import { changesSince, newestChange } from './changes-since.ts'

type Listening = Readonly<{
  request: Request
  actor: Actor
  /** of the session that listens: the stream ends with it */
  token: string
  house: Readonly<{
    store: Store
    sql: Sql
    now: () => Date
    streams: Set<(token: string) => void>
  }>
}>

const heartbeatMs = 20_000

/**
 * Changes within the actor's reach as server-sent events, from `Last-Event-ID` on. Each says the kind, the id and the
 * version, and whose record it is only to the person herself: content is fetched through the front door. What was
 * committed by another process is told with the next heartbeat.
 */
export function eventStream(listening: Listening): Response {
  const encoder = new TextEncoder()
  let stop: () => void = () => undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text))
        } catch {
          stop()
        }
      }
      const end = () => {
        stop()
        closeQuietly(controller)
      }
      stop = listen(listening, { send, end })
    },
    cancel: () => stop(),
  })
  return new Response(body, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  })
}

type Line = Readonly<{ send: (text: string) => void; end: () => void }>

/** Keeps the line open until the returned function is called. */
function listen(listening: Listening, { send, end }: Line): () => void {
  const { request, house, token } = listening
  const queue = inOrder()
  const asked = Number(request.headers.get('last-event-id') ?? Number.NaN)
  let last = Number.isSafeInteger(asked) ? asked : undefined
  const told = recent()
  const tell = async (changes: readonly Change[]) => {
    const fresh = changes.filter((each) => told.isNew(each.seq))
    const text = await eventsFor(listening, fresh)
    last = Math.max(last ?? 0, ...changes.map((each) => each.seq))
    if (text !== '') send(text)
  }
  const catchUp = async () => {
    if (last === undefined) {
      last = await newestChange(house.sql)
      return
    }
    for await (const page of changesSince(house.sql, last)) await tell(page)
  }
  const beat = setInterval(() => {
    queue(async () => {
      if (!(await isStanding(house.sql, token, house.now()))) end()
      else {
        send(': still here\n\n')
        await catchUp()
      }
    })
  }, heartbeatMs)
  const unlisten = house.store.onChange((changes) => queue(() => tell(changes)))
  const onSignOut = (ended: string) => ended === token && end()
  house.streams.add(onSignOut)
  request.signal.addEventListener('abort', end)
  send(': listening\n\n')
  queue(catchUp)
  return () => {
    clearInterval(beat)
    unlisten()
    house.streams.delete(onSignOut)
  }
}

/** Remembers the last few thousand numbers, so that nothing is told twice. */
function recent(): { isNew: (seq: number) => boolean } {
  const seen = new Set<number>()
  return {
    isNew(seq) {
      if (seen.has(seq)) return false
      seen.add(seq)
      const [oldest] = seen
      if (seen.size > 5_000 && oldest !== undefined) seen.delete(oldest)
      return true
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

/** One after the other: a later change is never told before an earlier one. */
function inOrder(): (work: () => Promise<void>) => void {
  let last: Promise<void> = Promise.resolve()
  return (work) => {
    last = last.then(work).catch(() => undefined)
  }
}

/** Reach is asked anew for each batch, so that a withdrawn consent or an ended relation is quiet at once. */
async function eventsFor(listening: Listening, changes: readonly Change[]): Promise<string> {
  const { actor, house } = listening
  const reach = await reachOf(actor, house.store, house.now())
  const told: string[] = []
  for (const change of changes) {
    if (!(await mayHear(change, reach, house.store))) continue
    const { type, id, version, person } = change
    const own = person !== undefined && person === actor.person
    const data = JSON.stringify({ type, id, version, ...(own ? { person } : {}) })
    told.push(`id: ${change.seq}\ndata: ${data}\n\n`)
  }
  return told.join('')
}

async function mayHear(change: Change, reach: Reach, store: Store): Promise<boolean> {
  const { people } = reach.scope
  if (change.person === undefined || people.kind === 'all') return true
  if (people.kind === 'none') return false
  if (people.kind === 'listed') {
    const found = people.people.find((each) => each.person === change.person)
    return found?.rooms.includes(change.room as Room) ?? false
  }
  return await store.mayReach(change.person, reach.scope)
}
