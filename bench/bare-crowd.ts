import { createInterface } from 'node:readline'
import { demoIdentities } from '#demo-data/identities.ts'
import { createHandler } from '#server/handler.ts'
import { openPools, pgSql } from '#server/hosts/node/database/pg-sql.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'
import { type Ask, desksFor, type Kind, nextKind, workFor, working } from './mix.ts'

/**
 * The baseline for the team server: a process that sends the same statements as the handler for such requests, with
 * their parameters, and does nothing else. The updates are adapted to whatever version there is.
 */
type Statement = Readonly<{
  text: string
  params: readonly unknown[]
  place: 'own' | 'reader' | number
}>

const [url = '', users = '50'] = process.argv.slice(2)
const pools = openPools(url)
const sql = pgSql(pools.own, pools.readers)

/** Records each statement and its connection; a number identifies the statements of one transaction. */
function hearing(on: Sql, heard: Statement[]): Sql {
  let transactions = 0
  const over = (inner: Sql | ReadingSql, place: Statement['place']): ReadingSql => ({
    query(text, params = []) {
      heard.push({ text, params, place })
      return inner.query(text, params)
    },
  })
  const joined = (inner: Sql, place: number): Sql => ({
    ...over(inner, place),
    script: (text) => inner.script(text),
    transaction: (work) => inner.transaction((deeper) => work(joined(deeper, place))),
    as: (reach) => over(inner.as(reach), place),
  })
  return {
    ...over(on, 'own'),
    script: (text) => on.script(text),
    transaction: (work) => on.transaction((inner) => work(joined(inner, ++transactions))),
    as: (reach) => over(on.as(reach), 'reader'),
  }
}

const whatever = (params: readonly unknown[]) =>
  params.map((each) =>
    typeof each === 'string' ? each.replace(/"m":"version","e":\d+/g, '"m":"any"') : each,
  )

async function record(): Promise<Record<Kind, readonly (readonly Statement[])[]>> {
  const heard: Statement[] = []
  const handler = createHandler({ sql: hearing(sql, heard), demo: demoIdentities })
  const signedIn = await handler(
    new Request('http://localhost/auth/demo', { method: 'POST', body: '{"as":"amina"}' }),
  )
  const { token } = (await signedIn.json()) as { token: string }
  const ask: Ask = async (path, init = {}) => {
    const headers = { ...init.headers, Authorization: `Bearer ${token}` }
    const answer = await handler(new Request(`http://localhost/fhir/${path}`, { ...init, headers }))
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return await answer.json()
  }
  const desks = await desksFor(ask, Number(users))
  // as in the middle of a day: the counts of the worklist are cached
  for (const desk of desks.slice(0, 1)) await working(ask, desk, 'worklist')()
  const calls: Record<Kind, (readonly Statement[])[]> = { read: [], worklist: [], update: [] }
  for (const kind of ['read', 'worklist', 'update'] as const) {
    for (const desk of desks) {
      heard.length = 0
      await working(ask, desk, kind)()
      calls[kind].push(heard.map((each) => ({ ...each, params: whatever(each.params) })))
      if (kind === 'worklist' && calls.worklist.length >= 5) break
    }
  }
  return calls
}

/** One user of the crowd: calls in the same proportion, each as it was recorded. */
function bareUser(only?: Kind): () => Promise<Readonly<{ kind: Kind; ms: number }>> {
  const next = nextKind(only)
  return async () => {
    const kind = next()
    const some = calls[kind]
    const start = performance.now()
    await replay(some[Math.floor(Math.random() * some.length)] ?? [])
    return { kind, ms: performance.now() - start }
  }
}

/** Repeats one call, statement by statement, each on its recorded kind of connection. */
async function replay(call: readonly Statement[]): Promise<void> {
  for (const { text, params, place } of call) {
    if (place === 'own') await sql.query(text, params)
    else if (place === 'reader') await sql.as(reach).query(text, params)
  }
  const inside = call.filter(({ place }) => typeof place === 'number')
  if (inside.length === 0) return
  await sql.transaction(async (tx) => {
    for (const { text, params } of inside) await tx.query(text, params)
  })
}

const reach = rlsSessionOf(
  { people: { kind: 'related', organisation: 'brook-surgery', practitioner: 'amina-yusuf' } },
  new Date(),
)
const calls = await record()
const lines = createInterface({ input: process.stdin })
process.stdout.write('ready\n')
for await (const line of lines) {
  const { ms, only } = JSON.parse(line) as { ms: number; only?: Kind }
  const done = await workFor(
    ms,
    Array.from({ length: Number(users) }, () => bareUser(only)),
  )
  process.stdout.write(`${JSON.stringify(done)}\n`)
}
await pools.end()
