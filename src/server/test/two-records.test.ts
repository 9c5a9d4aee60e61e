import type { Bundle, Encounter, Parameters, Patient } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { csvPeople } from '#domain/import/csv/csv-people.ts'
import { differencesBetween, withValue } from '#domain/import/differences.ts'
import { tallyOf } from '#domain/import/tally.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  ada,
  adasDay,
  condition,
  linesOf,
  ndjson,
  nhsNumber,
  type PatientWithId,
  serverOfAda,
  tom,
} from '#test-support/worlds/ada.ts'
import { adtMessage } from '#test-support/worlds/adt-message.ts'
import { bringIn, countsOf, reasonsOf } from '#test-support/worlds/import-answer.ts'

eachStore('Two records of one person', (open) => {
  const started = async () => {
    const { sql } = await open({ now: () => adasDay })
    return await serverOfAda(sql)
  }

  const noteOf = async (call: Caller) => {
    const { parameter = [] } = (await (
      await call('/fhir/$possible-duplicates')
    ).json()) as Parameters
    const shared = parameter.filter(({ name }) => name === 'shared')
    return shared.map(({ part = [] }) =>
      part.map(({ valueString, part: of = [] }) => {
        const counts = of.some(({ name, valueBoolean }) => name === 'counts' && valueBoolean)
        return valueString ?? `${of[0]?.valueString}${counts ? ' counts' : ''}`
      }),
    )
  }

  test('a list that differs from the record offers the differences and changes nothing', async () => {
    const { admin, seed, read } = await started()
    const address = [{ line: ['1 Old Road'], city: 'Brook', postalCode: 'AB1 2CD' }]
    const telecom = [{ system: 'phone' as const, value: '+44 1632 960001', use: 'home' as const }]
    await seed([{ ...ada, address, telecom }])
    const text = [
      'NHS number,Family name,Given name,Birth date,Sex,Address,Town,Postcode,Phone,Date of death',
      '943 476 5919,OKORO,Ada,03/02/1938,F,9 New Road,Brook,ZZ9 9ZZ,01632 960999,01/03/2026',
      '943 476 5919,OKORO,Ada,03/02/1938,F,1 Old Road,Brook,ab1 2cd,01632 960001,',
    ]
    const offered = async (row: number) => {
      const rows = `${text[0]}\n${text[row]}\n`
      const people = csvPeople(rows, '2026-03-02')?.people ?? []
      const entry = people.map((each) => each.entry)
      const { answer } = await bringIn(
        admin,
        JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }),
      )
      expect(countsOf(answer)).toMatchObject({ created: 0, unchanged: 1 })
      return tallyOf(answer, { file: 'list.csv', placeOf: (index) => index + 2 })
    }
    const { differences } = await offered(1)
    expect(differences).toMatchObject([
      { id: 'gp-1', place: 2, what: 'address', here: '1 Old Road, Brook, AB1 2CD' },
      { id: 'gp-1', what: 'phone', here: '+44 1632 960001', brought: '01632 960999' },
      { id: 'gp-1', what: 'died', here: '', brought: '2026-03-01' },
    ])
    expect((await offered(2)).differences).toEqual([])
    const before = await read('gp-1')
    expect(before.address).toEqual(address)
    const after = differences.reduce(withValue, before as Patient)
    expect(after.address?.map(({ use, line }) => [use, line?.[0]])).toEqual([
      [undefined, '9 New Road'],
      ['old', '1 Old Road'],
    ])
    expect(after.deceasedDateTime).toBe('2026-03-01')
    expect(after.telecom?.map(({ use, value }) => [use, value])).toEqual([
      ['home', '01632 960999'],
      ['old', '+44 1632 960001'],
    ])
  })

  test('a second record that an import creates is reported as a possible duplicate', async () => {
    const { admin } = await started()
    const identifier = [{ system: nhsNumber, value: '943 476 5870' }]
    const lines = linesOf({ ...ada, id: 'x-1', identifier }, { ...ada, id: 'x-2', identifier })
    const { answer } = await bringIn(admin, lines, ndjson)
    expect(countsOf(answer)).toMatchObject({ created: 2, refused: 0 })
    const { duplicates } = tallyOf(answer, { file: 'a', placeOf: (index) => index + 1 })
    expect(duplicates.map(({ id, other }) => [id, other])).toEqual([
      ['x-1', 'x-2'],
      ['x-2', 'x-1'],
    ])
  })

  test('records with the same number are listed only for users with access to both', async () => {
    const { amina, admin, as, seed } = await started()
    const json = { ...ada, id: 'a-second' }
    expect((await amina('/fhir/Patient/a-second', { method: 'PUT', json })).status).toBe(201)
    const found = [['9434765919', 'a-second', 'gp-1 counts']]
    expect(await noteOf(amina)).toEqual(found)
    expect(await noteOf(admin)).toEqual(found)
    expect(await noteOf(await as('stranger'))).toEqual([])
    expect((await (await as('grace'))('/fhir/$possible-duplicates')).status).toBe(403)
    await seed([{ ...json, identifier: [{ system: nhsNumber, value: '9434765919', use: 'old' }] }])
    expect(await noteOf(admin)).toEqual([])
  })

  test('joined records lead to the one that is kept, and are separated again without loss', async () => {
    const { amina, admin, as, seed, read } = await started()
    const second: PatientWithId = {
      ...ada,
      id: 'a-second',
      identifier: [{ system: nhsNumber, value: '9434765870' }],
    }
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
    'only an administrator redirects a person’s messages by saving a record: %j',
    async (change) => {
      const { put, amina, seed, read } = await started()
      await seed([{ ...ada, id: 'x' }], 'brook-surgery')
      expect((await put({ ...ada, ...change })).status).toBe(403)
      const { answer } = await bringIn(amina, linesOf({ ...ada, ...change }), ndjson)
      expect(reasonsOf(answer)[0]).toContain('administrator')
      expect(await read('gp-1')).not.toHaveProperty(Object.keys(change)[0] ?? '')
    },
  )

  test.each(['joined', 'set aside'])(
    'the next file about a person whose record was %s is imported, and the record stays the same',
    async (how) => {
      const { admin, amina, seed, put, read, conditionIds } = await started()
      await seed([{ ...ada, id: 'a-second' }], 'brook-surgery')
      const parameter = [
        { name: 'keep', valueString: 'gp-1' },
        { name: 'join', valueString: 'a-second' },
      ]
      const json = { resourceType: 'Parameters', parameter }
      if (how === 'joined') await admin('/fhir/$join-records', { method: 'POST', json })
      else await put({ ...ada, active: false }, admin)
      const before = await read('gp-1')
      const { answer } = await bringIn(amina, linesOf(ada, condition('Gout')), ndjson)
      expect(reasonsOf(answer)).toEqual([])
      expect(countsOf(answer)).toMatchObject({ created: 1, updated: 0 })
      expect(await conditionIds()).toEqual(expect.arrayContaining(['asthma', 'gout']))
      expect(await read('gp-1')).toEqual(before)
    },
  )

  test('a link in only one of two records has no effect', async () => {
    const { amina, seed, as, admin } = await started()
    const other = { reference: 'Patient/gp-1' }
    const trap = { ...ada, id: 'trap', link: [{ other, type: 'replaces' as const }] }
    await bringIn(amina, linesOf(trap), ndjson)
    await seed([])
    const stranger = await as('stranger')
    expect((await stranger('/fhir/Patient/gp-1')).status).toBe(404)
    expect(await noteOf(admin)).toEqual([['9434765919', 'gp-1 counts', 'trap']])
  })

  test('two records that were imported as joined are found as one', async () => {
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
      each.identifier = [{ system: nhsNumber, value: each === keep ? '9434765870' : '9990000018' }]
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

  test('many simultaneous registrations with one number create one record', async () => {
    const { amina, admin } = await started()
    const condition = `identifier=${nhsNumber}|9434765870`
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
    expect(found.entry).toHaveLength(1)
    const twice = { ...bundle, entry: [...entry, ...entry] }
    expect((await amina('/fhir', { method: 'POST', json: twice })).status).toBe(400)
  })

  test('a second record with a number gets neither break-glass nor messages meant for the first', async () => {
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
    expect(await sent('PRICE^TOM', '19710909', 'V2')).toBe(422)
    expect(await sent('BELLO^JO', '19500101', 'V3')).toBe(422)
    const stays = (await (await admin('/fhir/Encounter?_sort=identifier')).json()) as Bundle
    const whose = (stays.entry ?? []).map(({ resource }) => {
      const { subject, identifier } = resource as Encounter
      return `${identifier?.[0]?.value} ${subject?.reference}`
    })
    expect(whose.toSorted()).toEqual(['V1 Patient/gp-1'])
  })
})

test.each([
  [
    'the same day in the zone of the service is no difference',
    '2026-06-30T23:30:00Z',
    '2026-07-01',
    [],
  ],
  ['another day is a difference', '2026-06-30T22:30:00Z', '2026-07-01', ['2026-06-30']],
])('A list and a record of one death: %s', (_title, recorded, listed, here) => {
  const [known, brought] = [recorded, listed].map(
    (deceasedDateTime): Patient => ({ resourceType: 'Patient', deceasedDateTime }),
  )
  const found = differencesBetween(known ?? ada, brought ?? ada, 'Europe/London')
  expect(found.map((each) => each.here)).toEqual(here)
})
