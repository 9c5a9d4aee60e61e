import type { Goal as GoalRecord, Observation, Resource } from '@medplum/fhirtypes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOnce } from '#client/fhir/create-once.ts'
import { createEntry, fhir, updateEntry } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { saveAction } from '#client/queries/care-plan/goals.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { minutesFromNow } from '#test-support/clock.ts'
import { openPostgres } from '#test-support/servers/stores.ts'
import { graceId, openGraceServer } from '#test-support/worlds/grace-server.ts'

/** Number of responses lost after the commit, over all kinds of writes; set `GABLE_LOST_ANSWERS` for more. */
const lost = Number(process.env['GABLE_LOST_ANSWERS'] ?? 1_000)
const each = Math.ceil(lost / 6)
/** in milliseconds */
const patience = 600_000

let server: Awaited<ReturnType<typeof openGraceServer>>
let database: Awaited<ReturnType<typeof openPostgres>>
beforeAll(async () => {
  database = await openPostgres()
  server = await openGraceServer({ sql: database.sql })
})
afterAll(async () => await database.close())

/** The number of concurrent writes: one at a time is slow, and all at once only queue. */
const together = 16

type Work<T> = (item: T) => Promise<unknown>

/** Performs the write, loses its response, and repeats it as a client must that does not know the result. */
async function lose<T>(
  items: readonly T[],
  work: Work<T>,
  { again = work, atOnce = together }: Readonly<{ again?: Work<T>; atOnce?: number }> = {},
): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) {
    const some = items.slice(from, from + atOnce)
    server.wire.mode = 'lose'
    const answers = await Promise.allSettled(some.map(work))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['rejected']))
    server.wire.mode = 'open'
    await Promise.all(some.map(again))
  }
}

/** A repeat that conflicts with its own first try gets a conflict: it reads the record and finds its own text. */
const orStale =
  <T>(work: Work<T>): Work<T> =>
  async (item) => {
    await expect(work(item)).rejects.toMatchObject({ kind: 'stale' })
  }

const subject = { reference: `Patient/${graceId}` }
const effectiveDateTime = minutesFromNow(-60).toISOString()
const weight = (id: string, value: number): Observation & { id: string } => ({
  ...{ resourceType: 'Observation', id, status: 'final', subject },
  category: [{ coding: [{ code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  effectiveDateTime,
  valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
})
const goal = (id: string, text: string): GoalRecord & { id: string } => ({
  ...{ resourceType: 'Goal', id, lifecycleStatus: 'active', subject },
  description: { text },
  note: [{ text: 'begun' }],
})

/** Stores records in groups: the audit log names at most a hundred records per call. */
async function kept(goals: readonly (GoalRecord & { id: string })[]) {
  for (let from = 0; from < goals.length; from += 80)
    await fhir.transaction(goals.slice(from, from + 80).map(createEntry))
  return goals.map((each) => ({ ...each, meta: { versionId: '1' } }))
}

async function wordsOf(ids: readonly string[]) {
  const { rows } = await database.sql.query<{ words: string }>(
    `select content #>> '{description,text}' as words from resource
     where rt = 'Goal' and id = any($1::text[])`,
    [[...ids]],
  )
  return rows.map(({ words }) => words)
}

/** Counts the versions of each of these records, deletions included. */
async function versionsOf(type: Resource['resourceType'], ids: readonly string[]) {
  const { rows } = await database.sql.query<{ vid: number }>(
    'select vid from resource where rt = $1 and id = any($2::text[])',
    [type, [...ids]],
  )
  return rows.map(({ vid }) => vid)
}

const times = <T>(value: T) => Array.from({ length: each }, () => value)
const named = (kind: string) => Array.from({ length: each }, (_, at) => `${kind}-${at}`)

describe(`${each * 6} answers are lost after the commit, and nothing is done twice`, () => {
  test('creating', { timeout: patience }, async () => {
    const ids = named('created')
    await lose(ids, (id) => createOnce(weight(id, 70)))
    expect(await versionsOf('Observation', ids)).toEqual(times(1))
  })

  test('updating', { timeout: patience }, async () => {
    const ids = named('updated')
    const first = await kept(ids.map((id) => goal(id, 'To sleep')))
    const mine = first.map((each) => ({ ...each, description: { text: 'To sleep past five' } }))
    await lose(mine, fhir.update, { again: orStale(fhir.update) })
    expect(await versionsOf('Goal', ids)).toEqual(times(2))
    expect(await wordsOf(ids)).toEqual(times('To sleep past five'))
  })

  test('deleting', { timeout: patience }, async () => {
    const ids = named('deleted')
    await lose(await kept(ids.map((id) => goal(id, 'A slip of the pen'))), fhir.remove)
    expect(await versionsOf('Goal', ids)).toEqual(times(2))
  })

  test('patching', { timeout: patience }, async () => {
    const call = await server.as('amina')
    const ids = named('patched')
    await kept(ids.map((id) => goal(id, 'To walk')))
    // applied twice it would add a second note
    const json = [{ op: 'add', path: '/note/-', value: { text: 'one step' } }]
    const headers = { 'Content-Type': 'application/json-patch+json', 'If-Match': 'W/"1"' }
    const patch = (id: string) => call(`/fhir/Goal/${id}`, { method: 'PATCH', headers, json })
    const lost = async (id: string) => {
      await patch(id)
      throw new TypeError('Failed to fetch')
    }
    const again = async (id: string) => expect((await patch(id)).status).toBe(412)
    await lose(ids, lost, { again })
    expect(await versionsOf('Goal', ids)).toEqual(times(2))
    expect((await fhir.read('Goal', ids[0] ?? '')).note).toHaveLength(2)
  })

  test('several records in one transaction', { timeout: patience }, async () => {
    const ids = named('together')
    const first = await kept(ids.map((id) => goal(id, 'To see her sister')))
    const send = (each: GoalRecord) =>
      fhir.transaction([
        updateEntry({ ...each, description: { text: 'To see her sister in May' } }),
        createEntry(weight(`${each.id}-w`, 70)),
      ])
    await lose(first, send, { again: orStale(send) })
    expect(await versionsOf('Goal', ids)).toEqual(times(2))
    const weights = ids.map((id) => `${id}-w`)
    expect(await versionsOf('Observation', weights)).toEqual(times(1))
  })

  test('saving a promise into the plan', { timeout: patience }, async () => {
    const look = async () => {
      queryClient.clear()
      return await queryClient.fetchQuery(planQueries.house(graceId))
    }
    const { plan } = await look()
    if (!plan) throw new Error('Grace has no plan')
    const ids = named('promised')
    const save = (id: string) => {
      const mine = { id, person: graceId, note: '', state: 'planned' as const, what: `Ring ${id}` }
      return saveAction(plan, { mine })
    }
    // all of them update the same plan
    await lose(ids, save, { atOnce: 2 })
    const after = (await look()).plan
    expect(await versionsOf('Task', ids)).toEqual(times(1))
    expect(after?.actions.filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted())
    expect(Number(after?.version)).toBe(Number(plan.version) + each)
  })
})
