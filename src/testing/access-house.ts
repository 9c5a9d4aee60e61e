import { createHash } from 'node:crypto'
import type { Sql } from '#api/sql/sql.ts'
import { expected } from './access-expected.ts'
import { breakTheGlass, samples, worldOf } from './access-world.ts'
import { counting } from './counting-sql.ts'
import { type Caller, openHandler } from './handler.ts'

export type Answer = Readonly<{ status: number; headers: string; body: string; asked: number }>

export type AccessHouse = Readonly<{
  call: Caller
  /** ids of the samples that are expected to be reached */
  reached: ReadonlySet<string>
  /** what is answered about an id, the id itself taken out, and how many statements it took */
  answerTo: (id: string, path: (id: string) => string, init?: InitFor) => Promise<Answer>
}>

export type InitFor = (id: string) => RequestInit & { json?: unknown }

/** Grace’s world with one of those of `access-expected.ts` at the door. */
export async function openAccessHouse(sql: Sql, who: string): Promise<AccessHouse> {
  const heard = { count: 0 }
  const now = new Date('2026-03-02T09:00:00Z')
  const house = await openHandler({ sql: counting(sql, heard), now })
  await house.seed(worldOf(who.includes('share has ended') ? '2026-03-01' : '2099-01-01'))
  const identity = who.split(/[ ,]/)[0] ?? ''
  if (who.includes('emergency')) {
    const caller = await house.as(identity)
    await caller('/fhir/$break-glass', { method: 'POST', json: breakTheGlass })
  }
  if (who.includes('after')) house.pass(61)
  const call = await house.as(identity)
  const reaches = expected[who] ?? (() => false)
  return {
    call,
    reached: new Set(samples.flatMap(({ type, id, label }) => (reaches(type, label) ? [id] : []))),
    answerTo: async (id, path, init) => {
      heard.count = 0
      const answer = await call(`/fhir/${path(id)}`, init?.(id) ?? {})
      const asked = heard.count
      const body = (await answer.text()).replaceAll(id, '«id»')
      const headers = [...answer.headers].filter(([name]) => name !== 'date').sort()
      return { status: answer.status, headers: JSON.stringify(headers), body, asked }
    },
  }
}

/** An id as long as the other that nobody has. */
export const absent = (id: string): string =>
  `no-${createHash('sha256').update(id).digest('hex')}`.slice(0, id.length)
