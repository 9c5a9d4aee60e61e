import { createHash } from 'node:crypto'
import type { Sql } from '#server/store/sql.ts'
import { startOpenIdProvider, type TestProvider } from '#test-support/doubles/openid-provider.ts'
import { counting } from '#test-support/servers/counting-sql.ts'
import { type Caller, type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { signInWith } from '#test-support/worlds/provider-server.ts'
import { expected, tokenScopes } from './access-expected.ts'
import { breakTheGlass, samples, world } from './access-world.ts'

export type Answer = Readonly<{ status: number; headers: string; body: string; asked: number }>

export type AccessUser = Readonly<{
  who: string
  call: Caller
  /** whether this record, by type and label, is expected to be visible */
  reaches: (typeof expected)[string]
  /** ids of the samples that are expected to be visible */
  reached: ReadonlySet<string>
  /** the answer about an id, with the id itself removed, and how many statements it took */
  answerTo: (id: string, path: (id: string) => string, init?: InitFor) => Promise<Answer>
}>

export type InitFor = (id: string) => RequestInit & { json?: unknown }

export type AccessWorld = OpenHandler &
  Readonly<{
    /** one of those of `access-expected.ts`, signed in; in their order, because the clock moves on */
    userFor: (who: string) => Promise<AccessUser>
  }>

/** The programs’ provider. */
export const startProgramsProvider = async (): Promise<TestProvider> =>
  await startOpenIdProvider({}, [
    { id: 'laboratory', organisation: 'A1' },
    { id: 'program', organisation: 'Z9' },
  ])

/** Created when the first test of a file needs it, for all of them. */
export function worldOf(open: () => Promise<{ sql: Sql }>, provider: () => TestProvider) {
  let world: Promise<AccessWorld> | undefined
  return () => {
    world ??= open().then(({ sql }) => openAccessWorld(sql, provider()))
    return world
  }
}

/**
 * PostgreSQL runs every cell. PGlite, which takes ten times as long for the same SQL, runs some of them by rotation:
 * `at` is the cell’s number, `turn` the rotation.
 */
export const onTurn = (kind: 'pglite' | 'postgres', turns: number) => (at: number, turn: number) =>
  kind === 'postgres' || at % turns === turn % turns

/** Grace’s world, created once for everybody who uses it. */
async function openAccessWorld(sql: Sql, provider: TestProvider): Promise<AccessWorld> {
  const statements = { count: 0 }
  const now = new Date('2026-03-02T09:00:00Z')
  const signIn = signInWith(provider)
  const server = await openHandler({ sql: counting(sql, statements), now, signIn })
  await server.seed(world)
  const callerFor = async (who: string): Promise<Caller> => {
    const identity = who.split(/[ ,]/)[0] ?? ''
    const scope = tokenScopes[who]
    if (scope) return server.withToken(await provider.tokenFor(identity, scope))
    if (who.includes('in an emergency')) {
      const caller = await server.as(identity)
      await caller('/fhir/$break-glass', { method: 'POST', json: breakTheGlass })
    }
    if (who.includes('after an emergency')) server.pass(61)
    if (who.includes('has ended')) server.pass(24 * 60)
    return await server.as(identity)
  }
  return {
    ...server,
    userFor: async (who) => {
      const call = await callerFor(who)
      const reaches = expected[who] ?? (() => false)
      const reached = samples.flatMap(({ type, id, label }) => (reaches(type, label) ? [id] : []))
      return {
        ...{ who, call, reaches },
        reached: new Set(reached),
        answerTo: async (id, path, init) => {
          statements.count = 0
          const answer = await call(`/fhir/${path(id)}`, init?.(id) ?? {})
          const asked = statements.count
          const body = (await answer.text()).replaceAll(id, '«id»')
          const headers = [...answer.headers].filter(([name]) => name !== 'date').sort()
          return { status: answer.status, headers: JSON.stringify(headers), body, asked }
        },
      }
    },
  }
}

/** An id of the same length that nobody has. */
export const absent = (id: string): string =>
  `no-${createHash('sha256').update(id).digest('hex')}`.slice(0, Math.min(id.length, 40))
