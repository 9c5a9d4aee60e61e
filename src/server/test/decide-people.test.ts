import type { CareTeam, EpisodeOfCare, Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { decidePeopleAnswer } from '#domain/case/decide-people.ts'
import { foundPeople } from '#domain/case/find-people.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')

function person(id: string, more: object = {}): ResourceWithId {
  return {
    resourceType: 'Patient',
    id,
    name: [{ family: id, given: ['Ann'] }],
    birthDate: '1944-01-01',
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    ...more,
  }
}

const worker = (name: string, organisation: string): ResourceWithId => ({
  resourceType: 'PractitionerRole',
  id: `role-${name}`,
  active: true,
  practitioner: { reference: `Practitioner/${name}` },
  organization: { reference: `Organization/${organisation}` },
})

const frail = (owner: string): ResourceWithId => ({
  resourceType: 'Condition',
  id: `${owner}-heart`,
  subject: { reference: `Patient/${owner}` },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '84114007' }] },
})

const elsewhere = { generalPractitioner: [{ reference: 'Organization/other-surgery' }] }

const records: readonly ResourceWithId[] = [
  ...['one', 'two', 'three'].flatMap((id) => [person(id), frail(id)]),
  person('dead', { deceasedBoolean: true }),
  person('elsewhere', elsewhere),
  {
    resourceType: 'Practitioner',
    id: 'ming-zhao',
    name: [{ family: 'Zhao', given: ['Ming'] }],
  },
  { resourceType: 'Practitioner', id: 'else-who', name: [{ family: 'Who', given: ['Else'] }] },
  worker('ming-zhao', 'brook-surgery'),
  worker('else-who', 'other-surgery'),
]

