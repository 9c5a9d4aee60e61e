import { queryClient } from '#client/fhir/query-client.ts'
import { saveGoal } from '#client/queries/care-plan/goals.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { signInAs, useSession } from '#client/session/session.ts'
import { demoIdentities, graceId } from '#demo-data/identities.ts'
import type { Scope } from '#domain/access/scope.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { createHandler, type Handler } from '#server/handler.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { readingOver } from '#server/store/create-store.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import type { Ground } from './databases.ts'
import { medianPair, type Row, row } from './measure.ts'
import { plainOver } from './plain.ts'

const origin = 'http://localhost'
const fhirJson = { 'Content-Type': 'application/fhir+json' }

type Ask = (path: string, init?: RequestInit) => Promise<unknown>

export type Api = Readonly<{
  ground: Ground
  /** a FHIR call by Amina; rejects unless it is answered with success */
  ask: Ask
  /** the same by a handler that has just started */
  askAfresh: Ask
}>

/** The handler over a database, with the app's own fetch routed to it and Amina signed in. */
export async function openApi(ground: Ground): Promise<Api> {
  const started = () => createHandler({ sql: ground.sql, demo: demoIdentities })
  const handler = started()
  globalThis.fetch = (input, init) => handler(new Request(new URL(String(input), origin), init))
  await signInAs('amina')
  const { token } = useSession.getState()
  const askOf =
    (of: () => Handler): Ask =>
    async (path, init = {}) => {
      const headers = { Authorization: `Bearer ${token}`, ...init.headers }
      const answer = await of()(new Request(`${origin}/fhir/${path}`, { ...init, headers }))
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return await answer.json()
    }
  return { ground, ask: askOf(() => handler), askAfresh: askOf(started) }
}

type Pair = Readonly<{ what: string; ours: () => Promise<unknown>; plain: () => Promise<unknown> }>

async function compared({ ground }: Api, rounds: number, pair: Pair): Promise<Row> {
  const [ours, plain] = await medianPair(rounds, await ground.cpuClock(), [pair.ours, pair.plain])
  return row({
    what: pair.what,
    on: ground.name,
    unit: 'ms',
    value: ours.ms,
    plain: 'bare SQL',
    plainValue: plain.ms,
    cpuRatio: Math.round((ours.cpu / plain.cpu) * 100) / 100,
  })
}

/** A worklist page of 20 with its filters, against the same page and counts without access rules. */
export async function measureWorklist(api: Api, people: number): Promise<readonly Row[]> {
  const plain = plainOver(api.ground.sql)
  const init = {
    ...{ method: 'POST', headers: fhirJson },
    body: JSON.stringify({ resourceType: 'Parameters' }),
  }
  const compare = (how: string, ask: Ask) =>
    compared(api, 20, {
      what: `worklist page of 20, ${how}, ${people.toLocaleString('en')} people`,
      ours: () => ask('Patient/$find-people', init),
      plain: () => plain.worklist(),
    })
  return [
    await compare('counts worked out again', api.askAfresh),
    await compare('counts cached', api.ask),
  ]
}

export async function measureReads(api: Api): Promise<readonly Row[]> {
  const plain = plainOver(api.ground.sql)
  return [
    await compared(api, 100, {
      what: 'FHIR read, with access rules and audit log',
      ours: () => api.ask(`Patient/${graceId}`),
      plain: () => plain.read(graceId),
    }),
    await compared(api, 100, {
      what: 'FHIR search: one person’s conditions',
      ours: () => api.ask(`Condition?patient=Patient/${graceId}`),
      plain: () => plain.conditions(graceId),
    }),
  ]
}

