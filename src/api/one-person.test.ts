import type { Bundle, Encounter, Parameters, Patient, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { restoreBackup } from '#api/backup/restore-backup.ts'
import { adtMessage } from '#testing/adt-message.ts'
import { type Caller, openHandler } from '#testing/handler.ts'
import { bringIn, countsOf, reasonsOf } from '#testing/import-answer.ts'
import { backupOf, sourceOf } from '#testing/lived-backup.ts'
import { eachStore } from '#testing/stores.ts'

const system = 'https://fhir.nhs.uk/Id/nhs-number'
const now = new Date('2026-03-02T09:00:00.000Z')

type Person = Patient & { id: string }

const ada: Person = {
  ...{ resourceType: 'Patient', id: 'gp-1', birthDate: '1938-02-03', gender: 'female' },
  identifier: [{ system, value: '9434765919' }],
  name: [{ use: 'official', family: 'Okoro', given: ['Ada'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}
const tom: Person = {
  ...{ ...ada, birthDate: '1971-09-09', gender: 'male' },
  identifier: [{ system, value: '9434765870' }],
  name: [{ family: 'Price', given: ['Tom'] }],
}
const condition = (text: string) => ({
  ...{ resourceType: 'Condition' as const, id: text.toLowerCase(), code: { text } },
  subject: { reference: 'Patient/gp-1' },
})

const transactionOf = (...resources: (Resource & { id: string })[]) =>
  JSON.stringify({
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: resources.map((resource) => {
      const url = `${resource.resourceType}/${resource.id}`
      return { fullUrl: url, resource, request: { method: 'PUT', url } }
    }),
  })
const linesOf = (...resources: object[]) => resources.map((each) => JSON.stringify(each)).join('\n')
const ndjson = 'application/fhir+ndjson'

eachStore('One person has one record', (open) => {
  async function started() {
    const { sql } = await open({ now: () => now })
    const house = await openHandler({ sql, now })
    await house.seed([ada, condition('Asthma')], 'brook-surgery')
    const [admin, amina] = [await house.as('admin'), await house.as('amina')]
    const told = async () => {
      const found = (await (await admin('/fhir/Condition?patient=Patient/gp-1')).json()) as Bundle
      return found.entry?.map(({ resource }) => resource?.id)
    }
    const read = async (id: string) =>
      (await (await admin(`/fhir/Patient/${id}`)).json()) as Patient & { id: string }
    const put = async (resource: Patient, call = amina) =>
      await call(`/fhir/Patient/${resource.id}`, {
        ...{ method: 'PUT', headers: { 'If-Match': 'W/"1"' }, json: resource },
      })
    return { ...house, sql, admin, amina, told, read, put }
  }

  test('another person under the same id is refused by name, with all that is told of that person', async () => {
    const { admin, told, read } = await started()
    const whole = await bringIn(admin, transactionOf(tom, condition('Epilepsy')))
    expect(countsOf(whole.answer)).toMatchObject({ created: 0, updated: 0, refused: 2 })
    expect(reasonsOf(whole.answer)[0]).toContain('Patient/gp-1 is another person here')
    const lines = linesOf(tom, condition('Epilepsy'), { ...ada, id: 'gp-2' })
    const apart = await bringIn(admin, lines, ndjson)
    expect(countsOf(apart.answer)).toMatchObject({ created: 1, updated: 0, refused: 2 })
    expect(reasonsOf(apart.answer)[1]).toBe('It is about Patient/gp-1, who was refused')
    expect(await told()).toEqual(['asthma'])
    expect((await read('gp-1')).name?.[0]?.family).toBe('Okoro')
  })

  test('two people whom one file gives the same id are both refused', async () => {
    const { admin } = await started()
    const [one, other] = [
      { ...ada, id: 'new' },
      { ...tom, id: 'new' },
    ]
    const { answer } = await bringIn(admin, linesOf(one, other), ndjson)
    expect(countsOf(answer)).toMatchObject({ created: 0, refused: 2 })
    expect((await admin('/fhir/Patient/new')).status).toBe(404)
  })

  test.each([
    ['a saved record', 'PUT'],
    ['a patch', 'PATCH'],
    ['a transaction', 'POST'],
    ['a conditional update', 'where'],
  ])('%s makes no other person of a record', async (_, door) => {
    const { admin, put, read } = await started()
    const headers = { 'If-Match': 'W/"1"' }
    const patch = Object.entries(tom)
      .filter(([key]) => ['name', 'birthDate', 'identifier', 'gender'].includes(key))
      .map(([key, value]) => ({ op: 'replace', path: `/${key}`, value }))
    const request = { method: 'PUT', url: 'Patient/gp-1', ifMatch: 'W/"1"' }
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: tom, request }],
    }
    const where = `/fhir/Patient?identifier=${system}|9434765919`
    const patched = { ...headers, 'Content-Type': 'application/json-patch+json' }
    const answers = new Map([
      ['PUT', () => put(tom)],
      [
        'PATCH',
        () =>
          admin('/fhir/Patient/gp-1', {
            ...{ method: 'PATCH', headers: patched, body: JSON.stringify(patch) },
          }),
      ],
      ['POST', () => admin('/fhir', { method: 'POST', json: bundle })],
      ['where', () => admin(where, { method: 'PUT', json: tom })],
    ])
    const answer = await answers.get(door)?.()
    expect(answer?.status).toBe(422)
    expect(await answer?.text()).toContain('another person here')
    expect((await read('gp-1')).name?.[0]?.family).toBe('Okoro')
  })

  test.each<[string, Partial<Patient>]>([
    ['a married name', { name: [{ family: 'Bello', given: ['Ada'] }] }],
    ['a corrected birth date', { birthDate: '1938-03-02' }],
    ['a corrected number', { identifier: [{ system, value: '9434765870' }] }],
    [
      'another first name and sex, the old name kept',
      {
        gender: 'male',
        name: [
          ...(ada.name ?? []).map((each) => ({ ...each, use: 'old' as const })),
          {
            ...{ use: 'official', family: 'Okoro', given: ['Adam'] },
          },
        ],
      },
    ],
    ['fewer facts', { name: [{ text: 'Ada' }], identifier: [], gender: 'unknown' }],
  ])('%s is the same person', async (_, change) => {
    const { put } = await started()
    expect((await put({ ...ada, ...change })).status).toBe(200)
  })

  test('twins under one id are two people', async () => {
    const { put } = await started()
    const name = [{ family: 'Okoro', given: ['Eve'] }]
    const twin = { ...ada, name, identifier: [{ system, value: '9434765870' }] }
    expect((await put(twin)).status).toBe(422)
  })

  test('a backup that has another person under an id is not merged', async () => {
    const there = await started()
    const { sql: elsewhere } = await open({ now: () => now })
    const other = await openHandler({ sql: elsewhere, now })
    await other.seed([tom, condition('Epilepsy')])
    const { entries } = await backupOf(elsewhere)
    const merged = restoreBackup(there.sql, sourceOf(entries), { now, merge: true })
    await expect(merged).rejects.toThrow('Patient/gp-1 is another person')
    expect(await there.told()).toEqual(['asthma'])
  })

  const noteOf = async (call: Caller) => {
    const { parameter = [] } = (await (
      await call('/fhir/$possible-duplicates')
    ).json()) as Parameters
    return parameter.map(({ part = [] }) =>
      part.map(({ valueString, part: of = [] }) => {
        const counts = of.some(({ name, valueBoolean }) => name === 'counts' && valueBoolean)
        return valueString ?? `${of[0]?.valueString}${counts ? ' counts' : ''}`
      }),
    )
  }

  test('records that share a number are named to those who may open both, and nothing else is told', async () => {
    const { amina, admin, as, seed } = await started()
    const json = { ...ada, id: 'a-second' }
    expect((await amina('/fhir/Patient/a-second', { method: 'PUT', json })).status).toBe(201)
    const found = [['9434765919', 'a-second', 'gp-1 counts']]
    expect(await noteOf(amina)).toEqual(found)
    expect(await noteOf(admin)).toEqual(found)
    expect(await noteOf(await as('stranger'))).toEqual([])
    expect((await (await as('grace'))('/fhir/$possible-duplicates')).status).toBe(403)
    await seed([{ ...json, identifier: [{ system, value: '9434765919', use: 'old' }] }])
    expect(await noteOf(admin)).toEqual([])
  })

  test('joined records lead to the one that is kept, and come apart again without loss', async () => {
    const { amina, admin, as, seed, read } = await started()
    const second: Person = { ...ada, id: 'a-second', identifier: [{ system, value: '9434765870' }] }
    await seed([second], 'brook-surgery')
    const decide = async (way: string, call = admin) =>
      await call(`/fhir/$${way}`, {
        method: 'POST',
        json: {
          resourceType: 'Parameters',
          parameter: [
            { name: 'keep', valueString: 'gp-1' },
            { name: 'join', valueString: 'a-second' },
          ],
        },
      })
    const find = async (text: string) => {
      const parameter = [{ name: 'text', valueString: text }]
      const json = { resourceType: 'Parameters', parameter }
      const answer = await amina('/fhir/Patient/$find-people', { method: 'POST', json })
      return ((await answer.json()) as Parameters).parameter
        ?.filter(({ name }) => name === 'person')
        .map(({ part }) => part?.[0]?.valueString)
        .toSorted()
    }
    const message = async (visit: string) => {
      await admin('/hl7', {
        ...{ method: 'POST', headers: { 'Content-Type': 'application/hl7-v2' } },
        body: adtMessage({ nhs: '9434765870', name: 'OKORO^ADA', born: '19380203', visit }),
      })
      const stays = (await (await admin(`/fhir/Encounter?identifier=${visit}`)).json()) as Bundle
      return (stays.entry?.[0]?.resource as Encounter | undefined)?.subject?.reference
    }
    const takeOn = async () =>
      (
        await amina('/fhir/EpisodeOfCare/case-1', {
          method: 'PUT',
          json: {
            ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active' },
            patient: { reference: 'Patient/a-second' },
          },
        })
      ).status
    expect((await decide('join-records', amina)).status).toBe(403)
    expect((await decide('join-records')).status).toBe(200)
    expect((await decide('join-records')).status).toBe(422)
    expect(await find('Ada Okoro')).toEqual(['gp-1'])
    expect(await find('9434765870')).toEqual(['gp-1'])
    expect(await message('V1')).toBe('Patient/gp-1')
    expect(await takeOn()).toBe(422)
    const stranger = await as('stranger')
    for (const id of ['gp-1', 'a-second'])
      expect((await stranger(`/fhir/Patient/${id}`)).status).toBe(404)
    expect((await decide('part-records')).status).toBe(200)
    const { meta: _meta, ...parted } = await read('a-second')
    expect(parted).toEqual({ ...second, active: true })
    expect(await find('Ada Okoro')).toEqual(['a-second', 'gp-1'])
    expect(await find('9434765870')).toEqual(['a-second'])
    expect(await message('V2')).toBe('Patient/a-second')
    expect(await takeOn()).toBe(201)
    expect((await decide('join-records')).status).toBe(422)
  })

  test.each([
    [{ active: false }],
    [{ link: [{ other: { reference: 'Patient/x' }, type: 'replaced-by' as const }] }],
  ])(
    'nobody but an administrator leads a person’s messages elsewhere by a saved record: %j',
    async (change) => {
      const { put, amina, seed, read } = await started()
      await seed([{ ...ada, id: 'x' }], 'brook-surgery')
      expect((await put({ ...ada, ...change })).status).toBe(403)
      const { answer } = await bringIn(amina, linesOf({ ...ada, ...change }), ndjson)
      expect(reasonsOf(answer)[0]).toContain('administrator')
      expect(await read('gp-1')).not.toHaveProperty(Object.keys(change)[0] ?? '')
    },
  )

  test('a link in one record alone leads nowhere', async () => {
    const { amina, seed, as, admin } = await started()
    const other = { reference: 'Patient/gp-1' }
    const trap = { ...ada, id: 'trap', link: [{ other, type: 'replaces' as const }] }
    await bringIn(amina, linesOf(trap), ndjson)
    await seed([])
    const stranger = await as('stranger')
    expect((await stranger('/fhir/Patient/gp-1')).status).toBe(404)
    expect(await noteOf(admin)).toEqual([['9434765919', 'gp-1 counts', 'trap']])
  })

  test('two records that came joined are found as one', async () => {
    const { admin, amina } = await started()
    const link = (id: string, type: 'replaces' | 'replaced-by') => [
      { other: { reference: `Patient/${id}` }, type },
    ]
    const [keep, old] = [
      { ...ada, id: 'mg-keep', link: link('mg-old', 'replaces') },
      { ...ada, id: 'mg-old', active: false, link: link('mg-keep', 'replaced-by') },
    ]
    for (const each of [keep, old]) {
      each.name = [{ family: 'Mergefield', given: ['Olga'] }]
      each.identifier = [{ system, value: each === keep ? '9434765870' : '9990000018' }]
    }
    const aside = { ...keep, id: 'mg-inactive', link: [], active: false }
    await bringIn(admin, linesOf(old, keep, aside), ndjson)
    const parameter = [{ name: 'text', valueString: '9990000018' }]
    const json = { resourceType: 'Parameters', parameter }
    const answer = await amina('/fhir/Patient/$find-people', { method: 'POST', json })
    const people = ((await answer.json()) as Parameters).parameter ?? []
    expect(people.filter(({ name }) => name === 'person').map(({ part }) => part?.[0])).toEqual([
      { name: 'id', valueString: 'mg-keep' },
    ])
    expect(await noteOf(admin)).toEqual([])
  })

  test('of many who sign somebody up at once by one number, one begins the record', async () => {
    const { amina, admin } = await started()
    const condition = `identifier=${system}|9434765870`
    const person = { ...tom, id: undefined }
    const csv = {
      ...{ resource: { ...tom, id: 'csv-1' } },
      request: { method: 'POST', url: 'Patient', ifNoneExist: condition },
    }
    const entry = [{ resource: person, request: { ...csv.request } }]
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry }
    const list = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [csv] })
    await Promise.all(
      Array.from({ length: 12 }, (_, at) => {
        if (at % 3 === 0) return bringIn(admin, list)
        if (at % 3 === 1) return amina('/fhir', { method: 'POST', json: bundle })
        const headers = { 'If-None-Exist': at % 2 ? condition : `?${condition}` }
        return amina('/fhir/Patient', { method: 'POST', headers, json: person })
      }),
    )
    const found = (await (await admin(`/fhir/Patient?${condition}`)).json()) as Bundle
    expect(found.total).toBe(1)
    const twice = { ...bundle, entry: [...entry, ...entry] }
    expect((await amina('/fhir', { method: 'POST', json: twice })).status).toBe(400)
  })

  test('a second record with a number takes neither emergency opening nor messages from the first', async () => {
    const { amina, admin, as, seed } = await started()
    for (const json of [
      { ...ada, id: 'a-second' },
      { ...tom, id: 'a-third', identifier: ada.identifier },
    ])
      expect((await amina(`/fhir/Patient/${json.id}`, { method: 'PUT', json })).status).toBe(201)
    const stranger = await as('stranger')
    const parameter = [
      { name: 'nhsNumber', valueString: '9434765919' },
      { name: 'birthDate', valueDate: '1938-02-03' },
      { name: 'reason', valueCode: 'emergency' },
      { name: 'words', valueString: 'Found on the floor' },
    ]
    const json = { resourceType: 'Parameters', parameter }
    const opened = await stranger('/fhir/$break-glass', { method: 'POST', json })
    expect(await opened.json()).toMatchObject({
      parameter: [{ valueReference: { reference: 'Patient/gp-1' } }, {}, {}],
    })
    const sent = async (name: string, born: string, visit: string) =>
      (
        await admin('/hl7', {
          ...{ method: 'POST', headers: { 'Content-Type': 'application/hl7-v2' } },
          body: adtMessage({ nhs: '9434765919', name, born, visit }),
        })
      ).status
    await seed([])
    expect(await sent('OKORO^ADA', '19380203', 'V1')).toBe(200)
    expect(await sent('PRICE^TOM', '19710909', 'V2')).toBe(200)
    expect(await sent('BELLO^JO', '19500101', 'V3')).toBe(422)
    const stays = (await (await admin('/fhir/Encounter?_sort=identifier')).json()) as Bundle
    const whose = (stays.entry ?? []).map(({ resource }) => {
      const { subject, identifier } = resource as Encounter
      return `${identifier?.[0]?.value} ${subject?.reference}`
    })
    expect(whose.toSorted()).toEqual(['V1 Patient/gp-1', 'V2 Patient/a-third'])
  })
})
