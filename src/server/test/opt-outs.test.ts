import type { Consent, Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { chidiId, graceId } from '#demo-data/identities.ts'
import { foundPeople } from '#domain/case/find-people.ts'
import { measuresParameters } from '#domain/case/measures.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { OptOutKind } from '#domain/opt-out/is-opt-out.ts'
import { optOutIdFor, optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { endedElsewhere } from '#test-support/worlds/ended-elsewhere.ts'
import { amina, share, standing } from '#test-support/worlds/grace-records.ts'
import { graceTeam, openCase, putRecord } from '#test-support/worlds/worse-records.ts'

const now = new Date('2026-03-02T09:00:00Z')
const snomed = 'http://snomed.info/sct'
const gp = [{ reference: 'Organization/brook-surgery' }]

const condition = (person: string) => ({
  ...{ resourceType: 'Condition', id: `frail-${person}` },
  subject: { reference: `Patient/${person}` },
  code: { coding: [{ system: snomed, code: '84114007' }] },
})
const neighbour = (id: string) => [
  {
    ...{ resourceType: 'Patient', id, birthDate: '1944-01-01', generalPractitioner: gp },
    name: [{ family: `Neighbour${id}`, given: ['Zoë'] }],
  },
  condition(id),
]
const no = (kind: OptOutKind, person = graceId) => optOutToFhir({ person, kind, stands: true })
const yes = (kind: OptOutKind) => optOutToFhir({ person: graceId, kind, stands: false })
const told = (record: Consent & { id: string }, how = 'phone') => ({
  ...record,
  extension: [{ url: 'https://gable.example/fhir/told-how', valueCode: how }],
})
const newCase = (more: object = {}) => ({
  ...{ ...openCase, id: 'case-new', period: { start: '2026-03-01' } },
  ...more,
})

eachStore('Saying no', (open) => {
  async function started(more: readonly object[] = [openCase, graceTeam]): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    const records = [
      ...standing,
      condition(graceId),
      share(['me', 'roof', 'record'], ['read']),
      ...more,
    ]
    await server.seed(records as ResourceWithId[], 'brook-surgery')
    return server
  }

  async function found(server: OpenHandler, asked: readonly ParametersParameter[] = []) {
    const call = await server.as('amina')
    const json = { resourceType: 'Parameters', parameter: asked }
    const answer = await call('/fhir/Patient/$find-people', { method: 'POST', json })
    const { people, total, saidNo } = foundPeople.read((await answer.json()) as Parameters)
    return { ids: people.map(({ id }) => id), total, saidNo, people }
  }

  const known = { name: 'known', valueString: 'all' }
  const searches: readonly ParametersParameter[][] = [
    [known],
    [{ name: 'text', valueString: 'Grace Okafor' }],
    [{ name: 'text', valueString: '999 100 1018' }],
    [known, { name: 'order', valueString: 'suggested' }],
    [known, { name: 'unscored', valueBoolean: true }],
  ]

  test('to being looked for takes a person out of every list until they take it back, and only the number is told', async () => {
    const server = await started()
    expect((await found(server, [known])).ids).toContain(graceId)
    const grace = await server.as('grace')
    expect((await putRecord(grace, no('finding'))).status).toBe(201)
    for (const asked of searches) {
      const answer = await found(server, asked)
      expect(answer.ids, JSON.stringify(asked)).not.toContain(graceId)
      expect(answer.saidNo).toEqual({ fewerThan: 5 })
    }
    expect((await putRecord(grace, yes('finding'), 1)).status).toBe(200)
    expect((await found(server, [known])).ids).toContain(graceId)
    const history = await (await grace(`/fhir/Consent/${no('finding').id}/_history`)).json()
    expect(history.entry).toHaveLength(2)
  })

  test('is counted in fives, and the same whatever is asked', async () => {
    const ids = ['one', 'two', 'three', 'four', 'five', 'six']
    const records = ids.flatMap((id) => [...neighbour(id), no('finding', id)])
    const server = await started([...records, ...neighbour('seven')])
    const asked = [[known], [{ name: 'text', valueString: 'Neighbourseven' }]]
    for (const each of asked) expect((await found(server, each)).saidNo).toEqual({ count: 5 })
    expect((await found(server)).ids).toContain('seven')
  })

  test('to planning leaves a person in the lists for care, and out of the numbers', async () => {
    const records = ['a', 'b', 'c', 'd', 'e'].flatMap((id) => [
      ...neighbour(id),
      { ...openCase, id: `case-${id}`, patient: { reference: `Patient/${id}` } },
    ])
    const server = await started([openCase, graceTeam, ...records])
    const numbers = async () => {
      const call = await server.as('ruth')
      return measuresParameters.read((await (await call('/fhir/$measures')).json()) as Parameters)
    }
    expect(await numbers()).toMatchObject({ open: { count: 5 }, leftOut: { fewerThan: 5 } })
    for (const id of ['a', 'b', 'c', 'd', 'e']) await server.seed([no('planning', id)])
    expect(await numbers()).toMatchObject({ open: { fewerThan: 5 }, leftOut: { count: 5 } })
    expect((await found(server, [known])).ids).toContain('a')
  })

  test('to case management keeps anybody from taking the person on, in every way, until they take it back', async () => {
    const server = await started([graceTeam])
    const grace = await server.as('grace')
    const nurse = await server.as('amina')
    expect((await putRecord(grace, no('case'))).status).toBe(201)
    const refused = await putRecord(nurse, newCase())
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('said no to case management')
    const transaction = {
      ...{ resourceType: 'Bundle', type: 'transaction' },
      entry: [{ resource: newCase(), request: { method: 'PUT', url: 'EpisodeOfCare/case-new' } }],
    }
    expect((await nurse('/fhir', { method: 'POST', json: transaction })).status).toBe(422)
    const file = { ...transaction, type: 'collection' }
    const imported = await nurse('/fhir/$import', { method: 'POST', json: file })
    expect(await imported.text()).toContain('said no to case management')
    // that nobody takes the person on can still be written down
    expect((await putRecord(nurse, newCase({ status: 'cancelled' }))).status).toBe(201)
    expect((await putRecord(nurse, newCase(), 1)).status).toBe(422)
    expect((await putRecord(nurse, told(yes('case')), 1)).status).toBe(403)
    expect((await putRecord(grace, yes('case'), 1)).status).toBe(200)
    expect((await putRecord(nurse, newCase(), 1)).status).toBe(200)
  })

  test('to case management does not end a case that runs, but a paused one does not go on', async () => {
    const server = await started()
    const nurse = await server.as('amina')
    expect((await putRecord(await server.as('grace'), no('case'))).status).toBe(201)
    expect((await putRecord(nurse, { ...openCase, status: 'onhold' }, 1)).status).toBe(200)
    expect((await putRecord(nurse, openCase, 2)).status).toBe(422)
    expect((await putRecord(nurse, { ...openCase, ...endedElsewhere }, 2)).status).toBe(200)
  })

  test('is written down by a professional who says how they were told, in the professional’s name, and taken back so', async () => {
    const server = await started()
    const nurse = await server.as('amina')
    expect((await putRecord(nurse, no('case'))).status).toBe(422)
    expect((await putRecord(nurse, told(no('case'), 'elsewhere'))).status).toBe(422)
    const forged = told({ ...no('case'), dateTime: '2020-01-01' })
    expect((await putRecord(nurse, forged)).status).toBe(201)
    const kept = (await (await nurse(`/fhir/Consent/${forged.id}`)).json()) as Consent
    expect(kept.dateTime).toBe(now.toISOString())
    expect(kept.extension).toContainEqual({
      url: 'https://gable.example/fhir/supported-by',
      valueReference: { reference: amina.reference, display: 'Amina Yusuf' },
    })
    expect((await putRecord(nurse, told(yes('case')), 1)).status).toBe(200)
  })

  test('said by the person is taken back by nobody else, in no way', async () => {
    const server = await started()
    const record = no('finding')
    expect((await putRecord(await server.as('grace'), record)).status).toBe(201)
    for (const who of ['amina', 'admin']) {
      const call = await server.as(who)
      for (const status of ['inactive', 'entered-in-error', 'rejected'])
        expect(
          (await putRecord(call, told({ ...record, status } as Consent & { id: string }), 1))
            .status,
          `${who} ${status}`,
        ).toBe(403)
      const other = { ...record, category: no('case').category }
      expect((await putRecord(call, told(other), 1)).status).toBe(422)
      expect((await call(`/fhir/Consent/${record.id}`, { method: 'DELETE' })).status).toBe(403)
    }
    // a professional who writes the same down again changes nothing
    expect((await putRecord(await server.as('amina'), told(record), 1)).status).toBe(200)
    expect((await putRecord(await server.as('amina'), told(yes('finding')), 2)).status).toBe(403)
  })

  test('is between the person and professionals: no carer reads or says it', async () => {
    const server = await started()
    await putRecord(await server.as('grace'), no('finding'))
    const path = `/fhir/Consent/${no('finding').id}`
    for (const who of ['amina', 'karen', 'grace'])
      expect((await (await server.as(who))(path)).status, who).toBe(200)
    for (const who of ['chidi', 'stranger', 'ruth'])
      expect((await (await server.as(who))(path)).status, who).toBe(404)
    for (const who of ['chidi', 'stranger', 'ruth'])
      expect((await putRecord(await server.as(who), told(no('case')))).status, who).not.toBe(201)
  })

  test.each<[string, object, number]>([
    ['opens a room', { provision: { type: 'permit', class: [{ code: 'me' }] } }, 403],
    [
      'says no for a time only',
      { provision: { type: 'deny', period: { end: '2027-01-01' } } },
      422,
    ],
    [
      'says no to two things',
      { category: [no('case'), no('finding')].flatMap(({ category }) => category) },
      422,
    ],
    ['waits for somebody', { status: 'proposed' }, 422],
    ['begins as taken back', { status: 'inactive' }, 422],
    ['is somebody else’s word', { performer: [{ reference: 'RelatedPerson/chidi' }] }, 422],
  ])('a Consent of this kind is refused if it %s', async (_title, more, status) => {
    const server = await started()
    const sent = told({ ...no('case'), ...more })
    expect((await putRecord(await server.as('amina'), sent)).status).toBe(status)
  })

  test('is taken from another system, and can be taken back here; a file changes nothing that was said here', async () => {
    const server = await started()
    const nurse = await server.as('amina')
    const bring = async (...records: readonly object[]) =>
      await (
        await nurse('/fhir/$import', {
          method: 'POST',
          json: {
            ...{ resourceType: 'Bundle', type: 'collection' },
            entry: records.map((resource) => ({ resource })),
          },
        })
      ).text()
    const sent = { ...no('finding'), id: 'from-the-spine', dateTime: '2025-06-01' }
    await bring(sent)
    expect((await found(server, [known])).ids).not.toContain(graceId)
    const kept = (await (await nurse('/fhir/Consent/from-the-spine')).json()) as Consent
    expect(kept).toMatchObject({ status: 'active', dateTime: '2025-06-01' })
    expect(JSON.stringify(kept.extension)).toContain('elsewhere')
    expect(await bring({ ...sent, category: [{ text: 'x' }] })).toContain(
      'not changed by an import',
    )
    const back = { ...told(yes('finding')), id: 'from-the-spine' }
    expect((await putRecord(nurse, back, 1)).status).toBe(200)
    expect((await found(server, [known])).ids).toContain(graceId)
    const undated = { ...no('case'), id: 'spine-case' }
    await bring(undated)
    await bring(undated)
    const once = (await (await nurse('/fhir/Consent/spine-case')).json()) as Consent
    expect(once.meta?.versionId, 'the same once more is no change').toBe('1')
    await putRecord(await server.as('grace'), no('planning'))
    expect(await bring(yes('planning'))).toContain('not changed by an import')
    expect(await bring({ ...no('case'), status: 'proposed' })).toContain('counts at once')
  })

  test('and a case in the same file: nobody is taken on', async () => {
    const server = await started([])
    const entry = [no('case'), newCase()].map((resource) => ({ resource }))
    const json = { resourceType: 'Bundle', type: 'collection', entry }
    const call = await server.as('amina')
    const answer = await call('/fhir/$import', { method: 'POST', json })
    expect(await answer.text()).toContain('The same file says that this person said no to a case')
    expect((await call('/fhir/EpisodeOfCare/case-new')).status).toBe(404)
  })

  test('becomes the person’s own when they say themselves what was written down for them', async () => {
    const server = await started()
    const nurse = await server.as('amina')
    expect((await putRecord(nurse, told(no('finding')))).status).toBe(201)
    expect((await putRecord(await server.as('grace'), no('finding'), 1)).status).toBe(200)
    expect((await putRecord(nurse, told(yes('finding')), 2)).status, 'only she now').toBe(403)
  })

  test('never stands in the place of what a person shares', async () => {
    const son = { resourceType: 'RelatedPerson', id: chidiId, active: true }
    const server = await started([{ ...son, patient: { reference: `Patient/${graceId}` } }])
    const nurse = await server.as('amina')
    for (const id of [`share-${chidiId}`, `carer-record-${graceId}`])
      expect((await putRecord(nurse, { ...told(no('planning')), id })).status, id).toBe(422)
  })

  test('has a place that no other record and no other person takes', async () => {
    const server = await started(neighbour('two'))
    const nurse = await server.as('amina')
    const place = told(no('case'))
    for (const taking of [
      { ...place, category: [{ text: 'x' }] },
      { ...told(no('finding')), id: place.id },
      { ...told(no('case', 'two')), id: place.id },
    ])
      expect((await putRecord(nurse, taking as typeof place)).status).toBe(422)
    expect((await putRecord(nurse, place)).status).toBe(201)
  })

  test('counts in both records when two were joined', async () => {
    const old = {
      ...neighbour('old')[0],
      link: [{ type: 'replaced-by', other: { reference: `Patient/${graceId}` } }],
    }
    const [patient] = standing.filter(
      ({ resourceType, id }) => resourceType === 'Patient' && id === graceId,
    )
    const joined = { ...patient, link: [{ type: 'replaces', other: { reference: 'Patient/old' } }] }
    const server = await started([old, joined, no('finding', 'old')])
    expect((await found(server, [known])).ids).not.toContain(graceId)
    expect(optOutIdFor('old', 'finding')).toBe('opt-out-finding-old')
  })
})
