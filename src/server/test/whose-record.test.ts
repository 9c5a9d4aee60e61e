import type { Bundle, Communication } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { assignPatients } from '#server/store/data-migrations/assign-patients.ts'
import type { Sql } from '#server/store/sql.ts'
import { because, between } from '#test-support/access/access-labels.ts'
import {
  brook,
  nhs,
  patient,
  relationsServer,
  to,
  tom,
} from '#test-support/access/relations-server.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, goal, grace, message, standing } from '#test-support/worlds/grace-records.ts'

const at = new Date('2026-03-02T09:00:00Z')
const her = {
  ...{ resourceType: 'Patient' as const, id: graceId, name: [{ family: 'Okafor' }] },
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}
const bee = { resourceType: 'Patient' as const, id: 'bee', name: [{ family: 'Bee' }] }
const reading = (id: string, subject: { reference: string }) => ({
  ...{ resourceType: 'Observation' as const, id, status: 'final' as const, subject },
  code: { text: 'Weight' },
})
const device = { resourceType: 'Device', id: 'd', status: 'active', type: { text: 'Pacemaker' } }

/** Types outside the Patient compartment that still reference a person. */
const outside: readonly object[] = [
  { ...device, patient: grace },
  { resourceType: 'GuidanceResponse', id: 'g', status: 'success', moduleUri: 'x', subject: grace },
  { resourceType: 'Contract', id: 'c', subject: [grace] },
  {
    ...{ resourceType: 'Linkage', id: 'l' },
    item: [{ type: 'source', resource: grace }],
  },
  {
    ...{ resourceType: 'BiologicallyDerivedProduct', id: 'b' },
    collection: { source: grace },
  },
]