/** What row-level security adds: the same statements by the service's own role, and under Amina's. */
export async function measureRowSecurity(api: Api): Promise<readonly Row[]> {
  const { sql } = api.ground
  const now = new Date()
  const scope: Scope = {
    people: { kind: 'related', organisation: 'brook-surgery', practitioner: 'amina-yusuf' },
  }
  const reach = rlsSessionOf(scope, now)
  const params = new Params()
  const within = personRowScopeSql(scope, 'p', params, now)
  const worklist = `select p.person from person_row p where not p.deceased and p.coded and ${within}
    order by p.rank desc, p.person limit 20`
  const counts = `select p.band, count(*) from person_row p where not p.deceased and p.coded and ${within}
    group by p.band`
  const compare = async (
    what: string,
    rounds: number,
    ask: (on: ReadingSql) => Promise<unknown>,
  ) => ({
    ...(await compared(api, rounds, {
      what: `row-level security: ${what}`,
      ours: () => ask(sql.as(reach)),
      plain: () => ask(sql),
    })),
    plain: 'without it',
  })
  const conditions = new URLSearchParams({ patient: `Patient/${graceId}` })
  return [
    await compare('worklist page of 20', 40, (on) => on.query(worklist, params.values)),
    await compare('worklist counts by band', 40, (on) => on.query(counts, params.values)),
    await compare('read', 100, (on) => readingOver(on, () => now).read('Patient', graceId, scope)),
    await compare('one person’s conditions', 100, (on) =>
      readingOver(on, () => now).search('Condition', conditions, scope),
    ),
  ]
}

const houseTypes = [
  ...['Patient', 'EpisodeOfCare', 'CarePlan', 'Observation', 'Condition', 'Goal', 'Task'],
  ...['CareTeam', 'ServiceRequest', 'Provenance', 'Communication', 'RelatedPerson'],
]

/** Everything the house page loads, by the page's own query, against the same records in one statement. */
export async function measureOpeningPlan(api: Api): Promise<Row> {
  const plain = plainOver(api.ground.sql)
  return await compared(api, 30, {
    what: 'opening a plan, in one call',
    ours: openHouse,
    plain: () => plain.house(graceId, houseTypes),
  })
}

export async function openHouse(): Promise<HouseRecord> {
  const { queryFn } = planQueries.house(graceId)
  if (typeof queryFn !== 'function') throw new Error('The house has no query of its own')
  return await queryFn({ signal: new AbortController().signal } as Parameters<typeof queryFn>[0])
}

/** One goal alone, again and again, each time based on the previous version. */
export async function measureSave(api: Api): Promise<Row> {
  const { goals } = await openHouse()
  const path = `Goal/${goals[0]?.id}`
  let standing = (await api.ask(path)) as { meta: { versionId: string } }
  return await compared(api, 60, {
    what: 'saving a goal, guarded by its version',
    async ours() {
      const headers = { ...fhirJson, 'If-Match': `W/"${standing.meta.versionId}"` }
      const body = JSON.stringify({ ...standing, description: { text: newWords() } })
      standing = (await api.ask(path, { method: 'PUT', headers, body })) as typeof standing
    },
    plain: () => plainOver(api.ground.sql).save(path.slice(5), { ...standing, words: newWords() }),
  })
}

/**
 * A goal as the page saves it: onto the records that the page was made from, in one call with its plan and its
 * Provenance; the answer is put into the page’s data, and nothing is loaded again.
 */
export async function measurePageSave(api: Api): Promise<Row> {
  const house = planQueries.house(graceId)
  await queryClient.fetchQuery(house)
  const current = () => {
    const { plan, goals } = queryClient.getQueryData(house.queryKey) ?? {}
    const base = goals?.[0]
    if (!plan || !base) throw new Error('Grace has no plan to write in')
    return { plan, base }
  }
  const { id } = current().base
  const send = globalThis.fetch
  const calls: string[] = []
  globalThis.fetch = (input, init) => {
    calls.push(`${init?.method} ${String(input)}`)
    return send(input, init)
  }
  const saved = await compared(api, 30, {
    what: 'saving a goal as the page does, with its plan and author',
    async ours() {
      const { plan, base } = current()
      calls.length = 0
      await saveGoal(plan, { base, mine: { ...base, words: newWords() } })
      if (calls.length !== 1) throw new Error(`A save is one call, not ${calls.join(', ')}`)
    },
    plain: () => plainOver(api.ground.sql).save(id, { words: newWords() }),
  })
  globalThis.fetch = send
  queryClient.clear()
  return saved
}

let turn = 0
const newWords = () => `To walk to church, ${turn++} times`
