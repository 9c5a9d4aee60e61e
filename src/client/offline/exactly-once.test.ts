import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { addComment } from '#client/queries/care-plan/comments.ts'
import { saveAction, saveGoal } from '#client/queries/care-plan/goals.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { graceId } from '#test-support/worlds/grace-server.ts'
import { type OfflineServer, openOfflineServer } from '#test-support/worlds/offline-server.ts'
import { resolveConflict, syncNow } from './sync-now.ts'

/** What can happen to one call: it succeeds, it never arrives, or it succeeds and the response is lost. */
const outcomes = ['done', 'done', 'dropped', 'lost'] as const
type Day = Readonly<{
  works: (typeof works)[number][]
  line: (typeof outcomes)[number][]
  crashes: boolean
}>
const works = ['step', 'comment', 'why', 'crash', 'karen', 'karen-same'] as const

eachStore('offline work over an unreliable network', (open) => {
  let away: OfflineServer
  beforeEach(async () => {
    away = await openOfflineServer((await open()).sql)
  })
  afterEach(() => away.close())

  /** Performs one change; returns the ids of the records that must exist once, at their first version. */
  const work: Record<(typeof works)[number], (round: string) => Promise<readonly string[]>> = {
    step: async (id) => {
      const step = { id: `step-${id}`, person: graceId, note: '', state: 'planned' as const }
      await saveAction(await away.plan(), { mine: { ...step, what: `Step ${id}` } })
      return [`Task/step-${id}`]
    },
    comment: async (id) => {
      const comment = { id: `said-${id}`, person: graceId, about: 'Goal/goal-g1' }
      await addComment({ ...comment, text: `Said ${id}` })
      return [`Communication/said-${id}`]
    },
    why: async (id) => {
      const base = await away.goal()
      await saveGoal(await away.plan(), { base, mine: { ...base, why: `Why ${id}` } })
      return []
    },
    crash: async () => {
      await away.reopen()
      return []
    },
    karen: async (id) => {
      await away.asKaren(async () => {
        const base = await away.goal()
        await saveGoal(await away.plan(), { base, mine: { ...base, words: `Words ${id}` } })
      })
      return []
    },
    'karen-same': async (id) => {
      await away.asKaren(async () => {
        const base = await away.goal()
        await saveGoal(await away.plan(), { base, mine: { ...base, why: `Hers ${id}` } })
      })
      return []
    },
  }

  /** Calls have these outcomes in order; after that all succeed. */
  function failCalls(given: readonly (typeof outcomes)[number][]): () => void {
    const good = globalThis.fetch
    const left = [...given]
    globalThis.fetch = async (input, init) => {
      const outcome = left.shift() ?? 'done'
      if (outcome === 'dropped') throw new TypeError('Failed to fetch')
      const answer = await good(input, init)
      if (outcome === 'lost') throw new TypeError('Failed to fetch')
      return answer
    }
    return () => {
      globalThis.fetch = good
    }
  }

  async function sendAll(line: readonly (typeof outcomes)[number][], crashes: boolean) {
    const restoreCalls = failCalls(line)
    for (let tries = 0; away.waiting().length > 0; tries++) {
      expect(tries, 'it comes to an end').toBeLessThan(200)
      await syncNow()
      if (crashes) await away.reopen()
      const asked = away.waiting().find((each) => each.trouble)
      expect(asked?.trouble?.why ?? 'choice').toBe('choice')
      if (asked) await resolveConflict(asked, 'mine')
    }
    restoreCalls()
  }

  test('every save is done exactly once, whatever is lost, crashes or is written meanwhile', async () => {
    let round = 0
    const days = fc.record({
      works: fc.array(fc.constantFrom(...works), { minLength: 1, maxLength: 6 }),
      line: fc.array(fc.constantFrom(...outcomes), { maxLength: 25 }),
      crashes: fc.boolean(),
    })
    const day = async ({ works: todo, line, crashes }: Day) => {
      away.goOnline()
      const before = await away.plan()
      const once: string[] = []
      for (const each of todo) {
        away.goOffline()
        round += 1
        once.push(...(await work[each](String(round))))
      }
      away.goOnline()
      await sendAll(line, crashes)
      const after = await away.plan()
      const steps = once.filter((each) => each.startsWith('Task/')).map((each) => each.slice(5))
      expect(after.actions).toEqual([...before.actions, ...steps])
      for (const each of once) {
        const [type, id = ''] = each.split('/')
        const record = await fhir.read(type as 'Task', id)
        expect(record.meta?.versionId, each).toBe('1')
      }
      const changes = todo.filter((each) => each !== 'crash' && each !== 'comment').length
      // queued saves of one record are merged into one; choosing the value the record already has is no change
      expect(Number(after.version) - Number(before.version)).toBeLessThanOrEqual(changes)
    }
    await fc.assert(fc.asyncProperty(days, day), { numRuns: 20 })
  })
})
