import { randomUUID } from 'node:crypto'
import { setTimeout as sleeping } from 'node:timers/promises'
import pg from 'pg'
import * as v from 'valibot'
import { checked, checkedJson } from '#domain/fhir/checked-json.ts'
import {
  type PublishedMessage,
  type Pubsub,
  publishedMessageShape,
} from '#server/realtime/pubsub.ts'

/** A wire that can be closed; queued messages are sent first. */
export type PgPubsub = Pubsub & Readonly<{ stop: () => Promise<void> }>

const channel = 'gable'
/** PostgreSQL takes less than 8,000 bytes. */
const mostBytes = 7_500
/** Messages within this time are sent together: each NOTIFY waits for its turn among all commits of the server. */
const gatherMs = 10
const pingMs = 15_000
const patienceMs = 5_000
const lastWordMs = 2_000
const longestPauseMs = 5_000

type Received = PublishedMessage | Readonly<{ kind: 'gap' }>

/**
 * The wire over PostgreSQL's LISTEN and NOTIFY, on one connection of its own. Nothing is sent inside the transaction
 * that wrote: notifying transactions commit one after the other in the whole server. A broken connection is opened
 * again for as long as it takes; listeners then get `gap`.
 */
export function pgPubsub(connectionString: string): PgPubsub {
  const self = randomUUID()
  const listeners = new Set<(heard: Received) => void>()
  const hear = (heard: Received) => {
    for (const each of listeners) each(heard)
  }
  const connection = keptOpen(connectionString, {
    onOpen: () => {
      hear({ kind: 'gap' })
      void flush()
    },
    onMessage: (text) => {
      try {
        const { by, told } = checkedJson(messageShape, text) ?? { by: self, told: [] }
        if (by !== self) for (const each of told.flatMap(published)) hear(each)
      } catch {
        // anybody who can connect can notify: other messages must not end this process
      }
    },
  })
  let waiting: readonly PublishedMessage[] = []
  let timer: NodeJS.Timeout | undefined
  // one after the other: a connection takes one statement at a time
  let running: Promise<void> = Promise.resolve()
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    const sending = waiting
    waiting = []
    try {
      for (const message of messages(self, sending)) await connection.notify(message)
    } catch {
      // sent once the connection is open again; presence would be too old by then
      waiting = gathered([...sending.filter((each) => each.kind !== 'presence'), ...waiting])
    }
  }
  return {
    tell(message) {
      waiting = gathered([...waiting, message])
      timer ??= setTimeout(() => {
        running = running.then(flush)
      }, gatherMs)
    },
    onTold(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async stop() {
      await running
      // a short command may have ended before its connection is open
      for (const began = performance.now(); ; await sleeping(20)) {
        await flush()
        if (waiting.length === 0 || performance.now() - began > lastWordMs) break
      }
      await connection.close()
    },
  }
}

type Message = Readonly<{ by: string; told: readonly PublishedMessage[] }>
const messageShape = v.object({ by: v.string(), told: v.array(v.unknown()) })

/** A process of a newer version may send what this one does not know: the rest of it counts. */
const published = (received: unknown): readonly PublishedMessage[] =>
  [checked(publishedMessageShape, received) ?? []].flat()

/** All changes as one range, losses, counts and sessions once, presence one by one. */
function gathered(all: readonly PublishedMessage[]): readonly PublishedMessage[] {
  const changes = all.filter((each) => each.kind === 'changes')
  const from = Math.min(...changes.map((each) => each.from))
  const to = Math.max(...changes.map((each) => each.to))
  return [
    ...(changes.length > 0 ? [{ kind: 'changes' as const, from, to }] : []),
    ...all.filter((each) => each.kind === 'lost').slice(0, 1),
    ...all.filter((each) => each.kind === 'counted').slice(0, 1),
    ...all.filter((each) => each.kind === 'sessions').slice(0, 1),
    ...all.filter((each) => each.kind === 'presence'),
  ]
}

function messages(by: string, all: readonly PublishedMessage[]): readonly string[] {
  const made: string[] = []
  let batch: PublishedMessage[] = []
  const text = (more: readonly PublishedMessage[]) =>
    JSON.stringify({ by, told: more } satisfies Message)
  for (const each of all) {
    if (batch.length > 0 && Buffer.byteLength(text([...batch, each])) > mostBytes) {
      made.push(text(batch))
      batch = []
    }
    batch.push(each)
  }
  return batch.length > 0 ? [...made, text(batch)] : made
}

type Ends = Readonly<{ onOpen: () => void; onMessage: (text: string) => void }>

/** One listening connection, opened again whenever it is lost. */
function keptOpen(connectionString: string, { onOpen, onMessage }: Ends) {
  let current: pg.Client | undefined
  let isClosed = false
  let pause = 100
  const wake = new AbortController()

  async function open(): Promise<void> {
    const client = new pg.Client({
      ...{ connectionString, keepAlive: true, application_name: 'gable-wire' },
      ...{ connectionTimeoutMillis: patienceMs, query_timeout: patienceMs },
    })
    const lost = new Promise<void>((resolve) => {
      client.once('end', resolve)
      // more than one may come, also after this connection was closed
      client.on('error', () => resolve())
    })
    client.on('notification', ({ payload }) => payload && onMessage(payload))
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      current = client
      pause = 100
      onOpen()
      await Promise.race([lost, silent(client)])
    } finally {
      current = undefined
      await client.end().catch(() => undefined)
    }
  }

  /** Settles when the server no longer answers: a silently broken connection looks like a quiet one. */
  async function silent(client: pg.Client): Promise<void> {
    while (!isClosed && current === client) {
      await sleep(pingMs, wake.signal)
      const answered = await client.query('select 1').then(
        () => true,
        () => false,
      )
      if (!answered) return
    }
  }

  async function keepOpen(): Promise<void> {
    while (!isClosed) {
      await open().catch(() => undefined)
      if (isClosed) return
      await sleep(pause * (0.5 + Math.random()), wake.signal)
      pause = Math.min(pause * 2, longestPauseMs)
    }
  }
  const connecting = keepOpen()

  return {
    async notify(message: string): Promise<void> {
      if (!current) throw new Error('The connection is not open')
      await current.query('select pg_notify($1, $2)', [channel, message])
    },
    async close(): Promise<void> {
      isClosed = true
      wake.abort()
      await current?.end().catch(() => undefined)
      await connecting
    },
  }
}

/** Ends early, and leaves nothing behind, when the signal aborts. */
const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  sleeping(ms, undefined, { signal, ref: false }).catch(() => undefined)
