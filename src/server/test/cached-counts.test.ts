import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Change } from '#server/store/store.ts'
import { cachedCounts } from '#server/store/summary/cached-counts.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')

type Record = ResourceWithId

const person = (id: string, more: object = {}): Record => ({
  resourceType: 'Patient',
  id,
  name: [{ family: id }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...more,
})
const about = (resourceType: string, id: string, more: object): Record =>
  ({ resourceType, id, subject: { reference: 'Patient/one' }, ...more }) as unknown as Record
const elsewhere = { generalPractitioner: [{ reference: 'Organization/other-surgery' }] }
const failure = { code: { coding: [{ system: 'http://snomed.info/sct', code: '84114007' }] } }
const amina = { reference: 'Practitioner/amina-yusuf' }
const inTeam = (end?: string) =>
  about('CareTeam', 'team', {
    participant: [{ member: amina, ...(end ? { period: { end } } : {}) }],
  })

async function countsOf(server: OpenHandler): Promise<string> {
  const call = await server.as('amina')
  const answer = await call('/fhir/Patient/$find-people', {
    method: 'POST',
    json: { resourceType: 'Parameters' },
  })
  const { parameter = [] } = (await answer.json()) as Parameters
  return JSON.stringify(parameter.filter((each) => each.name !== 'person'))
}

eachStore('Cached counts', (open) => {
  test('are the same as a new count, whatever was changed', async () => {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    const seen: string[] = []
    const same = async () => {
      const counts = await countsOf(server)
      expect(counts).toBe(await countsOf(await openHandler({ sql, now })))
      seen.push(counts)
    }
    const steps: readonly Record[] = [
      person('one'),
      about('Condition', 'c', failure),
      about('EpisodeOfCare', 'case', {
        status: 'active',
        patient: { reference: 'Patient/one' },
      }),
      person('one', elsewhere),
      inTeam(),
      inTeam('2026-03-01'),
      about('Task', 'task', {
        status: 'accepted',
        intent: 'order',
        for: { reference: 'Patient/one' },
        owner: amina,
      }),
      person('one', { ...elsewhere, deceasedBoolean: true }),
    ]
    await same()
    for (const step of steps) {
      await server.seed([step])
      await same()
    }
    // each step changed the counts
    for (const [at, each] of seen.entries()) if (at > 0) expect(each).not.toBe(seen[at - 1])
  })

  test('change when a relation ends, without a write', async () => {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([person('one', elsewhere), about('Condition', 'c', failure)])
    await server.seed([inTeam('2026-03-02T09:20:00Z')])
    server.wait(19.9)
    expect(await countsOf(server)).toContain('Heart failure')
    server.wait(0.2)
    expect(await countsOf(server)).not.toContain('Heart failure')
  })

  test('are counted once for many pages, again after a change, and not cached on failure', async () => {
    const { sql } = await open()
    const listeners: ((changes: readonly Change[]) => void)[] = []
    const onChange = (listener: (changes: readonly Change[]) => void) => {
      listeners.push(listener)
      return () => undefined
    }
    const tell = (type: string) => {
      for (const each of listeners) each([{ seq: 1, type, id: 'x', version: 1 }])
    }
    let at = now.getTime()
    const counts = cachedCounts({
      news: { onChange, onLost: () => () => undefined, onCounted: () => () => undefined },
      sql,
      now: () => new Date(at),
    })
    let counted = 0
    const ask = () => counts('key', new Date(at), async () => ++counted)
    expect([await ask(), await ask()]).toEqual([1, 1])
    tell('Goal')
    tell('Observation')
    expect(await ask()).toBe(1)
    tell('PractitionerRole')
    expect(await ask()).toBe(2)
    at += 60_000
    expect(await ask()).toBe(3)
    tell('Condition')
    await expect(
      counts('key', new Date(at), () => Promise.reject(new Error('away'))),
    ).rejects.toThrow('away')
    expect(await ask()).toBe(4)
  })
})
