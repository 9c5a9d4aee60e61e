import { expect, test } from 'vitest'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { createChangeFeed } from './change-feed.ts'
import type { Pubsub } from './pubsub.ts'

const at = new Date('2026-03-02T09:00:00.000Z')

/** Writes this many changes one after the other, the last one now and the first so many seconds ago. */
const written = (sql: Sql, count: number, seconds: number) =>
  sql.query(
    `insert into change (rt, id, vid, person, room, ts)
     select 'Organization', 'o' || n, 1, null, 'record', $1::timestamptz - make_interval(secs => $3::float8 * ($2::int - n) / $2::int)
     from generate_series(1, $2::int) n`,
    [at, count, seconds],
  )

const newest = async (sql: Sql) =>
  Number((await sql.query<{ seq: number }>('select max(seq) as seq from change')).rows[0]?.seq)

function fakeWire() {
  let hear: Parameters<Pubsub['onTold']>[0] = () => undefined
  const wire: Pubsub = {
    tell: () => undefined,
    onTold: (listener) => {
      hear = listener
      return () => undefined
    },
  }
  return { wire, gap: () => hear({ kind: 'gap' }) }
}

/** Everything a stream sends until it is up to date. */
async function readUntilCurrent({ body }: Response): Promise<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('up to date')) text += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  return text
}

eachStore('More changes than the event stream resumes', (open) => {
  test.each([
    ['a thousand', 1_000, true],
    ['a hundred', 100, false],
  ])(
    '%s changes while a page opens are sent, or replaced by a reset',
    async (_what, count, anew) => {
      const { sql } = await open()
      await written(sql, count, 4)
      const server = await openHandler({ sql, now: at })
      const amina = await server.as('amina')
      const answer = await amina('/events?ago=5')
      const text = await readUntilCurrent(answer)
      expect(text.includes('event: reset')).toBe(anew)
      expect(text.includes('"id":"o2"')).toBe(!anew)
    },
  )

  test.each([
    ['in half a minute: a reset is sent', 30, true],
    ['in an hour: the missed changes are sent', 3_600, false],
  ])('two thousand changes before a client reconnects, %s', async (_what, seconds, anew) => {
    const { sql } = await open()
    await written(sql, 2_000, seconds)
    const server = await openHandler({ sql, now: at })
    const amina = await server.as('amina')
    const after = (await newest(sql)) - 1
    const answer = await amina('/events', { headers: { 'Last-Event-ID': String(after) } })
    const text = await readUntilCurrent(answer)
    expect(text.includes('event: reset')).toBe(anew)
    expect(text.includes('"id":"o2000"')).toBe(!anew)
  })

  test.each([
    [2_000, ['lost', 'o2001']],
    [20, ['o2001']],
  ])(
    'after %d changes a broken connection between processes is reported to listeners',
    async (count, expected) => {
      const { sql } = await open()
      await written(sql, count, 30)
      const { wire, gap } = fakeWire()
      const store = createStore(sql, { now: () => at })
      const news = createChangeFeed({ sql, store, now: () => at, wire })
      await store.write({
        resource: { resourceType: 'Organization', id: 'ours' },
        expect: 'absent',
      })
      const received: string[] = []
      news.onLost(() => received.push('lost'))
      news.onChange((changes) => {
        for (const { id } of changes) if (id === 'o2001') received.push(id)
      })
      await sql.query(
        `insert into change (rt, id, vid, room, ts) values ('Organization', 'o2001', 1, 'record', $1)`,
        [at],
      )
      gap()
      await expect.poll(() => received).toEqual(expected)
    },
  )
})
