import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { myTasksFromParameters, noTasks } from '#domain/task/my-tasks.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
type Kept = ResourceWithId

const patient = (id: string, practice: string): Kept => ({
  ...{ resourceType: 'Patient', id, name: [{ family: 'Singh', given: ['Balbir'] }] },
  generalPractitioner: [{ reference: `Organization/${practice}` }],
})
const team: Kept = {
  ...{ resourceType: 'CareTeam', id: 'team-e', status: 'active' },
  subject: { reference: 'Patient/p' },
  participant: [{ member: { reference: 'Practitioner/karen-lee' } }],
}
const task = (id: string, owner: string, facts: { end?: string; status?: string; who?: string }) =>
  ({
    ...{ resourceType: 'Task', id, intent: 'order', status: facts.status ?? 'accepted' },
    ...{ for: { reference: `Patient/${facts.who ?? 'p'}` }, description: id },
    owner: { reference: owner },
    ...(facts.end ? { restriction: { period: { end: facts.end } } } : {}),
  }) as Kept
const karen = 'Practitioner/karen-lee'
const amina = 'Practitioner/amina-yusuf'
const records = [
  patient('p', 'brook-surgery'),
  patient('q', 'brook-surgery'),
  team,
  task('undated', karen, {}),
  task('late', karen, { end: '2026-03-01' }),
  task('today', karen, { end: '2026-03-02' }),
  task('done', karen, { status: 'completed' }),
  task('of-amina', amina, { end: '2026-02-01' }),
  task('of-the-council', 'Organization/riverside-council', { who: 'q' }),
  task('of-amina-elsewhere', amina, { who: 'q' }),
]

eachStore('$my-tasks', (open) => {
  async function asked(who: string, query: string) {
    const { sql } = await open()
    const server = await openHandler({ sql, now })
    await server.seed(records)
    const answer = await (await server.as(who))(`/fhir/$my-tasks?${query}`)
    expect(answer.status).toBe(200)
    return myTasksFromParameters((await answer.json()) as Parameters)
  }
  test('says how many are due on each day of the coming week, and what was done yesterday', async () => {
    const { sql } = await open()
    const server = await openHandler({ sql, now })
    const done = (id: string, end: string, owner = karen) => ({
      ...task(id, owner, { status: 'completed' }),
      executionPeriod: { end },
    })
    await server.seed([
      ...records,
      ...[
        task('in-six', karen, { end: '2026-03-08' }),
        task('in-seven', karen, { end: '2026-03-09' }),
      ],
      ...[done('late-evening', '2026-03-01T23:30:00Z'), done('before', '2026-02-28T23:30:00Z')],
      ...[done('this-morning', '2026-03-02T00:10:00Z'), done('amina-did', '2026-03-01', amina)],
    ] as Kept[])
    const ask = async (query: string) => {
      const answer = await (await server.as('karen'))(`/fhir/$my-tasks?${query}`)
      return myTasksFromParameters((await answer.json()) as Parameters)
    }
    const mine = await ask('whose=mine&count=1')
    expect(mine.days).toEqual([
      { day: '2026-03-02', count: 1 },
      { day: '2026-03-08', count: 1 },
    ])
    expect(mine.done.map((each) => each.task.id)).toEqual(['late-evening'])
    expect((await ask('whose=team')).done.map((each) => each.task.id)).toEqual(['amina-did'])
    expect((await ask('whose=overdue')).done).toEqual([])
  })

  test.each([
    ['2026-03-03T01:40:00Z', 'America/Los_Angeles', ['of-amina', 'late']],
    ['2026-03-03T01:40:00Z', 'Europe/London', ['of-amina', 'late', 'today']],
    ['2026-03-02T09:30:00Z', 'Pacific/Auckland', ['of-amina', 'late']],
    ['2026-03-02T11:30:00Z', 'Pacific/Auckland', ['of-amina', 'late', 'today']],
  ])('At %s in %s the overdue tasks are %j', async (at, zone, overdue) => {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(at), zone })
    await server.seed(records)
    const karens = await server.as('karen')
    const answer = await karens('/fhir/$my-tasks?whose=overdue')
    const found = myTasksFromParameters((await answer.json()) as Parameters)
    expect(found.rows.map(({ task: each }) => each.id)).toEqual(overdue)
    expect(await (await karens('/auth/session')).json()).toMatchObject({ zone })
  })

  test.each([
    ['2026-03-03T07:30:00Z', 'America/Los_Angeles', false],
    ['2026-03-03T08:30:00Z', 'America/Los_Angeles', true],
    ['2026-03-03T23:30:00Z', 'Europe/London', false],
    ['2026-03-04T00:30:00Z', 'Europe/London', true],
    ['2026-03-03T10:30:00Z', 'Pacific/Auckland', false],
    ['2026-03-03T11:30:00Z', 'Pacific/Auckland', true],
  ])('At %s in %s a task due at an hour of the day is overdue: %s', async (at, zone, is) => {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(at), zone })
    // 22:00 on 2 March in Los Angeles, already 3 March in London and Auckland
    const end = '2026-03-03T06:00:00Z'
    await server.seed([
      ...records.filter((each) => each.resourceType === 'Patient'),
      task('hour', karen, { end }),
    ])
    const answer = await (await server.as('karen'))('/fhir/$my-tasks?whose=overdue')
    const found = myTasksFromParameters((await answer.json()) as Parameters, zone)
    expect(found.rows.map(({ task: each }) => each.id)).toEqual(is ? ['hour'] : [])
  })

  test('A promise to a person who has died since is on nobody’s list', async () => {
    const { sql } = await open()
    const server = await openHandler({ sql, now })
    const after = { ...task('to-her-son', karen, {}), authoredOn: '2026-03-01' } as Kept
    const died = { ...patient('p', 'brook-surgery'), deceasedDateTime: '2026-02-27' } as Kept
    await server.seed([...records, died, after])
    const answer = await (await server.as('karen'))('/fhir/$my-tasks?whose=mine')
    const found = myTasksFromParameters((await answer.json()) as Parameters)
    expect(found.rows.map(({ task: each }) => each.id)).toEqual(['to-her-son'])
    expect(found.counts).toEqual({ mine: 1, team: 1, overdue: 0 })
  })

  const ids = (found: Awaited<ReturnType<typeof asked>>) => found.rows.map(({ task }) => task.id)

  test('“Mine” lists the user’s open tasks, earliest first, with the person’s name', async () => {
    const found = await asked('karen', 'whose=mine')
    expect(ids(found)).toEqual(['late', 'today', 'undated'])
    expect(found.rows[0]).toMatchObject({ family: 'Singh', given: 'Balbir' })
    expect(found.counts).toEqual({ mine: 3, team: 2, overdue: 2 })
  })

  test('“My team’s” lists others’ tasks for people in the user’s team, and those of the organisation', async () => {
    expect(ids(await asked('karen', 'whose=team'))).toEqual(['of-amina', 'of-the-council'])
  })

  test('“Overdue” lists all tasks whose date has passed', async () => {
    expect(ids(await asked('karen', 'whose=overdue'))).toEqual(['of-amina', 'late'])
  })

  test('The next page continues where the first one ended', async () => {
    expect(ids(await asked('karen', 'whose=mine&count=2&offset=2'))).toEqual(['undated'])
  })

  test.each(['stranger', 'ruth', 'grace'])('%s has no tasks', async (who) => {
    const found = await asked(who, 'whose=team')
    expect(found).toEqual(noTasks)
  })
})
