import type { Observation, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import type { Scope } from '#domain/access/scope.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { reindex } from '#server/store/data-migrations/reindex.ts'
import type { Store } from '#server/store/store.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { searchWorldRecords } from '#test-support/worlds/search-records.ts'
import { SearchError } from './search-error.ts'

const all: Scope = { people: { kind: 'all' } }

eachStore('search', (open) => {
  let filled: Store | undefined
  const store = async () => {
    if (filled) return filled
    const { store: fresh } = await open()
    await fresh.writeMany(searchWorldRecords.map((resource) => ({ resource, expect: 'absent' })))
    filled = fresh
    return fresh
  }
  const ids = async (query: string) => {
    const [type = '', params = ''] = query.split('?')
    const found = await (await store()).search(type, new URLSearchParams(params), all)
    expect(found.unknown).toEqual([])
    return found.matches.map(name).join(' ')
  }

  describe('finds the matching records', () => {
    test.each(finds)('%s → %s', async (query, expected) => {
      expect(await ids(query)).toBe(expected)
    })
  })

  test.each([
    'Patient?birthdate=soon',
    'Patient?birthdate=1981-02-29',
    'Patient?active:missing=perhaps',
    'Patient?gender:exact=male',
    'Patient?family:below=x',
    'Patient?identifier=a|b|c',
    'Observation?value-quantity=much',
    'Patient?_count=some',
    'Patient?_total=about',
    'Patient?name=',
    'Observation?focus.name=x',
    'Patient?_has:Observation:patient=x',
    'Patient?_include=',
  ])('%s is refused with a reason', async (query) => {
    await expect(ids(query)).rejects.toThrow(SearchError)
  })

  test('unknown parameters are reported, not ignored', async () => {
    const found = await (await store()).search(
      'Patient',
      new URLSearchParams('colour=red&gender=male&general-practitioner.colour=x&_sort=colour'),
      all,
    )
    expect(found.unknown).toEqual(['colour', 'general-practitioner.colour', '_sort=colour'])
    const match = (await store()).match('Patient', new URLSearchParams('colour=red'), all, 2)
    await expect(match).rejects.toThrow('colour')
  })

  test('a conditional match gives ids, at most as many as asked for', async () => {
    const match = (query: string) =>
      store().then((each) => each.match('Patient', new URLSearchParams(query), all, 2))
    expect(await match('identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018')).toEqual(['p1'])
    expect((await match('gender:missing=false')).length).toBe(2)
  })

  test('pages follow each other without a gap or repetition', async () => {
    const seen: string[] = []
    let next: string | undefined = '0'
    while (next !== undefined) {
      const params = new URLSearchParams(
        `_count=2&_sort=-birthdate&_offset=${next}&_total=accurate`,
      )
      const page = await (await store()).search('Patient', params, all)
      expect(page.total).toBe(4)
      seen.push(...page.matches.map((each) => each.id ?? ''))
      next = page.next
    }
    expect(seen).toEqual(['p3', 'p2', 'p1', 'p4'])
  })

  test.each(includes)('%s includes %s', async (query, expected) => {
    const [type = '', params = ''] = query.split('?')
    const found = await (await store()).search(type, new URLSearchParams(params), all)
    expect(found.included.map(name).sort().join(' ')).toBe(expected)
  })

  test('a total is given when it is asked for, and can be asked for alone', async () => {
    const search = async (query: string) =>
      (await store()).search('Patient', new URLSearchParams(query), all)
    expect((await search('')).total).toBeUndefined()
    expect((await search('_total=none')).total).toBeUndefined()
    expect((await search('_total=accurate&_count=1')).total).toBe(4)
    expect((await search('_total=estimate')).total).toBe(4)
    expect(await search('_summary=count')).toMatchObject({ total: 4, matches: [], included: [] })
    expect(await search('_count=0')).toMatchObject({ total: 4, matches: [] })
  })

  describe('a search by code', () => {
    const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
    const reading = (id: string, of: string, dated: Partial<Observation>): ResourceWithId => ({
      ...{ resourceType: 'Observation', id, status: 'final', code: loinc('8310-5'), ...dated },
      subject: { reference: `Patient/${of}` },
    })
    const both = { coding: [...(loinc('8310-5').coding ?? []), { system: 'x', code: '8310-5' }] }
    const records = [
      { resourceType: 'Patient' as const, id: 'w1' },
      { resourceType: 'Patient' as const, id: 'w2' },
      reading('day', 'w1', { effectiveDateTime: '2026-02-03' }),
      reading('instant', 'w2', { effectiveInstant: '2026-02-03T10:00:00Z' }),
      reading('same', 'w1', { effectiveDateTime: '2026-02-03', code: both }),
      reading('month', 'w1', { effectiveDateTime: '2026-01' }),
      reading('span', 'w1', { effectivePeriod: { start: '2025-12-30', end: '2026-02-03' } }),
      reading('since', 'w2', { effectivePeriod: { start: '2026-01-15' } }),
      reading('until', 'w2', { effectivePeriod: { end: '2026-02-03' } }),
      reading('twice', 'w1', { effectiveTiming: { event: ['2026-02-03', '2024-05-01'] } }),
      reading('undated', 'w1', {}),
      reading('other', 'w2', { effectiveDateTime: '2026-02-03', code: loinc('8310-6') }),
    ]
    const filledWith = async () => {
      const { sql, store: fresh } = await open()
      filled = undefined
      await fresh.writeMany(records.map((resource) => ({ resource, expect: 'absent' })))
      return { sql, fresh }
    }
    const prefixes = ['', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap']
    const dates = prefixes.flatMap((prefix) =>
      ['2026-02-03', '2026-01', '2026-02-03T10:00:00Z', '2024'].map(
        (day) => `&date=${prefix}${day}`,
      ),
    )

    test('finds the same with the date index as with token rows, in every order', async () => {
      const { fresh } = await filledWith()
      const found = async (query: string) =>
        (await fresh.search('Observation', new URLSearchParams(query), all)).matches.map(name)
      for (const date of ['', ...dates])
        for (const sort of ['', '&_sort=-date', '&_sort=date', '&_count=3&_sort=-date&_offset=2'])
          expect([date, sort, await found(`code=http://loinc.org|8310-5${date}${sort}`)]).toEqual([
            ...[date, sort, await found(`combo-code=http://loinc.org|8310-5${date}${sort}`)],
          ])
      expect(await found('code=x|8310-5')).toEqual(['same'])
      expect(await found('code=http://loinc.org|8310-5&_sort=-date&_count=3')).toEqual([
        ...['instant', 'day', 'same'],
      ])
    })

    test('finds a record once that has the code twice, in two spellings', async () => {
      const { fresh } = await filledWith()
      const coding = ['AbC', 'abc'].map((code) => ({ system: 'x', code }))
      const resource = reading('said-twice', 'w1', { code: { coding } })
      await fresh.write({ resource, expect: 'absent' })
      for (const sort of ['', '&_sort=-date']) {
        const asked = new URLSearchParams(`code=x|ABC&_count=1&_total=accurate${sort}`)
        const found = await fresh.search('Observation', asked, all)
        expect([found.matches.map(name), found.total, found.next]).toEqual([
          ...[['said-twice'], 1, undefined],
        ])
      }
    })

    test('uses an index that is built for records of an earlier version', async () => {
      const { sql } = await filledWith()
      const built = async () => [
        (await sql.query('select * from sp order by rid, key, s, h, lo')).rows,
        (
          await sql.query(
            'select rid, dt, until, code, kind, shape, tok from resource order by rid',
          )
        ).rows,
        (await sql.query('select * from shape order by id')).rows,
      ]
      const before = await built()
      expect(before.flat().length).toBeGreaterThan(15)
      await sql.script(`truncate sp, shape;
        update resource set tok = '{}', dt = null, until = null, code = null, kind = null, shape = null`)
      await reindex(sql)
      expect(await built()).toEqual(before)
    })

    test('finds the people who have the code, however many there are', async () => {
      const { fresh } = await filledWith()
      const found = async (query: string) =>
        (await fresh.search('Patient', new URLSearchParams(query), all)).matches.map(name)
      const both = async (code: string) => [
        await found(`_has:Observation:patient:code=http://loinc.org|${code}`),
        await found(`_has:Observation:patient:combo-code=http://loinc.org|${code}`),
      ]
      expect(await both('8310-6')).toEqual([['w2'], ['w2']])
      const many = Array.from({ length: 800 }, (_, at) =>
        reading(`n${at}`, at % 3 === 0 ? 'w1' : 'w2', { effectiveDateTime: '2026-01-01' }),
      )
      await fresh.writeMany(many.map((resource) => ({ resource, expect: 'absent' })))
      expect(await both('8310-5')).toEqual([
        ['w1', 'w2'],
        ['w1', 'w2'],
      ])
      expect(await both('8310-6')).toEqual([['w2'], ['w2']])
      const nobody = await found('_has:Observation:patient:code=http://loinc.org|none')
      expect(nobody).toEqual([])
    })
  })

  test('sorting all records of a type by text or date gives the same pages as sorting a search', async () => {
    const { store: fresh } = await open()
    filled = undefined
    const called = (id: string, birthDate: string | undefined, ...families: string[]) => ({
      ...{ resourceType: 'Patient' as const, id, ...(birthDate ? { birthDate } : {}) },
      name: families.map((family) => ({ family })),
    })
    const people = [
      called('a', '1960-01-01', 'Zola', 'Ames'),
      called('b', '1950-01-01', 'Müller'),
      called('c', undefined, 'Muller', 'Muller'),
      called('d', '1960-01-01'),
      called('e', '1940-01-01', 'Ames', 'Ámes'),
      called('f', undefined, 'Brown'),
    ]
    await fresh.writeMany(people.map((resource) => ({ resource, expect: 'absent' })))
    const found = async (query: string) =>
      (await fresh.search('Patient', new URLSearchParams(query), all)).matches.map(name)
    for (const sort of ['family', '-family', 'birthdate', '-birthdate'])
      for (const page of [
        '',
        '&_count=1',
        '&_count=2&_offset=1',
        '&_count=2&_offset=4',
        '&_count=9',
      ])
        expect([sort, page, await found(`_sort=${sort}${page}`)]).toEqual([
          ...[sort, page, await found(`gender:missing=true&_sort=${sort}${page}`)],
        ])
    expect(await found('_sort=family&_count=3')).toEqual(['a', 'e', 'f'])
  })

  test('only the elements asked for are returned, tagged as SUBSETTED', async () => {
    const params = new URLSearchParams('_id=p1&_elements=birthDate')
    const [only] = (await (await store()).search('Patient', params, all)).matches
    expect(Object.keys(only ?? {}).sort()).toEqual(['birthDate', 'id', 'meta', 'resourceType'])
    expect(only?.meta?.tag?.at(-1)?.code).toBe('SUBSETTED')
  })
})

const name = (each: Resource) => each.id ?? ''

const finds: readonly (readonly [string, string])[] = [
  ['Patient?_id=p1,p3', 'p1 p3'],
  ['Patient?family=oka', 'p1'],
  ['Patient?family=KAF', ''],
  ['Patient?family=okafor', 'p1'],
  ['Patient?family=okafora', ''],
  ['Patient?family=%25', ''],
  ['Patient?family:contains=KAF', 'p1'],
  ['Patient?family:exact=Okafor', 'p1'],
  ['Patient?family:exact=okafor', ''],
  ['Patient?name=agustin', 'p2'],
  ['Patient?name=grace,jose', 'p1 p3'],
  ['Patient?name=grace&name=okafor', 'p1'],
  ['Patient?given=100%25', ''],
  ['Patient?address-city=leeds', 'p1 p3'],
  ['Patient?gender=female', 'p1'],
  ['Patient?gender=http://hl7.org/fhir/administrative-gender|female', ''],
  ['Patient?gender:not=female', 'p2 p3 p4'],
  ['Patient?gender:missing=true', 'p4'],
  ['Patient?gender:missing=false', 'p1 p2 p3'],
  ['Patient?name:missing=true', 'p4'],
  ['Patient?birthdate:missing=true', 'p4'],
  ['Patient?identifier=9990000018', 'p1'],
  ['Patient?identifier=https://fhir.nhs.uk/Id/nhs-number|', 'p1 p2'],
  ['Patient?identifier=|9990000018', ''],
  ['Patient?phone=0113', 'p1'],
  ['Patient?email=0113', ''],
  ['Patient?deceased=true', 'p2 p3'],
  ['Patient?deceased=false', 'p1 p4'],
  ['Patient?active=true', 'p1'],
  ['Patient?birthdate=1980-02', 'p1 p2'],
  ['Patient?birthdate=1980-02-29', 'p2'],
  ['Patient?birthdate=ne1980-02', 'p3'],
  ['Patient?birthdate=gt1980-02', 'p3'],
  ['Patient?birthdate=ge1980-02-29', 'p2 p3'],
  ['Patient?birthdate=lt1980-02-29', 'p1'],
  ['Patient?birthdate=le1980-02-29', 'p1 p2'],
  ['Patient?birthdate=sa1980-02', 'p3'],
  ['Patient?birthdate=eb1980-02-29', 'p1'],
  ['Patient?birthdate=ap1980', 'p1 p2 p3'],
  ['Patient?birthdate=ge1980-01-01&birthdate=lt1980-03-01', 'p1 p2'],
  ['Patient?_sort=birthdate', 'p1 p2 p3 p4'],
  ['Patient?_sort=-birthdate', 'p3 p2 p1 p4'],
  ['Patient?_sort=family', 'p2 p1 p3 p4'],
  ['Patient?_sort=gender,-_id', 'p1 p3 p2 p4'],
  ['Patient?_lastUpdated=2026-03-02', 'p1 p2 p3 p4'],
  ['Patient?_lastUpdated=lt2026-03-02', ''],
  ['Patient?_tag=test', 'p1'],
  ['Patient?_profile=https://example.org/person', 'p1'],
  ['Patient?general-practitioner=brook', 'p1'],
  ['Patient?general-practitioner=Organization/brook', 'p1'],
  ['Patient?general-practitioner=Practitioner/brook', ''],
  ['Patient?general-practitioner:Organization=brook', 'p1'],
  ['Patient?general-practitioner:missing=true', 'p3 p4'],
  ['Patient?general-practitioner:identifier=https://ods|Z1', 'p2'],
  ['Patient?general-practitioner:Organization.name=brook', 'p1'],
  ['Patient?organization.name=brook', 'p3'],
  ['Patient?_has:Observation:patient:combo-code=8480-6', 'p2'],
  ['Patient?_has:Observation:patient:_has:Provenance:target:recorded=2026', 'p1'],
  ['Observation?patient=p1', 'o1 o2'],
  ['Observation?subject=Patient/p1', 'o1 o2'],
  ['Observation?patient.family=okafor', 'o1 o2'],
  ['Observation?subject:Patient.family=okafor', 'o1 o2'],
  ['Observation?patient.organization.name=brook', ''],
  ['Observation?code=http://loinc.org|29463-7', 'o1 o2'],
  ['Observation?code:text=weight', 'o1 o2'],
  ['Observation?code:text=blood', 'o3'],
  ['Observation?value-quantity=72', 'o1'],
  ['Observation?value-quantity=72.0', ''],
  ['Observation?value-quantity=72.4', 'o1'],
  ['Observation?value-quantity=gt72.4', 'o2'],
  ['Observation?value-quantity=ge72.4', 'o1 o2'],
  ['Observation?value-quantity=lt80', 'o1'],
  ['Observation?value-quantity=le80', 'o1 o2'],
  ['Observation?value-quantity=ne72', 'o2'],
  ['Observation?value-quantity=ap70', 'o1'],
  ['Observation?value-quantity=sa72|http://unitsofmeasure.org|kg', 'o1 o2'],
  ['Observation?value-quantity=72.4||kilograms', 'o1'],
  ['Observation?value-quantity=72.4|http://unitsofmeasure.org|g', ''],
  ['Observation?combo-code=8480-6', 'o3'],
  ['Observation?component-value-quantity=140', 'o3'],
  ['Observation?date=2026-01', 'o1'],
  ['Observation?_sort=-date', 'o3 o2 o1'],
  ['Encounter?date=2026-01-15', ''],
  ['Encounter?date=ge2026-01-15', 'e1 e2'],
  ['Encounter?date=sa2026-02-15', ''],
  ['Encounter?date=ap2026-01', 'e1 e2'],
  ['Encounter?date=2026', 'e1'],
  ['RiskAssessment?probability=gt0.5', 'r1'],
  ['RiskAssessment?probability=0.7', 'r1'],
  ['ValueSet?url=https://example.org/vs/a', 'v1'],
  ['ValueSet?url:below=https://example.org/', 'v1 v2'],
  ['ValueSet?url:above=https://example.org/vs/a/more', 'v1'],
]

const includes: readonly (readonly [string, string])[] = [
  ['Patient?_id=p1&_include=Patient:general-practitioner', 'brook'],
  ['Patient?_id=p1&_include=Patient:general-practitioner:Practitioner', ''],
  ['Patient?_id=p1&_include=Patient:*', 'brook'],
  ['Patient?_id=p1&_include=*', 'brook'],
  ['Patient?_id=p1&_revinclude=Observation:subject', 'o1 o2'],
  ['Patient?_id=p1&_revinclude=*', 'e1 o1 o2 r1'],
  ['Provenance?_id=pr1&_include=Provenance:target', 'o1'],
  ['Provenance?_id=pr1&_include=Provenance:target&_include=Observation:subject', 'o1'],
  [
    'Provenance?_id=pr1&_include=Provenance:target&_include:iterate=Observation:subject&_include:iterate=Patient:general-practitioner',
    'brook o1 p1',
  ],
]
