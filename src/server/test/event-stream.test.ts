import { afterEach, expect, test, vi } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { minutesBefore, testNow } from '#test-support/clock.ts'
import { counting } from '#test-support/servers/counting-sql.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { share } from '#test-support/worlds/grace-records.ts'

const person = (id: string) => ({ resourceType: 'Patient', id }) as const
const goalOf = (person: string, id: string) => ({
  resourceType: 'Goal' as const,
  id,
  lifecycleStatus: 'active' as const,
  description: { text: 'To walk' },
  subject: { reference: `Patient/${person}` },
})
const teamOf = (end?: string) => ({
  resourceType: 'CareTeam' as const,
  id: 'team',
  status: 'active' as const,
  subject: { reference: 'Patient/far' },
  participant: [
    {
      member: { reference: 'Practitioner/amina-yusuf' },
      ...(end ? { period: { end } } : {}),
    },
  ],
})

afterEach(() => {
  vi.useRealTimers()
})

eachStore('The event stream', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    return { ...server, amina: await server.as('amina') }
  }

  /** Reads events until the wanted number has come, or the stream ends. */
  async function listen(response: Response) {
    const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .getReader()
    let text = ''
    const events = () => text.split('\n\n').filter((each) => each.startsWith('id:'))
    return {
      async take(count: number): Promise<readonly string[]> {
        while (events().length < count) {
          const { done, value } = await reader.read()
          if (done) break
          text += value
        }
        return events().map((each) => each.replace(/\ndata: .*"id":"([^"]*)".*/, ' $1'))
      },
      /** reads until this many access events have come; returns their marks */
      async marks(count: number): Promise<readonly string[]> {
        const found = () =>
          [...text.matchAll(/event: reach\ndata: (.*)\n/g)].map(([, data]) => data ?? '')
        while (found().length < count) {
          const { done, value } = await reader.read()
          if (done) throw new Error('The connection ended before')
          text += value
        }
        return found()
      },
      async toItsEnd(): Promise<void> {
        for (let ended = false; !ended; ) ended = (await reader.read()).done
      },
      close: () => reader.cancel(),
    }
  }

  test('sends a page just opened only the changes of the last minute', async () => {
    const { amina, seed, wait } = await started()
    await seed([person('p'), goalOf('p', 'long-ago')], 'brook-surgery')
    wait(2)
    await seed([goalOf('p', 'just-now')], 'brook-surgery')
    const stream = await listen(await amina('/events?ago=5'))
    expect((await stream.take(1)).at(0)).toContain('just-now')
    await stream.close()
  })

  test('sends changes in order, only to users with access to the person', async () => {
    const { amina, seed } = await started()
    const line = await listen(await amina('/events'))
    await seed([person('ours')], 'brook-surgery')
    await seed([person('theirs')], 'somewhere-else')
    await seed([person('ours-too')], 'brook-surgery')
    expect(await line.take(2)).toEqual(['id: 1 ours', 'id: 3 ours-too'])
    await line.close()
  })

  test('checks access once for all changes of one save', async () => {
    const { sql } = await open()
    const statements = { count: 0 }
    const server = await openHandler({ sql: counting(sql, statements) })
    const amina = await server.as('amina')
    await server.seed([person('ours')], 'brook-surgery')
    const line = await listen(await amina('/events'))
    const costOf = async (goals: number) => {
      const first = (await line.take(1)).length
      statements.count = 0
      await server.seed(
        Array.from({ length: goals }, (_, at) => goalOf('ours', `g${goals}-${at}`)),
        'brook-surgery',
      )
      await line.take(first + goals)
      return statements.count
    }
    await server.seed([person('ours-too')], 'brook-surgery')
    const one = await costOf(1)
    expect(await costOf(20)).toBeLessThan(one + 10)
    await line.close()
  })

  test('resumes after Last-Event-ID without a gap, older changes first', async () => {
    const { amina, seed } = await started()
    await seed(
      Array.from({ length: 1_200 }, (_, at) => person(`p${at}`)),
      'brook-surgery',
    )
    const line = await listen(await amina('/events', { headers: { 'Last-Event-ID': '0' } }))
    await seed([person('later')], 'brook-surgery')
    const received = await line.take(1_201)
    expect(received.length).toBe(1_201)
    expect(received.map((each) => Number(/\d+/.exec(each)?.[0]))).toEqual(
      Array.from({ length: 1_201 }, (_, at) => at + 1),
    )
    await line.close()
  })

  test('sends a change that was committed late when the client reconnects', async () => {
    const { amina, seed, sql } = await started()
    await seed([person('p1'), person('p2'), person('p3')], 'brook-surgery')
    // transaction 2 commits after the reader has seen 3
    await sql.query(`delete from change where seq = 2`)
    const first = await listen(await amina('/events', { headers: { 'Last-Event-ID': '0' } }))
    expect(await first.take(2)).toEqual(['id: 1 p1', 'id: 3 p3'])
    await first.close()
    await sql.query(
      `insert into change (seq, rt, id, vid, person, room, ts) overriding system value
       select 2, rt, 'p2', vid, 'p2', room, ts from change where seq = 3`,
    )
    const second = await listen(await amina('/events', { headers: { 'Last-Event-ID': '3' } }))
    expect(await second.take(3)).toContain('id: 2 p2')
    await second.close()
  })

  test('sends the changes of another process with the next heartbeat', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { amina, seed, sql } = await started()
    await seed([person('p1')], 'brook-surgery')
    const line = await listen(await amina('/events'))
    await seed([person('p2')], 'brook-surgery')
    expect(await line.take(1)).toEqual(['id: 2 p2'])
    await sql.query(
      `insert into change (rt, id, vid, person, room, ts)
       select rt, 'p1', 2, 'p1', room, ts from change where seq = 2`,
    )
    vi.advanceTimersByTime(20_000)
    expect((await line.take(3)).at(-1)).toBe('id: 3 p1')
    await line.close()
  })

  test('stops for a user whose membership of the team has ended', async () => {
    const { amina, seed, store } = await started()
    await seed([person('far')], 'somewhere-else')
    await seed([teamOf()])
    const line = await listen(await amina('/events'))
    await seed([{ ...person('far'), active: true }])
    await store.write({
      resource: teamOf(minutesBefore(testNow, 1).toISOString()),
      expect: 'anything',
    })
    await seed([{ ...person('far'), active: false }])
    await seed([person('ours')], 'brook-surgery')
    const received = await line.take(2)
    expect(received.map((each) => each.replace(/^id: \d+ /, ''))).toEqual(['far', 'ours'])
    expect((await amina('/fhir/Patient/far')).status).toBe(404)
    await line.close()
  })

  test('tells a user who has lost access only that access has changed', async () => {
    const { amina, seed } = await started()
    await seed([person('far')], 'somewhere-else')
    await seed([teamOf()])
    const line = await listen(await amina('/events'))
    await seed([{ ...person('far'), active: true }])
    await line.take(1)
    await seed([teamOf(minutesBefore(testNow, 1).toISOString())])
    expect(await line.marks(1)).toEqual(['{}'])
    expect((await amina('/fhir/Patient/far')).status).toBe(404)
    await line.close()
  })

  test('tells a carer at once that a share was ended or given', async () => {
    const { seed, as } = await started()
    const ended = { ...share(['me', 'team'], ['read']), status: 'inactive' as const }
    await seed([person(graceId), share(['me', 'team'], ['read'])], 'brook-surgery')
    const chidi = await as('chidi')
    const first = await listen(await chidi('/events'))
    const [given] = await first.marks(1)
    expect((await chidi(`/fhir/Patient/${graceId}`)).status).toBe(200)
    await seed([ended])
    const [, none] = await first.marks(2)
    expect(none).not.toBe(given)
    expect((await chidi(`/fhir/Patient/${graceId}`)).status).toBe(404)
    // a page that was disconnected meanwhile compares the mark with its own
    const again = await listen(await chidi('/events'))
    expect(await again.marks(1)).toEqual([none])
    await seed([share(['me', 'team'], ['read'])])
    expect(await again.marks(2)).toEqual([none, given])
    await first.close()
    await again.close()
  })

  test('ends with the session: at once on signing out, at the next heartbeat on timeout', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const server = await started()
    const first = await listen(await server.amina('/events'))
    const patel = await server.as('patel')
    const other = await listen(await patel('/events'))
    expect((await server.amina('/auth/sign-out', { method: 'POST' })).status).toBe(200)
    await first.toItsEnd()
    await server.seed([person('ours')], 'brook-surgery')
    expect(await other.take(1)).toEqual(['id: 1 ours'])
    server.wait(31)
    vi.advanceTimersByTime(20_000)
    await other.toItsEnd()
  })

  test('names the person only to the person', async () => {
    const { as, seed } = await started()
    const grace = await as('grace')
    const response = await grace('/events', { headers: { 'Last-Event-ID': '0' } })
    await seed([person(graceId)], 'brook-surgery')
    const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .getReader()
    let text = ''
    while (!text.includes('"type"')) text += (await reader.read()).value
    expect(text).toContain(`"person":"${graceId}"`)
    await reader.cancel()
  })
})
