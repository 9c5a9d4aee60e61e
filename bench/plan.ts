import type { Provenance } from '@medplum/fhirtypes'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { eventToFhir } from '#domain/agreement/fhir.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { houseRequest } from '#domain/plan/house/house-records.ts'
import { planIdFor } from '#domain/plan/plan.ts'
import { createStore } from '#server/store/create-store.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'
import { openApi } from './api.ts'
import type { Ground } from './databases.ts'
import { medianPair, type Row, row } from './measure.ts'

type Size = Readonly<{ person: string; goals: number; readings: number; versions: number }>

const small: Size = { person: 'plan-small', goals: 10, readings: 500, versions: 20 }
const large: Size = { person: 'plan-large', goals: 200, readings: 10_000, versions: 2_000 }
const rounds = 40
const perChunk = 400
const amina = { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' }
const range = (length: number) => Array.from({ length }, (_, at) => at)

/** Nobody’s words: as long as a goal or a step usually is. */
const words = (at: number) => `To walk as far as the church and back with somebody beside me, ${at}`

function planOf({ person, goals, readings }: Size): readonly ResourceWithId[] {
  const subject = { reference: `Patient/${person}` }
  const period = { start: '2026-01-05' }
  const caseId = `case-${person}`
  const plan = planIdFor(caseId)
  const goalId = (at: number) => `goal-${person}-${at}`
  const stepId = (at: number) => `step-${person}-${at}`
  return [
    {
      ...{ resourceType: 'Patient', id: person, birthDate: '1934-01-04' },
      name: [{ family: 'Benchmark', given: ['Una'] }],
      managingOrganization: { reference: 'Organization/brook-surgery' },
    },
    {
      ...{ resourceType: 'EpisodeOfCare', id: caseId, status: 'active', period },
      ...{ patient: subject, careManager: amina },
      managingOrganization: { reference: 'Organization/brook-surgery' },
    },
    {
      ...{ resourceType: 'CareTeam', id: `team-${person}`, status: 'active', subject },
      participant: [{ member: amina }, { member: { reference: 'Practitioner/karen-lee' } }],
    },
    {
      ...{ resourceType: 'CarePlan', id: plan, status: 'active', intent: 'plan', subject, period },
      supportingInfo: [{ reference: `EpisodeOfCare/${caseId}` }],
      goal: range(goals).map((at) => ({ reference: `Goal/${goalId(at)}` })),
      activity: range(goals).map((at) => ({ reference: { reference: `Task/${stepId(at)}` } })),
    },
    ...range(goals).flatMap((at): ResourceWithId[] => [
      {
        ...{ resourceType: 'Goal', id: goalId(at), lifecycleStatus: 'active', subject },
        ...{ description: { text: words(at) }, expressedBy: subject, startDate: '2026-01-06' },
      },
      {
        ...{ resourceType: 'Task', id: stepId(at), status: 'accepted', intent: 'order' },
        ...{ for: subject, owner: amina, description: words(at), authoredOn: '2026-01-06' },
        focus: { reference: `Goal/${goalId(at)}` },
        basedOn: [{ reference: `CarePlan/${plan}` }],
        restriction: { period: { end: '2026-12-01' } },
      },
    ]),
    ...range(readings).map(
      (at): ResourceWithId => ({
        ...{ resourceType: 'Observation', id: `reading-${person}-${at}`, status: 'final', subject },
        code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
        effectiveDateTime: new Date(1_600_000_000_000 + at * 7_200_000).toISOString(),
        valueQuantity: { value: 60 + (at % 90) / 10, unit: 'kg' },
      }),
    ),
  ]
}

/** As many saves of goals as there are to be versions, each with its Provenance. */
function savesOf({ person, goals, versions }: Size): readonly ResourceWithId[] {
  const isGoal = (each: ResourceWithId) => each.resourceType === 'Goal'
  const all = planOf({ person, goals, readings: 0, versions }).filter(isGoal)
  return range(versions).flatMap((at) => {
    const goal = all[at % all.length] as ResourceWithId
    const saved = { ...goal, description: { text: words(at) } } as ResourceWithId
    const by = { reference: amina.reference, name: amina.display, voice: 'professional' as const }
    const event = eventToFhir(
      {
        ...{ id: `saved-${person}-${at}`, kind: 'write-goal', room: 'conversation', by },
        at: new Date(1_770_000_000_000 + at * 60_000).toISOString(),
        targets: [`Goal/${goal.id}/_history/${2 + Math.floor(at / all.length)}`],
      },
      person,
    ) as Provenance & { id: string }
    return [saved, event]
  })
}

async function write(sql: Sql, records: readonly ResourceWithId[]): Promise<void> {
  const store = createStore(sql)
  for (let at = 0; at < records.length; at += perChunk) {
    const chunk = records.slice(at, at + perChunk)
    await store.writeMany(chunk.map((resource) => ({ resource, expect: 'anything' as const })))
  }
}

type Sent = Readonly<{ text: string; params?: readonly unknown[] | undefined; on: ReadingSql }>

/** The same database, which notes what is read. */
function noting(sql: Sql, sent: Sent[]): Sql {
  const reading = (on: ReadingSql): ReadingSql => ({
    query: async (text, params) => {
      sent.push({ text, params, on })
      return await on.query(text, params)
    },
  })
  return {
    query: reading(sql).query,
    script: (text) => sql.script(text),
    transaction: (work, kind) => sql.transaction((inner) => work(noting(inner, sent)), kind),
    as: (reach) => reading(sql.as(reach)),
  }
}

async function openHouse(person: string): Promise<HouseRecord> {
  const { queryFn } = planQueries.house(person)
  if (typeof queryFn !== 'function') throw new Error('The house has no query of its own')
  return await queryFn({ signal: new AbortController().signal } as Parameters<typeof queryFn>[0])
}

/**
 * Opening the plan of somebody with 200 goals and steps, 10,000 readings and 2,000 earlier versions: the one call that the page makes,
 * beside its own two statements sent bare; and how it grows from 10 goals.
 */
export async function measurePlan(ground: Ground): Promise<readonly Row[]> {
  await write(ground.sql, [...demoOrganisationRecords()])
  for (const size of [small, large]) {
    await write(ground.sql, planOf(size))
    await write(ground.sql, savesOf(size))
  }
  await ground.sql.script('analyze')
  const sent: Sent[] = []
  const api = await openApi({ ...ground, sql: noting(ground.sql, sent) })
  const call = (person: string) =>
    api.ask('CarePlan/$house', {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify(houseRequest.write({ patient: person })),
    })
  await call(large.person)
  sent.length = 0
  await call(large.person)
  const own = sent.filter(
    ({ text }) => text.includes('with own as') || text.includes('with read as'),
  )
  if (own.length !== 2) throw new Error(`The house is read by ${own.length} statements, not 2`)
  const { goals } = await openHouse(large.person)
  if (goals.length !== large.goals) throw new Error(`The house has ${goals.length} goals`)
  const bare = async () => {
    for (const { on, text, params } of own) await on.query(text, params)
  }
  const clock = await ground.cpuClock()
  const compare = async (
    what: string,
    plain: string,
    pair: readonly [() => Promise<unknown>, () => Promise<unknown>],
    limit: Readonly<{ most?: number }> = {},
  ): Promise<Row> => {
    const [ours, other] = await medianPair(rounds, clock, pair)
    return row({
      ...{
        what,
        on: ground.name,
        unit: 'ms',
        value: ours.ms,
        plain,
        plainValue: other.ms,
        ...limit,
      },
      cpuRatio: Math.round((ours.cpu / other.cpu) * 100) / 100,
    })
  }
  return [
    await compare(
      'a plan of 200 goals, 10,000 readings, 2,000 versions',
      'its statements, bare',
      [() => call(large.person), bare],
      { most: 2 },
    ),
    await compare('a plan of 200 goals', 'a plan of 10', [
      () => call(large.person),
      () => call(small.person),
    ]),
    await compare('the same with its house made', 'its call alone', [
      () => openHouse(large.person),
      () => call(large.person),
    ]),
  ]
}
