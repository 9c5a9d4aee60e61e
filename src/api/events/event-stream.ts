import { type Reach, reachOf } from '#api/access/scope-of.ts'
import type { Sql } from '#api/sql/sql.ts'
import type { Change, Store } from '#api/sql/store.ts'
import type { Actor } from '#domain/access/actor.ts'
import type { Room } from '#domain/access/room.ts'
import { changesSince } from './changes-since.ts'

type Listening = Readonly<{
  request: Request
  actor: Actor
  house: Readonly<{ store: Store; sql: Sql; now: () => Date }>
}>

const heartbeatMs = 20_000

/**
 * Changes within the actor's reach as server-sent events, from `Last-Event-ID` on. Each says the kind, the id and the
 * version, and whose record it is only to the person herself: content is fetched through the front door.
 */
export function eventStream(listening: Listening): Response {
  const { request, house } = listening
  const encoder = new TextEncoder()
  let stop: () => void = () => undefined
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text))
        } catch {
          stop()
        }
      }
      const waiting = inOrder(async (changes: readonly Change[]) => {
        const told = await eventsFor(listening, changes)
        if (told !== '') send(told)
      })
      const unlisten = house.store.onChange(waiting)
      const beat = setInterval(() => send(': still here\n\n'), heartbeatMs)
      stop = () => {
        clearInterval(beat)
        unlisten()
      }
      request.signal.addEventListener('abort', () => {
        stop()
        closeQuietly(controller)
      })
      send(': listening\n\n')
      const last = Number(request.headers.get('last-event-id') ?? Number.NaN)
      if (Number.isSafeInteger(last)) waiting(await changesSince(house.sql, last))
    },
    cancel: () => stop(),
  })
  return new Response(body, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  })
}

function closeQuietly(controller: ReadableStreamDefaultController): void {
  try {
    controller.close()
  } catch {
    // already closed by the reader
  }
}

/** One after the other: a later change is never told before an earlier one. */
function inOrder<T>(work: (value: T) => Promise<void>): (value: T) => void {
  let last: Promise<void> = Promise.resolve()
  return (value) => {
    last = last.then(() => work(value)).catch(() => undefined)
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