eachStore('Deciding about a list', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed(JSON.parse(JSON.stringify(records)))
    return server
  }

  type One = string | Readonly<{ id: string; seen?: string; case?: string; version?: string }>

  async function decide(
    server: OpenHandler,
    who: string,
    decision: string,
    {
      people,
      ...more
    }: Readonly<{ people: readonly One[] } & Record<string, string | readonly One[]>>,
  ) {
    const parameter: ParametersParameter[] = [
      { name: 'decision', valueCode: decision },
      ...Object.entries(more).map(([name, value]) => ({ name, valueString: String(value) })),
      ...people.map((each) => ({
        name: 'person',
        part: Object.entries(typeof each === 'string' ? { id: each } : each).map(
          ([name, value]) => ({ name, valueString: value }),
        ),
      })),
    ]
    const response = await (await server.as(who))('/fhir/Patient/$decide-people', {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter },
    })
    const body = (await response.json()) as Parameters
    return { status: response.status, body, people: decidePeopleAnswer.read(body).people }
  }

  async function listed(server: OpenHandler, known = 'no-coordinator', who = 'amina') {
    const response = await (await server.as(who))('/fhir/Patient/$find-people', {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter: [{ name: 'known', valueCode: known }] },
    })
    return foundPeople.read((await response.json()) as Parameters).people
  }

  const ids = (people: readonly Readonly<{ id: string }>[]) => people.map(({ id }) => id)

  async function stored<T extends EpisodeOfCare | CareTeam>(
    server: OpenHandler,
    type: T['resourceType'],
    id = '',
  ): Promise<T> {
    return (await (await (await server.as('amina'))(`/fhir/${type}/${id}`)).json()) as T
  }

  test('takes on many at once, and says of each who could not be taken on and why', async () => {
    const server = await started()
    const { status, people } = await decide(server, 'amina', 'take-on', {
      people: ['one', 'dead', 'two', 'elsewhere', 'nobody'],
    })
    expect(status).toBe(200)
    expect(people).toMatchObject([
      { id: 'one', done: true },
      { id: 'dead', done: false, why: 'refused' },
      { id: 'two', done: true },
      { id: 'elsewhere', done: false, why: 'not-found' },
      { id: 'nobody', done: false, why: 'not-found' },
    ])
    expect(ids(await listed(server, 'on-caseload')).toSorted()).toEqual(['one', 'two'])
    const episode = await stored<EpisodeOfCare>(server, 'EpisodeOfCare', people[0]?.case)
    expect(episode).toMatchObject({
      status: 'active',
      careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
      period: { start: now.toISOString() },
    })
    const team = await stored<CareTeam>(server, 'CareTeam', `team-${people[0]?.case}`)
    expect(team.participant?.map(({ member }) => member?.display)).toEqual([
      'Amina Yusuf',
      'Ann one',
    ])
  })

  test('takes on for a colleague who works in the same organisation, and for nobody else', async () => {
    const server = await started()
    const foreign = await decide(server, 'amina', 'take-on', {
      ...{ people: ['one'], coordinator: 'else-who' },
    })
    expect(foreign.status).toBe(422)
    await decide(server, 'amina', 'take-on', { people: ['one'], coordinator: 'ming-zhao' })
    const [one] = await listed(server, 'on-caseload')
    expect(one).toMatchObject({ id: 'one', coordinator: 'Ming Zhao' })
  })

  test('who is taken on already is not taken on again, and the answer says by whom', async () => {
    const server = await started()
    await decide(server, 'amina', 'take-on', { people: ['one'] })
    const { people } = await decide(server, 'patel', 'take-on', { people: ['one', 'two'] })
    expect(people).toMatchObject([
      { id: 'one', done: false, why: 'has-case', by: 'Amina Yusuf' },
      { id: 'two', done: true },
    ])
  })

  test('who was decided about since the caller looked is left as decided, and the answer says by whom', async () => {
    const server = await started()
    await decide(server, 'amina', 'decline', { people: ['one'], reason: 'Moving to Spain' })
    const { people } = await decide(server, 'patel', 'take-on', {
      people: [{ id: 'one', seen: 'none' }],
    })
    expect(people).toMatchObject([{ done: false, why: 'decided-before', by: 'Amina Yusuf' }])
    const [again] = await listed(server, 'not-now')
    expect(again).toMatchObject({ id: 'one', notNow: 'Moving to Spain' })
  })

  test('two who decide about the same person at once: one is first, and the other hears it', async () => {
    const server = await started()
    const both = await Promise.all([
      decide(server, 'amina', 'take-on', { people: ['one'] }),
      decide(server, 'patel', 'take-on', { people: ['one'] }),
    ])
    const said = both.flatMap(({ people }) => people)
    expect(said.filter(({ done }) => done)).toHaveLength(1)
    const other = said.find(({ done }) => !done)
    expect(['has-case', 'decided-before']).toContain(other?.why)
    expect(other?.by).toMatch(/Amina Yusuf|Anil Patel/)
  })

  test('somebody deferred comes back by themselves on their day, first of all, with who asked and why', async () => {
    const server = await started()
    await decide(server, 'amina', 'defer', {
      ...{ people: ['three'], reason: 'In Leeds until Easter', lookAgain: '2026-03-04' },
    })
    expect(ids(await listed(server))).toEqual(['one', 'two'])
    expect(await listed(server, 'not-now')).toMatchObject([
      { id: 'three', lookAgain: '2026-03-04', decidedOn: '2026-03-02', decidedByMe: true },
    ])
    server.pass(2 * 24 * 60)
    expect(await listed(server)).toMatchObject([
      {
        ...{ id: 'three', isDue: true, lookAgain: '2026-03-04', decidedByMe: true },
        ...{ coordinator: 'Amina Yusuf', notNow: 'In Leeds until Easter' },
      },
      { id: 'one' },
      { id: 'two' },
    ])
    expect((await listed(server, 'no-coordinator', 'patel'))[0]?.decidedByMe).toBeUndefined()
    expect(await listed(server, 'not-now')).toEqual([])
  })

  test('somebody declined stays away with who and why, until somebody reopens it', async () => {
    const server = await started()
    await decide(server, 'amina', 'decline', { people: ['one'], reason: 'Wants no visits' })
    server.pass(200 * 24 * 60)
    expect(await listed(server, 'not-now')).toMatchObject([
      { id: 'one', notNow: 'Wants no visits', coordinator: 'Amina Yusuf', decidedOn: '2026-03-02' },
    ])
    const reopened = await decide(server, 'patel', 'reopen', { people: ['one', 'two'] })
    expect(reopened.people).toMatchObject([
      { id: 'one', done: true },
      { id: 'two', done: false, why: 'not-standing' },
    ])
    expect(ids(await listed(server)).toSorted()).toEqual(['one', 'three', 'two'])
  })

  test.each([
    ['defer', { reason: 'x' }, 422],
    ['defer', { reason: 'x', lookAgain: '2026-03-02' }, 422],
    ['defer', { reason: 'x', lookAgain: '2026-02-30' }, 422],
    ['defer', { reason: 'x', lookAgain: '2028-01-01' }, 422],
    ['defer', { lookAgain: '2026-04-01' }, 422],
    ['decline', {}, 422],
    ['forget', { reason: 'x' }, 400],
  ])('refuses “%s” with %j and decides about nobody', async (decision, more, status) => {
    const server = await started()
    const answer = await decide(server, 'amina', decision, { people: ['one'], ...more })
    expect(answer.status).toBe(status)
    expect(ids(await listed(server)).toSorted()).toEqual(['one', 'three', 'two'])
  })

  test('refuses a reason that is too long', async () => {
    const server = await started()
    const answer = await decide(server, 'amina', 'decline', {
      ...{ people: ['one'], reason: 'x'.repeat(2_001) },
    })
    expect(answer.status).toBe(422)
  })

  test('undoing “not now” lists the person again', async () => {
    const server = await started()
    const { people } = await decide(server, 'amina', 'decline', { people: ['one'], reason: 'x' })
    const [{ id, case: caseId = '', version = '' } = { id: '' }] = people
    await decide(server, 'amina', 'undo', { people: [{ id, case: caseId, version }] })
    expect(ids(await listed(server)).toSorted()).toEqual(['one', 'three', 'two'])
    expect(await stored<EpisodeOfCare>(server, 'EpisodeOfCare', caseId)).toMatchObject({
      ...{ status: 'entered-in-error', statusHistory: [{ status: 'cancelled' }] },
      extension: expect.arrayContaining([expect.objectContaining({ valueString: 'x' })]),
    })
  })

  test('a decision is undone by whoever decided, on the same day, and is kept as undone', async () => {
    const server = await started()
    const { people } = await decide(server, 'amina', 'take-on', { people: ['one', 'two'] })
    const asked = people.map(({ id, case: caseId = '', version = '' }) => ({
      ...{ id, case: caseId, version },
    }))
    const others = await decide(server, 'patel', 'undo', { people: asked })
    expect(others.people.map(({ why }) => why)).toEqual(['not-allowed', 'not-allowed'])
    const undone = await decide(server, 'amina', 'undo', { people: asked })
    expect(undone.people.map(({ done }) => done)).toEqual([true, true])
    expect(ids(await listed(server)).toSorted()).toEqual(['one', 'three', 'two'])
    expect(await stored<EpisodeOfCare>(server, 'EpisodeOfCare', people[0]?.case)).toMatchObject({
      ...{ status: 'entered-in-error', statusHistory: [{ status: 'active' }] },
      careManager: { display: 'Amina Yusuf' },
    })
    expect(await stored<CareTeam>(server, 'CareTeam', `team-${people[0]?.case}`)).toMatchObject({
      status: 'entered-in-error',
    })
    const again = await decide(server, 'patel', 'take-on', { people: ['one'] })
    expect(again.people).toMatchObject([{ done: true }])
  })

  test('a decision is not undone on another day, twice, or after work has begun', async () => {
    const server = await started()
    const { people } = await decide(server, 'amina', 'take-on', { people: ['one', 'two'] })
    const asked = people.map(({ id, case: caseId = '', version = '' }) => ({
      ...{ id, case: caseId, version },
    }))
    const plan = { resourceType: 'CarePlan', status: 'draft', intent: 'plan' }
    const begun = await (await server.as('amina'))(`/fhir/CarePlan/plan-${asked[0]?.case}`, {
      method: 'PUT',
      json: { ...plan, id: `plan-${asked[0]?.case}`, subject: { reference: 'Patient/one' } },
    })
    expect(begun.status).toBe(201)
    const first = await decide(server, 'amina', 'undo', { people: asked })
    expect(first.people).toMatchObject([{ why: 'in-use' }, { done: true }])
    const twice = await decide(server, 'amina', 'undo', { people: asked.slice(1) })
    expect(twice.people).toMatchObject([{ done: false, why: 'decided-before' }])
    server.pass(24 * 60)
    const late = await decide(server, 'amina', 'undo', { people: asked.slice(0, 1) })
    expect(late.people).toMatchObject([{ why: 'not-allowed' }])
  })

  test('somebody taken on after they were reopened is listed again when that is undone', async () => {
    const server = await started()
    await decide(server, 'patel', 'decline', { people: ['one'], reason: 'Wants no visits' })
    server.wait(1)
    await decide(server, 'patel', 'reopen', { people: ['one'] })
    const { people } = await decide(server, 'amina', 'take-on', { people: ['one'] })
    const [{ id, case: caseId = '', version = '' } = { id: '' }] = people
    await decide(server, 'amina', 'undo', { people: [{ id, case: caseId, version }] })
    expect(ids(await listed(server)).toSorted()).toEqual(['one', 'three', 'two'])
    expect(await stored<EpisodeOfCare>(server, 'EpisodeOfCare', caseId)).toMatchObject({
      status: 'planned',
      statusHistory: [{ status: 'planned' }, { status: 'active' }],
    })
  })

  test('whoever said no to case management is not taken on, and the answer says so', async () => {
    const server = await started()
    await server.seed([
      {
        resourceType: 'Consent',
        id: 'opt-out-case-one',
        status: 'active',
        scope: { text: 'x' },
        category: [{ coding: [{ system: 'https://gable.example/codes', code: 'opt-out-case' }] }],
        patient: { reference: 'Patient/one' },
        provision: { type: 'deny' },
      } as ResourceWithId,
    ])
    const { people } = await decide(server, 'amina', 'take-on', { people: ['one', 'two'] })
    expect(people).toMatchObject([
      { done: false, why: 'said-no' },
      { id: 'two', done: true },
    ])
  })

  test('each decision leaves an entry in the audit log of the person, also one that was refused', async () => {
    const server = await started()
    await decide(server, 'amina', 'decline', { people: ['one', 'elsewhere'], reason: 'x' })
    const { rows } = await server.sql.query<{ allowed: boolean }>(
      `select allowed from audit where identity = 'amina' and act in ('C', 'E')
         and (persons @> array['one'] or persons @> array['elsewhere']) order by persons desc`,
    )
    expect(rows).toEqual([{ allowed: true }, { allowed: false }])
  })

  test.each(['grace', 'chidi', 'ruth', 'admin'])('%s decides about nobody', async (who) => {
    const server = await started()
    const { status } = await decide(server, who, 'take-on', { people: ['one'] })
    expect(status).toBe(403)
  })
})