eachStore('The owner of a record', (open) => {
  const started = async () => {
    const { sql } = await open()
    const server = await openHandler({ sql, now: at })
    const records = [...standing, her, bee, reading('hers', grace)]
    await server.seed([...records, reading('bees', { reference: 'Patient/bee' })] as never)
    const status = async (who: string, path: string) =>
      (await (await server.as(who))(`/fhir/${path}`)).status
    return { ...server, sql, status }
  }
  const people = async (sql: Sql, table: string) =>
    (
      await sql.query<{ person: string | null }>(`select person from ${table} order by person`)
    ).rows.map((row) => row.person)

  test('a record outside the Patient compartment that names a person belongs to the person', async () => {
    const server = await started()
    const amina = await server.as('amina')
    for (const record of outside as readonly ResourceWithId[]) {
      const path = `${record.resourceType}/${record.id}`
      const kept = await amina(`/fhir/${path}`, { method: 'PUT', json: record })
      expect([path, kept.status]).toEqual([path, 201])
      const answers = await Promise.all(
        ['stranger', 'chidi', 'ruth', 'amina', 'grace'].map((who) => server.status(who, path)),
      )
      expect([path, ...answers]).toEqual([path, 404, 404, 404, 200, 200])
      const found = await (await server.as('stranger'))(
        `/fhir/${record.resourceType}?_total=accurate`,
      )
      expect(await found.json()).toMatchObject({ total: 0 })
      const { rows } = await server.sql.query('select person from resource where rt = $1', [
        record.resourceType,
      ])
      expect(rows).toEqual([{ person: graceId }])
    }
  })

  test.each([
    [{ ...device, patient: { display: 'Grace Okafor' } }, 422],
    [{ ...device, patient: { reference: 'Patient/bee' } }, 404],
    [{ ...device }, 403],
    [
      {
        ...{ resourceType: 'Linkage', id: 'l' },
        item: [grace, { reference: 'Patient/bee' }].map((resource) => ({
          type: 'source',
          resource,
        })),
      },
      404,
    ],
    [
      {
        ...{ resourceType: 'PractitionerRole', id: 'r', practitioner: amina },
        extension: [{ url: 'https://gable.example/fhir/about', valueReference: grace }],
      },
      403,
    ],
    [
      {
        ...{ resourceType: 'Provenance', id: 'p', recorded: '2026-03-02T09:00:00Z' },
        ...{
          target: [{ reference: 'Observation/hers/Observation/bees' }],
          agent: [{ who: amina }],
        },
      },
      422,
    ],
  ])('%j written by a professional with access: %i', async (record, status) => {
    const server = await started()
    const path = `/fhir/${record.resourceType}/${record.id}`
    const answer = await (await server.as('amina'))(path, { method: 'PUT', json: record })
    expect(answer.status).toBe(status)
  })

  test('only an administrator could assign an organisation’s record to a person', async () => {
    const server = await started()
    const surgery = {
      ...{ resourceType: 'Organization', id: 'brook-surgery', name: 'Brook Surgery' },
      extension: [{ url: 'https://gable.example/fhir/about', valueReference: grace }],
    }
    const put = async (who: string) =>
      await (await server.as(who))('/fhir/Organization/brook-surgery', {
        ...{ method: 'PUT', headers: { 'If-Match': 'W/"1"' }, json: surgery },
      })
    expect((await put('amina')).status).toBe(403)
    expect((await put('admin')).status).toBe(422)
    await (await server.as('amina'))('/fhir/$import', { method: 'POST', json: surgery })
    expect(await server.status('stranger', 'Organization/brook-surgery')).toBe(200)
  })

  test('the body of a GET entry does not decide who owns a record', async () => {
    const server = await started()
    const answer = await (await server.as('amina'))('/fhir', {
      method: 'POST',
      json: {
        ...{ resourceType: 'Bundle', type: 'transaction' },
        entry: [
          {
            request: { method: 'PUT', url: 'Provenance/p' },
            resource: {
              ...{ resourceType: 'Provenance', id: 'p', recorded: '2026-03-02T09:00:00Z' },
              ...{ target: [{ reference: 'Observation/bees' }], agent: [{ who: amina }] },
            },
          },
          {
            request: { method: 'GET', url: 'Observation/bees/$validate?mode=delete' },
            resource: reading('bees', grace),
          },
        ],
      },
    })
    expect(answer.status).toBe(422)
  })

  test('rows of the previous version are assigned to the person, with all their index rows', async () => {
    const { sql, store, status } = await started()
    const write = async (more: object) =>
      await store.write({
        resource: { ...device, ...more } as unknown as ResourceWithId,
        expect: 'anything',
      })
    await write({ id: 'd', patient: grace })
    await write({ id: 'd', patient: grace, status: 'inactive' })
    await write({ id: 'gone', patient: grace })
    await store.remove('Device', 'gone', 'anything')
    await write({ id: 'of-the-house' })
    const tables = ['resource', 'history', 'change'].map((each) => `${each} where rt = 'Device'`)
    const found = ['sp', 'link'].map(
      (each) => `${each} where rid in (select rid from resource where rt = 'Device' and id = 'd')`,
    )
    const before = await Promise.all([...tables, ...found].map((each) => people(sql, each)))
    for (const table of tables)
      await sql.query(`update ${table.replace(' where', ' set person = null where')}`)
    for (const table of found)
      await sql.query(`update ${table.replace(' where', ' set person = null where')}`)
    expect(await status('stranger', 'Device/d')).toBe(200)
    await assignPatients(sql)
    expect(await Promise.all([...tables, ...found].map((each) => people(sql, each)))).toEqual(
      before,
    )
    expect(await status('stranger', 'Device/d')).toBe(404)
    expect(await status('stranger', 'Device/gone')).toBe(404)
    expect(await status('stranger', 'Device/of-the-house')).toBe(200)
  })
})

const herNumber = { identifier: { system: nhs, value: '999 100 1018' } }
const namedBy: readonly (readonly [string, object, object])[] = [
  ['the person’s number', herNumber, {}],
  ['the person’s number without a system', { identifier: { value: '9991001018' } }, {}],
  ['a number of a person', { type: 'Patient', identifier: { system: 'x', value: '1' } }, {}],
  ['the person’s number with the type of staff', { type: 'Practitioner', ...herNumber }, {}],
  [
    'the person’s number under another system',
    { identifier: { system: 'urn:x', value: '9991001018' } },
    {},
  ],
  ['the person’s number in a URN', to('urn:nhs:9991001018'), {}],
  ['the person’s number beside an unknown URN', { ...to('urn:oid:1.2.3'), ...herNumber }, {}],
  ['a reference with a fragment', to(`Patient/${graceId}#name`), {}],
  ['a search URL of another server', to('https://elsewhere.example/Patient?name=Grace'), {}],
  ['a conditional reference to the person', to(`Patient?identifier=${nhs}|9991001018`), {}],
  [
    'an absolute reference to another server',
    to(`https://elsewhere.example/Patient/${graceId}/_history/1`),
    {},
  ],
  [
    'a contained copy of the person',
    to('#her'),
    { contained: [{ resourceType: 'Patient', id: 'her' }] },
  ],
]

