import { afterEach, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { beginSession } from '#server/auth/session.ts'
import { createHandler } from '#server/handler.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { machineNow } from '#test-support/clock.ts'
import { newDatabase } from '#test-support/servers/stores.ts'
import { pgPubsub } from './pg-pubsub.ts'
import { openPool, pgSql } from './pg-sql.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const patient = (id: string) => ({ resourceType: 'Patient' as const, id })

/** A server process with its own pool, store and pub/sub connection. */
async function aProcess(url: string) {
  const pool = openPool(url, 5)
  const wire = pgPubsub(url)
  closing.push(
    () => pool.end(),
    () => wire.stop(),
  )
  const sql = pgSql(pool)
  const store = createStore(sql)
  const handler = createHandler({ sql, store, wire })
  return {
    sql,
    store,
    async keep(...ids: string[]) {
      const all = ids.map((id) => ({ resource: patient(id), expect: 'anything' as const }))
      await store.writeMany(all.map((each) => ({ ...each, custodian: 'brook-surgery' })))
    },
    async as(identity: string) {
      const token = await beginSession(sql, demoActor(identity), machineNow())
      const headers = { Authorization: `Bearer ${token}` }
      return (path: string, init: RequestInit = {}) =>
        handler(new Request(`http://gable.test${path}`, { ...init, headers }))
    },
  }
}

async function twoProcesses() {
  const { url, drop } = await newDatabase()
  closing.push(drop)
  const [here, there] = [await aProcess(url), await aProcess(url)]
  await expect.poll(() => listening(here.sql), { timeout: 10_000 }).toHaveLength(2)
  return { here, there }
}

/** The process ids of the connections that listen. */
async function listening(sql: Sql): Promise<readonly number[]> {
  const { rows } = await sql.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database()
     and application_name = 'gable-wire' and query like 'listen%' order by pid`,
  )
  return rows.map((row) => row.pid)
}

/** Reads a stream: `next()` waits for an event that contains the text, and returns after how many ms it came. */
function reading(response: Response) {
  const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>)
    .pipeThrough(new TextDecoderStream())
    .getReader()
  closing.push(() => reader.cancel())
  let text = ''
  return {
    async next(words: string): Promise<number> {
      const started = performance.now()
      while (!text.includes(words)) {
        const { done, value } = await reader.read()
        if (done) throw new Error(`The stream ended before it said ${words}`)
        text += value
      }
      return performance.now() - started
    },
    text: () => text,
    async end(): Promise<void> {
      for (let ended = false; !ended; ) ended = (await reader.read()).done
    },
  }
}

test('a change in one process reaches a stream of another within a second', async () => {
  const { here, there } = await twoProcesses()
  const stream = reading(await (await there.as('amina'))('/events'))
  await stream.next('up to date')
  // everybody who may connect to the database can send to this channel
  for (const payload of ['x', '{}', '{"told":[{"kind":"presence"}]}'])
    await here.sql.query('select pg_notify($1, $2)', ['gable', payload])
  await here.keep('first')
  expect(await stream.next('"id":"first"')).toBeLessThan(1_000)
  await there.keep('second')
  await here.keep(...Array.from({ length: 1_100 }, (_, at) => `p${at}`))
  await stream.next('"id":"p1099"')
  const sentIds = [...stream.text().matchAll(/^id: (\d+)\ndata/gm)].map((each) => Number(each[1]))
  expect(sentIds).toEqual(Array.from({ length: 1_102 }, (_, at) => at + 1))
})

test('a late commit with a lower number than those already sent is sent too', async () => {
  const { here, there } = await twoProcesses()
  const stream = reading(await (await there.as('amina'))('/events'))
  await stream.next('up to date')
  await here.store.transaction(async (slow) => {
    const kept = { resource: patient('slow'), expect: 'anything' as const }
    await slow.write({ ...kept, custodian: 'brook-surgery' })
    await here.keep('quick')
    await stream.next('"id":"quick"')
    expect(stream.text()).not.toContain('"id":"slow"')
  })
  await stream.next('"id":"slow"')
})

test('a broken connection is reopened, and changes in between are sent', async () => {
  const { here, there } = await twoProcesses()
  const stream = reading(await (await there.as('amina'))('/events'))
  await stream.next('up to date')
  await here.keep('before')
  await stream.next('"id":"before"')
  const cut = await listening(here.sql)
  await here.sql.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [cut])
  await here.keep('meanwhile')
  expect(await stream.next('"id":"meanwhile"')).toBeLessThan(5_000)
})

test('unknown or malformed notifications are ignored, and readable ones count', async () => {
  const { here, there } = await twoProcesses()
  const stream = reading(await (await there.as('amina'))('/events'))
  await stream.next('up to date')
  const odd = [
    ...['{', '1', 'null', '{"by":1,"told":[]}', '{"by":"x","told":{}}'],
    JSON.stringify({
      by: 'x',
      sentIds: [{ kind: 'presence', sign: null }, { kind: 'unheard-of' }],
    }),
    JSON.stringify({ by: 'x', sentIds: [{ kind: 'changes', from: 'a', to: {} }, 7] }),
    JSON.stringify({
      by: 'x',
      sentIds: [{ kind: 'presence', sign: { person: graceId, place: 'cellar' } }],
    }),
  ]
  for (const text of odd) await here.sql.query("select pg_notify('gable', $1)", [text])
  await here.keep('afterwards')
  await stream.next('"id":"afterwards"')
  expect(stream.text()).not.toContain('cellar')
})

test('a stream ends at once when its session is ended in another process', async () => {
  const { here, there } = await twoProcesses()
  const amina = await there.as('amina')
  const stream = reading(await amina('/events'))
  await stream.next('up to date')
  await here.sql.query('delete from session')
  const patel = await here.as('patel')
  await patel('/auth/sign-out', { method: 'POST' })
  await stream.end()
})

test('presence in one process is seen in another by users with the same plan open', async () => {
  const { here, there } = await twoProcesses()
  await here.keep(graceId)
  const sign = (place: string, doing: string) => ({
    method: 'POST',
    body: JSON.stringify({ person: graceId, place, doing, tab: 't1' }),
  })
  const [amina, patel] = [await here.as('amina'), await there.as('patel')]
  const stream = reading(await patel('/events'))
  await stream.next('up to date')
  expect(await (await patel('/events/presence', sign('house', 'looking'))).json()).toEqual({
    here: [],
  })
  await amina('/events/presence', sign('team', 'writing'))
  expect(await stream.next('event: presence')).toBeLessThan(1_000)
  expect(stream.text()).toContain('"place":"team","doing":"writing"')
  expect(stream.text()).not.toContain('"identity"')
})
