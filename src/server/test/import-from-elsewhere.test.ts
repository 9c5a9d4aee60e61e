import type { Condition } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { nhsNumberSystem, odsCodeSystem } from '#domain/fhir/codes.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  bringIn,
  bundleOf,
  comingPatient,
  coughOf,
  countsOf,
  openForImport,
  reasonsOf,
} from '#test-support/worlds/import-answer.ts'

eachStore('An import from another system', (open) => {
  test('refuses a bad record of a transaction by name, and imports the rest', async () => {
    const { amina } = await openForImport(open)
    const context = {
      resourceType: 'Encounter',
      id: 'e',
      status: 'finished',
      class: { code: 'AMB' },
    }
    const body = bundleOf('transaction', [
      comingPatient('p1'),
      coughOf('c1', 'Patient/p1'),
      context,
    ])
    const { answer } = await bringIn(amina, body)
    expect(countsOf(answer)).toMatchObject({ created: 2, refused: 1 })
    expect(reasonsOf(answer)).toEqual([
      'It does not say which person it is about, and no record of a single person here refers to it',
    ])
    expect((await amina('/fhir/Condition/c1')).status).toBe(200)
  })

  test('knows whose a record is by a number that has ended elsewhere, as a single record does', async () => {
    const { amina, seed } = await openForImport(open)
    const number = { system: nhsNumberSystem, value: '9991001018' }
    const bearer = (id: string, more: object) => ({
      ...comingPatient(id),
      ...{ generalPractitioner: [{ reference: 'Organization/brook-surgery' }] },
      identifier: [{ ...number, ...more }],
    })
    await seed([
      bearer('before', { period: { end: '2020-01-01' } }),
      bearer('earlier', { period: { end: '2019-01-01' } }),
      bearer('now', {}),
    ] as never)
    const { subject: _, ...cough } = coughOf('c1', 'Patient/now') as Record<string, unknown>
    const numbered = { ...cough, subject: { identifier: number } }
    const { answer } = await bringIn(amina, bundleOf('transaction', [numbered]))
    expect(reasonsOf(answer)).toEqual([])
    const kept = (await (await amina('/fhir/Condition/c1')).json()) as Condition
    expect(kept.subject.reference).toBe('Patient/now')
  })

  test('refuses the records of a person whose own record is refused', async () => {
    const { amina } = await openForImport(open)
    const body = bundleOf('transaction', [
      { ...comingPatient('p1'), birthDate: '1940-02-30' },
      coughOf('c1', 'Patient/p1'),
      { ...comingPatient('p2'), colour: 'red' },
      coughOf('c2', 'Patient/p2'),
      comingPatient('p3'),
    ])
    const { answer } = await bringIn(amina, body)
    expect(countsOf(answer)).toMatchObject({ created: 1, refused: 4 })
    expect(reasonsOf(answer)).toEqual([
      'Patient.birthDate names a day that does not exist',
      'Patient/p1 is not in this import, and you have no access to such a record',
      'Patient.colour is not an element of this type',
      'Patient/p2 is not in this import, and you have no access to such a record',
    ])
  })

  test('changes no hours of a practice that is here, gives a care home no number, and tells residents of a change', async () => {
    const { amina, as, seed } = await openForImport(open)
    await seed([{ resourceType: 'Organization', id: 'brook-surgery', name: 'Brook' }])
    const service = (id: string, organisation: string) => ({
      ...{ resourceType: 'HealthcareService', id },
      providedBy: { reference: `Organization/${organisation}` },
      availableTime: [{ allDay: true }],
    })
    const home = {
      ...{ resourceType: 'Organization', id: 'home-1', name: 'Elmhurst', active: true },
      type: [{ coding: [{ system: 'https://gable.example/codes', code: 'care-home' }] }],
    }
    const named = { ...home, identifier: [{ system: odsCodeSystem, value: 'X1' }] }
    const { answer } = await bringIn(
      amina,
      bundleOf('transaction', [
        comingPatient('p1'),
        ...[service('s1', 'brook-surgery'), service('s2', 'their-clinic'), named],
        { resourceType: 'Organization', id: 'their-clinic', name: 'Their clinic' },
      ]),
    )
    expect(reasonsOf(answer)).toEqual([
      'An administrator records what services Organization/brook-surgery has, and when they answer. That cannot be imported',
      'Only an administrator gives a care home its identifiers. They cannot be imported',
    ])
    expect(countsOf(answer)).toMatchObject({ created: 3, refused: 2 })
    const admin = await as('admin')
    const resident = {
      ...comingPatient('p1'),
      contact: [
        {
          relationship: home.type,
          organization: { reference: 'Organization/home-1', display: 'Elmhurst' },
        },
      ],
    }
    for (const some of [
      [home],
      [resident],
      [{ ...home, telecom: [{ system: 'phone', value: '01632 960180' }] }],
    ])
      await bringIn(admin, bundleOf('transaction', some))
    const news = await (await amina('/fhir/Provenance?patient=p1')).text()
    expect(news).toContain('was not recorded, is now 01632 960180')
  })

  const notesOf = (answer: Awaited<ReturnType<typeof bringIn>>['answer']) =>
    (answer.parameter ?? [])
      .filter((each) => each.name === 'noted')
      .map((each) => each.part?.find((one) => one.name === 'note')?.valueString)

  test('keeps references to records that are not here, and reports them', async () => {
    const { amina } = await openForImport(open)
    const { answer } = await bringIn(
      amina,
      bundleOf('transaction', [
        {
          ...comingPatient('p1'),
          link: [{ other: { reference: 'Patient/old' }, type: 'replaces' }],
        },
        { ...coughOf('c1', 'Patient/p1'), asserter: { reference: 'Patient/mother' } },
        { ...coughOf('c2', 'Patient/p1'), encounter: { reference: 'urn:uuid:nowhere' } },
      ]),
    )
    expect(countsOf(answer)).toMatchObject({ created: 3, refused: 0 })
    expect(notesOf(answer)).toEqual([
      'It refers to Patient/old, which you cannot find here: the link is kept as it is',
      'It refers to Patient/mother, which you cannot find here: the link is kept as it is',
      'The bundle has no entry urn:uuid:nowhere: the link is kept as it is',
    ])
    const kept = await (await amina('/fhir/Condition/c1')).json()
    expect(kept.asserter).toEqual({ reference: 'Patient/mother' })
  })

  test('refuses a task, message or team that names an unknown person', async () => {
    const { amina } = await openForImport(open)
    const other = { reference: 'Patient/unknown' }
    const { answer } = await bringIn(
      amina,
      bundleOf('collection', [
        comingPatient('p1'),
        {
          resourceType: 'Task',
          id: 't',
          status: 'requested',
          intent: 'order',
          for: { reference: 'Patient/p1' },
          owner: other,
        },
        {
          resourceType: 'CareTeam',
          id: 'ct',
          subject: { reference: 'Patient/p1' },
          participant: [{ member: other }],
        },
        {
          resourceType: 'Communication',
          id: 'm',
          status: 'completed',
          subject: { reference: 'Patient/p1' },
          recipient: [other],
        },
      ]),
    )
    expect(countsOf(answer)).toMatchObject({ created: 1, refused: 3 })
  })

  test('finds the person of a record by number alone, in the bundle or here', async () => {
    const { amina } = await openForImport(open)
    const identifier = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990012210' }
    const flag = (id: string) => ({
      ...{ resourceType: 'Flag', id, status: 'active', code: { text: 'Dog bites' } },
      subject: { identifier },
    })
    const first = bundleOf('collection', [
      { ...comingPatient('p1'), identifier: [identifier] },
      flag('f1'),
    ])
    expect(countsOf((await bringIn(amina, first)).answer)).toMatchObject({ created: 2, refused: 0 })
    const { answer } = await bringIn(amina, bundleOf('collection', [flag('f2')]))
    expect(countsOf(answer)).toMatchObject({ created: 1, refused: 0 })
    expect((await (await amina('/fhir/Flag/f2')).json()).subject).toEqual({
      ...{ identifier, reference: 'Patient/p1' },
    })
    const nobody = {
      ...flag('f3'),
      subject: { identifier: { ...identifier, value: '9990012229' } },
    }
    expect(countsOf((await bringIn(amina, bundleOf('collection', [nobody]))).answer)).toMatchObject(
      {
        refused: 1,
      },
    )
  })

  test('links no record by a number that two people of the bundle have', async () => {
    const { amina } = await openForImport(open)
    const identifier = { system: 'urn:local', value: '1' }
    const { answer } = await bringIn(
      amina,
      bundleOf('collection', [
        { ...comingPatient('p1'), identifier: [identifier] },
        { ...comingPatient('p2'), identifier: [identifier] },
        { ...coughOf('c', ''), subject: { identifier } },
      ]),
    )
    expect(countsOf(answer)).toMatchObject({ created: 2, refused: 1 })
  })

  test('assigns a letter, visit or team without a subject to the one person whose records refer to it', async () => {
    const { amina, as, seed } = await openForImport(open)
    await seed([{ resourceType: 'Organization', id: 'brook-surgery', name: 'Brook' }])
    const { answer } = await bringIn(
      amina,
      bundleOf('collection', [
        comingPatient('p1'),
        { resourceType: 'Binary', id: 'b', contentType: 'text/plain', data: 'aGVsbG8=' },
        { resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' } },
        {
          ...{ resourceType: 'DocumentReference', id: 'd', status: 'current' },
          subject: { reference: 'Patient/p1' },
          content: [{ attachment: { url: 'Binary/b' } }],
          context: { encounter: [{ reference: 'Encounter/e' }] },
        },
      ]),
    )
    expect(countsOf(answer)).toMatchObject({ created: 4, refused: 0 })
    expect(notesOf(answer)).toHaveLength(2)
    const letter = await amina('/fhir/Binary/b')
    expect(letter.headers.get('content-type')).toContain('application/fhir+json')
    expect(await letter.json()).toMatchObject({ data: 'aGVsbG8=' })
    expect((await (await as('stranger'))('/fhir/Binary/b')).status).toBe(404)
  })

  test.each(['document', 'message', 'history', 'searchset', 'batch'])(
    'accepts a bundle of the type %s',
    async (type) => {
      const { amina } = await openForImport(open)
      const { answer } = await bringIn(
        amina,
        bundleOf(type, [comingPatient('p1'), coughOf('c', 'Patient/p1')]),
      )
      expect(countsOf(answer)).toMatchObject({ created: 2, refused: 0 })
    },
  )

  test('links a document without ids by the fullUrls of its entries', async () => {
    const { amina } = await openForImport(open)
    const urn = (end: number) => `urn:uuid:b8a1f5f0-0000-4000-8000-00000000000${end}`
    const composition = {
      ...{ resourceType: 'Composition', status: 'final', date: '2019-01-01', title: 'Summary' },
      type: { coding: [{ system: 'http://loinc.org', code: '60591-5' }] },
      subject: { reference: urn(3) },
      author: [{ display: 'A surgery' }],
    }
    const { id: _, ...nameless } = comingPatient('p1')
    const body = JSON.stringify({
      ...{ resourceType: 'Bundle', type: 'document' },
      entry: [
        { fullUrl: urn(2), resource: composition },
        { fullUrl: urn(3), resource: nameless },
      ],
    })
    expect(countsOf((await bringIn(amina, body)).answer)).toMatchObject({ created: 2, refused: 0 })
  })

  test('takes the latest version from a history, and leaves out what was deleted there', async () => {
    const { amina } = await openForImport(open)
    const version = (text: string, lastUpdated: string) => ({
      resource: { ...coughOf('c1', 'Patient/p1'), code: { text }, meta: { lastUpdated } },
    })
    const body = JSON.stringify({
      ...{ resourceType: 'Bundle', type: 'history' },
      entry: [
        { resource: comingPatient('p1') },
        version('Old', '2019-01-01T00:00:00Z'),
        version('New', '2019-03-01T00:00:00Z'),
        version('Middle', '2019-02-01T00:00:00Z'),
        { request: { method: 'DELETE', url: 'Condition/c2' } },
        { resource: coughOf('c2', 'Patient/p1') },
      ],
    })
    const { answer } = await bringIn(amina, body)
    expect(countsOf(answer)).toMatchObject({ created: 2, refused: 1 })
    expect((await (await amina('/fhir/Condition/c1')).json()).code.text).toBe('New')
    expect((await amina('/fhir/Condition/c2')).status).toBe(404)
  })

  test('refuses an unsupported type, which the CapabilityStatement does not list', async () => {
    const { amina } = await openForImport(open)
    const system = {
      resourceType: 'NamingSystem',
      id: 'n',
      name: 'X',
      status: 'active',
      kind: 'identifier',
      date: '2020-01-01',
      uniqueId: [{ type: 'uri', value: 'http://x' }],
    }
    const { answer } = await bringIn(amina, JSON.stringify(system))
    expect(reasonsOf(answer)).toEqual(['Gable does not store records of type NamingSystem'])
    const { rest } = await (await amina('/fhir/metadata')).json()
    const served = rest[0].resource.map((each: { type: string }) => each.type)
    expect(served).toContain('Binary')
    expect(served).not.toContain('NamingSystem')
    const create = { method: 'POST', json: system }
    expect((await amina('/fhir/NamingSystem', create)).status).toBe(404)
  })

  test.each([
    ['an entry that is null', { entry: [null] }],
    ['an entry that is a number', { entry: [7] }],
    ['a record that is null', { entry: [{ resource: null }] }],
    ['a record that is a list', { entry: [{ resource: [] }] }],
  ])('refuses %s by name, without an error', async (_what, entries) => {
    const { amina } = await openForImport(open)
    const body = JSON.stringify({ resourceType: 'Bundle', type: 'collection', ...entries })
    const { status, answer } = await bringIn(amina, body)
    expect(status).toBe(200)
    expect(reasonsOf(answer)).toEqual(['This is not a FHIR record'])
  })

  test('refuses text that is not UTF-8, like every other request', async () => {
    const { amina } = await openForImport(open)
    const text = JSON.stringify({ resourceType: 'Patient', name: [{ family: 'M\u00fcller' }] })
    const latin1 = Uint8Array.from(text.replace('\\u00fc', '\u00fc'), (each) => each.charCodeAt(0))
    for (const path of ['/fhir/Patient', '/fhir/$import', '/fhir/Patient/$validate', '/fhir']) {
      const headers = { 'Content-Type': 'application/fhir+json' }
      const answer = await amina(path, { method: 'POST', body: latin1, headers })
      expect([path, answer.status]).toEqual([path, 400])
      expect(await answer.text()).toContain('not UTF-8')
    }
  })
})
