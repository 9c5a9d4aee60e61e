import type { CareTeam, EpisodeOfCare, Extension, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import {
  type DecidePeople,
  decidePeopleAnswer,
  decidePeopleRequest,
} from '#domain/case/decide-people.ts'
import { foundPeople } from '#domain/case/find-people.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const ours = (name: string) => `https://gable.example/fhir/${name}`

const person = (id: string): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, name: [{ family: id, given: ['Ann'] }] },
  birthDate: '1944-01-01',
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
})

const known = (id: string): readonly ResourceWithId[] => [
  person(id),
  {
    ...{ resourceType: 'Condition', id: `${id}-heart`, subject: { reference: `Patient/${id}` } },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '84114007' }] },
  } as ResourceWithId,
]

const because = (reason: string): Extension => ({ url: ours('not-now'), valueString: reason })

const written = (by: string, at: string): Extension => ({
  url: ours('written'),
  extension: [
    { url: 'by', valueReference: { reference: by, display: 'Anil Patel' } },
    { url: 'at', valueDateTime: at },
  ],
})

const episode = (id: string, owner: string, more: Partial<EpisodeOfCare>) =>
  ({
    ...{ resourceType: 'EpisodeOfCare', id, status: 'planned' },
    patient: { reference: `Patient/${owner}` },
    ...more,
  }) as EpisodeOfCare & { id: string }

const notNow = (id: string, owner: string, more: Partial<EpisodeOfCare>) =>
  episode(id, owner, { status: 'cancelled', extension: [because('Elsewhere')], ...more })

const restricted = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
}

/** Listed by another organisation, with somebody there who already knows the person. */
const theirs = {
  managingOrganization: { reference: 'Organization/other-surgery' },
  careManager: { reference: 'Practitioner/else-who', display: 'Else Who' },
  period: { start: '2026-02-01' },
} as const