eachStore('A person named by number', (open) => {
  const started = async (...records: readonly object[]) =>
    await relationsServer(await open(), ...records)
  const note = (recipient: object, more: object = {}) => ({
    ...{ ...message(amina), id: 'note', sent: '2026-03-02T09:00:00Z' },
    ...{ recipient: [recipient], ...more },
  })
  const secret = { meta: { security: [because(between)] } }

  test.each(namedBy)('sees the message, and it cannot be hidden: %s', async (_, her, more) => {
    const server = await started()
    const hidden = note(her, { ...secret, ...more })
    expect(await server.put('amina', hidden)).toBe(403)
    expect(await server.importAs('amina', hidden)).toContain('cannot be hidden from them')
    expect(await server.put('amina', note(her, more))).toBe(201)
    expect(await server.put('amina', hidden, 1)).toBe(403)
    expect(await server.reads('grace', 'Communication/note')).toBe(200)
  })

  const nextOfKin = { type: 'RelatedPerson', identifier: { system: nhs, value: '9991001026' } }

  test('gets a reference to the matching record, by every route', async () => {
    const server = await started()
    const numbered = {
      ...{ ...note(herNumber), recipient: [herNumber, nextOfKin, { display: 'Her sister' }] },
    }
    const { id: _, subject: __, ...bare } = numbered
    const entry = [
      {
        resource: { ...bare, subject: { ...herNumber, display: 'Grace' } },
        request: { method: 'PUT', url: 'Communication?identifier=n1' },
      },
    ]
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry }
    const sent = await server.send('amina', '', { method: 'POST', json: bundle })
    const path = ((await sent.json()) as Bundle).entry?.[0]?.response?.location
    expect(await server.put('amina', numbered)).toBe(201)
    await server.importAs('amina', { ...numbered, id: 'brought', subject: herNumber })
    for (const one of [path, 'Communication/note', 'Communication/brought']) {
      const kept = (await (await server.send('grace', `/${one}`)).json()) as Communication
      expect(kept.subject?.reference).toBe(grace.reference)
      expect(kept.recipient?.map(({ reference }) => reference)).toEqual([
        ...[grace.reference, 'RelatedPerson/r-8b51e604', undefined],
      ])
    }
  })

  test('is the author: a goal by number is stored as written down for the person', async () => {
    const server = await started()
    expect(await server.put('amina', goal(herNumber as never))).toBe(201)
    const kept = await (await server.send('grace', '/Goal/goal-1')).json()
    expect(kept.expressedBy.reference).toBe(grace.reference)
    expect(JSON.stringify(kept.extension)).toContain(amina.reference)
  })

  test('is refused when nobody within access has the number, or two people have', async () => {
    const twin = { resourceType: 'Patient', id: 'twin', identifier: patient.identifier }
    const ended = [{ system: nhs, value: '9434765919', period: { end: '2020-01-01' } }]
    const gone = { resourceType: 'Patient', id: 'gone', identifier: ended }
    const server = await started(
      { ...twin, generalPractitioner: [brook] },
      { ...gone, generalPractitioner: [brook] },
    )
    const unnamed = { ...note(tom), subject: herNumber }
    expect(await server.put('stranger', unnamed)).toBe(422)
    const several = await server.send('amina', '/Communication/note', {
      ...{ method: 'PUT', json: unnamed },
    })
    expect([several.status, await several.text()]).toEqual([
      ...[422, expect.stringContaining('More than one person has the number')],
    ])
    const nobody = { ...unnamed, subject: { identifier: { system: nhs, value: '9434765919' } } }
    expect(await server.put('amina', nobody), 'nobody has it any more').toBe(422)
    const toAnother = { ...nobody, recipient: [to(`Patient/${graceId}`)] }
    expect(await server.put('amina', toAnother)).toBe(422)
    const outcome = await server.importAs(
      'amina',
      { ...toAnother, id: 'b1' },
      { ...note(tom), id: 'b2' },
    )
    expect(outcome).toContain('You have no access to a person with the number')
    expect(await server.reads('grace', 'Communication/b2')).toBe(200)
  })

  test('may be created in the same transaction', async () => {
    const server = await started()
    const identifier = [{ system: nhs, value: '9434765919' }]
    const resources = [
      { ...note(tom), id: 'n1', subject: { identifier: identifier[0] } },
      { resourceType: 'Patient', id: 'newcomer', identifier, generalPractitioner: [brook] },
    ]
    const entry = resources.map((resource) => ({
      ...{ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } },
    }))
    const json = { resourceType: 'Bundle', type: 'transaction', entry }
    expect((await server.send('amina', '', { method: 'POST', json })).status).toBe(200)
    const kept = await (await server.send('amina', '/Communication/n1')).json()
    expect(kept.subject.reference).toBe('Patient/newcomer')
  })
})
