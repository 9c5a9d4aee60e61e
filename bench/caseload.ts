import { wholeCaseload } from '#domain/case/caseload-list.ts'
import { caseloadRequest } from '#domain/case/caseload-parameters.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { createStore } from '#server/store/create-store.ts'
import { type Api, openApi } from './api.ts'
import type { Ground } from './databases.ts'
import { medianPair, type Row, row, type Spent } from './measure.ts'

const rounds = 12
const perChunk = 400
const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
const reviewOn = 'https://gable.example/fhir/review-on'

/** Amina’s people, each with a plan, three promises, two contacts and ten readings. */
function aCase(at: number): readonly ResourceWithId[] {
  const id = `case-load-${at}`
  const subject = { reference: `Patient/${id}` }
  const amina = { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' }
  const task = (number: number) => ({
    ...{ resourceType: 'Task', id: `${id}-task-${number}`, status: 'accepted', intent: 'order' },
    ...{ for: subject, owner: amina, description: `To call about the stairs, ${number}` },
    restriction: { period: { end: dayAgo(((at * 7 + number) % 40) - 20).slice(0, 10) } },
  })
  const call = (number: number) => ({
    ...{ resourceType: 'Communication', id: `${id}-call-${number}`, status: 'completed', subject },
    category: [{ coding: [{ system: 'https://gable.example/codes', code: 'contact' }] }],
    ...{ sender: amina, sent: dayAgo((at % 90) + number), payload: [{ contentString: 'Called' }] },
  })
  const reading = (number: number) => ({
    ...{ resourceType: 'Observation', id: `${id}-reading-${number}`, status: 'final', subject },
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    effectiveDateTime: dayAgo(number * 3 + (at % 3)),
    valueQuantity: { value: 70 + number / 10, unit: 'kg' },
  })
  return [
    {
      ...{ resourceType: 'Patient', id, birthDate: '1941-03-04' },
      name: [{ family: `Family${at}`, given: ['Ann'] }],
      generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    },
    {
      ...{ resourceType: 'EpisodeOfCare', id: `episode-${id}`, status: 'active', patient: subject },
      managingOrganization: { reference: 'Organization/brook-surgery' },
      ...{ careManager: amina, period: { start: dayAgo(100).slice(0, 10) } },
    },
    {
      ...{ resourceType: 'CarePlan', id: `plan-episode-${id}`, status: 'active', intent: 'plan' },
      ...{ subject, supportingInfo: [{ reference: `EpisodeOfCare/episode-${id}` }] },
      extension: [{ url: reviewOn, valueDate: dayAgo((at % 60) - 40).slice(0, 10) }],
    },
    ...[0, 1, 2].map(task),
    ...[0, 1].map(call),
    ...Array.from({ length: 10 }, (_, number) => reading(number)),
  ] as ResourceWithId[]
}

async function grow(ground: Ground, from: number, to: number): Promise<void> {
  const store = createStore(ground.sql)
  const records = Array.from({ length: to - from }, (_, at) => aCase(from + at)).flat()
  for (let at = 0; at < records.length; at += perChunk) {
    const chunk = records.slice(at, at + perChunk)
    await store.writeMany(chunk.map((resource) => ({ resource, expect: 'absent' as const })))
  }
  await ground.sql.script('vacuum analyze')
}

const share = (one: Spent, other: Spent) => Math.round((one.cpu / other.cpu) * 100) / 100

let turn = 0
/** The page of fifty, for other words each time. */
const asked = () => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/fhir+json' },
  body: JSON.stringify(
    caseloadRequest.write({ ...wholeCaseload, text: `family${turn++ % 10}`, count: 50 }),
  ),
})

async function measured(ground: Ground, api: Api): Promise<readonly [Spent, Spent]> {
  return await medianPair(rounds, await ground.cpuClock(), [
    () => api.ask('$caseload', asked()),
    () => api.askAfresh('$caseload', asked()),
  ])
}

const [few, many] = [100, 1_000]
/** Promises: typing costs nearly nothing more for ten times the people; the first search grows with the people at most. */
const most = { 'as somebody types': 5, 'the first': 14 } as const

/** A search on a coordinator’s list of 1,000 people against one of 100: by a server that has just started, and by one that has worked the list out already. */
export async function measureCaseload(ground: Ground): Promise<readonly Row[]> {
  const api = await openApi(ground)
  await createStore(ground.sql).writeMany(
    [
      { resourceType: 'Organization', id: 'brook-surgery', name: 'Brook Surgery' },
      { resourceType: 'Practitioner', id: 'amina-yusuf' },
    ].map((resource) => ({ resource: resource as ResourceWithId, expect: 'anything' as const })),
  )
  await grow(ground, 0, few)
  const before = await measured(ground, api)
  await grow(ground, few, many)
  const after = await measured(ground, api)
  const names = ['as somebody types', 'the first'] as const
  return names.map((what, at) => {
    const [was, is] = [before[at] as Spent, after[at] as Spent]
    return row({
      ...{ what: `caseload of 1,000: a search, ${what}`, on: ground.name, unit: 'ms' },
      ...{ value: is.ms, plain: `of ${few}`, plainValue: was.ms, cpuRatio: share(is, was) },
      most: most[what],
    })
  })
}