eachStore('Guarding what is decided about a list', (open) => {
  async function started(...more: readonly ResourceWithId[]): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed(JSON.parse(JSON.stringify([...known('one'), ...known('two'), ...more])))
    return server
  }

  async function decide(server: OpenHandler, who: string, asked: DecidePeople) {
    const response = await (await server.as(who))('/fhir/Patient/$decide-people', {
      method: 'POST',
      json: decidePeopleRequest.write(asked),
    })
    expect(response.status).toBe(200)
    return decidePeopleAnswer.read((await response.json()) as Parameters).people
  }

  async function undo(
    server: OpenHandler,
    who: string,
    [made]: Awaited<ReturnType<typeof decide>>,
  ) {
    const { id = '', case: caseId = '', version = '' } = made ?? {}
    return await decide(server, who, {
      decision: 'undo',
      people: [{ id, case: caseId, version }],
    })
  }

  const defer = (id: string): DecidePeople => ({
    ...{ decision: 'defer', reason: 'In Leeds', lookAgain: '2026-03-20', people: [{ id }] },
  })
  const takeOn = (id: string): DecidePeople => ({ decision: 'take-on', people: [{ id }] })

  async function listed(server: OpenHandler, known = 'no-coordinator', who = 'amina') {
    const response = await (await server.as(who))('/fhir/Patient/$find-people', {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter: [{ name: 'known', valueCode: known }] },
    })
    expect(response.status).toBe(200)
    return foundPeople.read((await response.json()) as Parameters).people
  }

  async function put(server: OpenHandler, who: string, resource: ResourceWithId, version?: number) {
    const path = `/fhir/${resource.resourceType}/${resource.id}`
    const response = await (await server.as(who))(path, {
      ...{ method: 'PUT', json: resource },
      ...(version ? { headers: { 'If-Match': `W/"${version}"` } } : {}),
    })
    expect(response.status).toBeLessThan(300)
    return (await response.json()) as ResourceWithId
  }

  async function read<T>(server: OpenHandler, path: string): Promise<T> {
    return (await (await (await server.as('amina'))(`/fhir/${path}`)).json()) as T
  }

  test('a date without a day counts from its first day, and stops nobody’s list', async () => {
    const server = await started(
      notNow('case-a', 'one', {
        period: { start: '2026-02' },
        extension: [
          ...[because('Elsewhere'), written('Practitioner/anil-patel', '2026')],
          { url: ours('look-again'), valueDate: '2027' },
        ],
      }),
      {
        ...{ resourceType: 'Encounter', id: 'e1', status: 'finished', class: { code: 'EMER' } },
        ...{ subject: { reference: 'Patient/two' }, period: { start: '2026-04', end: '2026-05' } },
      } as ResourceWithId,
    )
    await server.sql.query(
      `insert into person_due select person, date '2000-01-01' from person_row
       on conflict (person) do update set changes_on = excluded.changes_on`,
    )
    expect(await listed(server, 'not-now')).toMatchObject([
      { id: 'one', lookAgain: '2027-01-01', decidedOn: '2026-01-01' },
    ])
    const people = await decide(server, 'amina', takeOn('two'))
    expect(people).toMatchObject([{ id: 'two', done: true }])
  })

  test('somebody whose row cannot be worked out keeps it, and the others are worked out', async () => {
    const server = await started(...known('three'))
    const broken = { resourceType: 'Encounter', id: 'bad', status: 'finished', class: {} }
    await server.sql.query(
      `insert into resource (rt, id, vid, ts, person, room, content) values ('Encounter', 'bad', 1, $2, 'three', 'care', $1)`,
      [JSON.stringify({ ...broken, period: { start: '2026-02-xx' } }), now],
    )
    await server.sql.query(
      `insert into person_due select person, date '2000-01-01' from person_row
       on conflict (person) do update set changes_on = excluded.changes_on`,
    )
    await server.sql.query(`update person_row set family = 'stale', as_written = null`)
    const people = await listed(server)
    expect(people.map(({ id, family }) => `${id} ${family}`).toSorted()).toEqual([
      ...['one one', 'three stale', 'two two'],
    ])
  })

  test('whoever decides about one person does not wait until everybody is worked out', async () => {
    const server = await started(...known('three'))
    await server.sql.query(
      `insert into person_due select person, date '2000-01-01' from person_row
       on conflict (person) do update set changes_on = excluded.changes_on`,
    )
    await server.sql.query(`update person_row set family = 'stale', as_written = null`)
    const people = await decide(server, 'amina', takeOn('two'))
    expect(people).toMatchObject([{ id: 'two', done: true }])
    const { rows } = await server.sql.query<{ person: string; family: string }>(
      'select person, family from person_row order by person',
    )
    expect(rows.map(({ family }) => family)).toEqual(['stale', 'stale', 'two'])
  })

  test('“not now” and its undoing leave a case with the organisation that listed the person', async () => {
    const server = await started(episode('case-a', 'one', theirs))
    const made = await decide(server, 'amina', defer('one'))
    expect(made).toMatchObject([{ done: true, case: 'case-a' }])
    const { period: _since, ...whose } = theirs
    expect(await read(server, 'EpisodeOfCare/case-a')).toMatchObject({
      ...{ status: 'cancelled', ...whose },
    })
    expect(await listed(server, 'not-now')).toMatchObject([
      { coordinator: 'Amina Yusuf', decidedByMe: true },
    ])
    expect(await undo(server, 'amina', made)).toMatchObject([{ done: true }])
    expect(await read(server, 'EpisodeOfCare/case-a')).toMatchObject({
      ...{ status: 'planned', ...theirs },
      statusHistory: [{ status: 'planned' }, { status: 'cancelled' }],
    })
  })

  test('undoing that somebody was taken on gives the case back, and they can be taken on again', async () => {
    const server = await started(episode('case-a', 'one', theirs))
    const made = await decide(server, 'amina', takeOn('one'))
    expect(await undo(server, 'amina', made)).toMatchObject([{ done: true }])
    expect(await read(server, 'EpisodeOfCare/case-a')).toMatchObject({
      ...{ status: 'planned', ...theirs },
    })
    const again = await decide(server, 'patel', takeOn('one'))
    expect(again).toMatchObject([{ done: true, case: 'case-a' }])
    expect(await read(server, 'CareTeam/team-case-a')).toMatchObject({ status: 'active' })
    expect(await undo(server, 'patel', again)).toMatchObject([{ done: true }])
  })

  test('a case that the caller may not know of stops the decision, and nothing is told of it', async () => {
    const hidden = { ...theirs, meta: restricted }
    const server = await started(
      episode('case-a', 'one', { ...hidden, status: 'active' }),
      episode('case-b', 'two', hidden),
    )
    for (const id of ['one', 'two'])
      expect(await decide(server, 'amina', takeOn(id))).toEqual([
        { id, done: false, why: 'refused' },
      ])
    const asked = { id: 'one', case: 'case-a', version: '7' }
    expect(await decide(server, 'amina', { decision: 'undo', people: [asked] })).toEqual([
      { id: 'one', done: false, why: 'not-standing' },
    ])
  })

  test('who decided, and when, is written by the service, whatever was sent', async () => {
    const server = await started()
    const forged = notNow('case-a', 'one', {
      ...{ careManager: { reference: 'Practitioner/anil-patel' }, period: { start: '2025-01-01' } },
      extension: [because('Elsewhere'), written('Practitioner/anil-patel', '2025-01-01')],
    })
    const kept = await put(server, 'amina', forged)
    expect(await listed(server, 'not-now')).toMatchObject([
      { id: 'one', decidedOn: '2026-03-02', decidedByMe: true, coordinator: 'Amina Yusuf' },
    ])
    server.wait(1)
    await put(
      server,
      'patel',
      { ...forged, extension: [because('Elsewhere')], type: [{ text: 'Home' }] } as never,
      1,
    )
    const marks = (record: unknown) =>
      (record as EpisodeOfCare).extension?.filter(({ url }) => url === ours('written'))
    expect(marks(await read(server, 'EpisodeOfCare/case-a'))).toEqual(marks(kept))
    await put(server, 'patel', { ...forged, extension: [because('Another reason')] } as never, 2)
    expect((await listed(server, 'not-now'))[0]).toMatchObject({ coordinator: 'Dr Anil Patel' })
  })

  test('a file says neither who decided nor which rule found somebody', async () => {
    const server = await started()
    const rule = { url: ours('found-by-rule'), extension: [{ url: 'rule', valueId: 'r1' }] }
    const coming = notNow('case-a', 'one', {
      extension: [
        ...[because('Elsewhere'), written('Practitioner/amina-yusuf', '2026-03-01')],
        rule,
      ],
    })
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: coming }] }
    const response = await (await server.as('amina'))('/fhir/$import', {
      ...{ method: 'POST', json: bundle },
    })
    expect(response.status).toBe(200)
    expect((await read<EpisodeOfCare>(server, 'EpisodeOfCare/case-a')).extension).toEqual([
      because('Elsewhere'),
    ])
    const [found] = await listed(server, 'not-now')
    expect(found?.decidedByMe).toBeUndefined()
    expect(found?.decidedOn).toBeUndefined()
  })

  test('is not undone once the team changed, or anybody wrote a goal, a task or a plan since', async () => {
    const server = await started()
    const made = await decide(server, 'amina', takeOn('one'))
    const teamPath = `CareTeam/team-${made[0]?.case}`
    const team = await read<CareTeam & { id: string }>(server, teamPath)
    const [first, second] = team.participant ?? []
    const changed = { ...team, participant: [{ ...first, role: [{ text: 'Nurse' }] }, second] }
    await put(server, 'amina', changed as ResourceWithId, 1)
    expect(await undo(server, 'amina', made)).toMatchObject([{ done: false, why: 'in-use' }])

    const other = await decide(server, 'amina', takeOn('two'))
    server.wait(1)
    await put(server, 'patel', {
      ...{ resourceType: 'Task', id: 'task-1', status: 'requested', intent: 'order' },
      ...{ for: { reference: 'Patient/two' }, description: 'Ring the district nurse' },
    } as ResourceWithId)
    expect(await undo(server, 'amina', other)).toMatchObject([{ done: false, why: 'in-use' }])
  })

  test('a case that goes on after a pause is not undone', async () => {
    const server = await started()
    const [made] = await decide(server, 'amina', takeOn('one'))
    const path = `EpisodeOfCare/${made?.case}`
    for (const [version, status] of [
      [1, 'onhold'],
      [2, 'active'],
    ] as const) {
      const found = await read<ResourceWithId>(server, path)
      await put(server, 'amina', { ...found, status } as ResourceWithId, version)
    }
    const asked = { id: 'one', case: made?.case ?? '', version: '3' }
    expect(await decide(server, 'amina', { decision: 'undo', people: [asked] })).toMatchObject([
      { done: false, why: 'not-standing' },
    ])
  })
})
