import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { beginSession } from '#server/auth/session.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Change, Store } from '#server/store/store.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import type { ChangeFeed } from './change-feed.ts'
import { eventStream } from './event-stream.ts'

const at = new Date('2026-03-02T09:00:00.000Z')
const actor = demoActor('amina')
let server: OpenHandler

beforeAll(async () => {
  server = await openHandler({ now: at })
  await server.seed([{ resourceType: 'Patient', id: 'ours' }], 'brook-surgery')
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(() => server.close())

const change = (seq: number, id = `g${seq}`): Change => ({
  ...{ seq, type: 'Goal', id, version: 1, person: 'ours', room: 'conversation' },
})

/** Change events sent by the test, and the number of their listeners. */
function newsSource() {
  const listeners = new Set<(changes: readonly Change[]) => void>()
  const silent = () => () => undefined
  const quiet = () => undefined
  const presence = { at: () => [], onSign: silent, give: quiet, end: quiet, hear: quiet }
  const news: ChangeFeed = {
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ...{
      onLost: silent,
      tellLost: quiet,
      onCounted: silent,
      tellCounted: quiet,
      onSessions: silent,
      sessionsEnded: quiet,
      presence,
    },
  }
  const tell = (...changes: readonly Change[]) => {
    for (const each of listeners) each(changes)
  }
  return { news, tell, listeners }
}

type Given = { store?: Store; sql?: Sql; init?: RequestInit }

async function listen({ store = server.store, sql = server.sql, init = {} }: Given = {}) {
  const token = await beginSession(server.sql, actor, at)
  const { news, ...source } = newsSource()
  const request = new Request('http://gable.test/events', init)
  const line = { store, sql, now: () => at, news }
  const { body } = eventStream({ request, actor, token, services: line })
  const reader = (body as ReadableStream<Uint8Array<ArrayBuffer>>)
    .pipeThrough(new TextDecoderStream())
    .getReader()
  let text = ''
  const until = async (words: string) => {
    while (!text.includes(words)) {
      const { done, value } = await reader.read()
      if (done) throw new Error(`It ended before ${words}`)
      text += value
    }
    return text
  }
  return { ...source, until, reader }
}

test('a change whose access check failed is sent with the next heartbeat, and none is sent twice', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  let isAway = false
  const mayReach: Store['mayReach'] = async (...asked) => {
    if (isAway) throw new Error('the database is away')
    return await server.store.mayReach(...asked)
  }
  const { tell, until, reader } = await listen({ store: { ...server.store, mayReach } })
  await until('up to date')
  await server.sql.query(
    `insert into change (seq, rt, id, vid, person, room, ts) overriding system value
     select 50 + n, 'Goal', 'g' || (50 + n), 1, 'ours', 'conversation', ts
     from change, generate_series(1, 2) n where id = 'ours'`,
  )
  isAway = true
  tell(change(51))
  await new Promise((resolve) => setTimeout(resolve, 20))
  isAway = false
  tell(change(52))
  await until('id: 52')
  vi.advanceTimersByTime(20_000)
  const text = await until('still here')
  expect(text.match(/^id: 5\d\ndata/gm)).toEqual(['id: 52\ndata', 'id: 51\ndata'])
  await reader.cancel()
})

test('changes missed while the resume point could not be read are sent first afterwards', async () => {
  const { rows } = await server.sql.query<{ seq: number }>('select max(seq) as seq from change')
  const before = Number(rows[0]?.seq)
  const next = await server.sql.query<{ seq: number }>(
    `insert into change (rt, id, vid, person, room, ts)
     select 'Goal', 'missed', 1, 'ours', 'conversation', ts from change where id = 'ours' limit 1
     returning seq`,
  )
  const missed = Number(next.rows[0]?.seq)
  let failures = 1
  const query: Sql['query'] = async (text, params) => {
    if (text.includes('FROM change') && failures-- > 0) throw new Error('the database is away')
    return await server.sql.query(text, params)
  }
  const headers = { 'Last-Event-ID': String(before) }
  const { tell, until, reader } = await listen({ sql: { ...server.sql, query }, init: { headers } })
  tell(change(missed + 5))
  const text = await until(`id: ${missed + 5}\ndata`)
  const source = [...text.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id)
  expect(source).toContain('missed')
  expect(source.at(-1)).toBe(`g${missed + 5}`)
  await reader.cancel()
})

test('a stream continues with the access its user has now', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { tell, until, reader } = await listen()
  await until('up to date')
  tell(change(101))
  await until('id: 101')
  const elsewhere = { ...actor, organisation: 'elsewhere-clinic', practitioner: 'somebody' }
  await server.sql.query('update session set actor = $1', [JSON.stringify(elsewhere)])
  vi.advanceTimersByTime(20_000)
  expect(await until('still here')).toContain('event: reach')
  tell(change(102))
  tell({ seq: 103, type: 'Organization', id: 'o', version: 1 } as Change)
  expect(await until('id: 103')).not.toContain('id: 102')
  await reader.cancel()
})

test('a request aborted before its response leaves no listener', async () => {
  const gone = new AbortController()
  gone.abort()
  const { listeners, reader } = await listen({ init: { signal: gone.signal } })
  expect(listeners.size).toBe(0)
  await reader.cancel()
})

test('a client that does not read is disconnected', async () => {
  const { tell, listeners, until } = await listen()
  await until('up to date')
  for (let seq = 201; seq < 206; seq++) tell(change(seq, 'x'.repeat(1_000_000)))
  await expect.poll(() => listeners.size).toBe(0)
  await expect(until('never')).rejects.toThrow()
})
