import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')

function person(id: string, more: object = {}): ResourceWithId {
  return {
    resourceType: 'Patient',
    id,
    name: [{ family: id, given: ['Zoë'] }],
    birthDate: '1950-01-01',
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    ...more,
  }
}

const condition = (owner: string, code = '13645005', more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'Condition', id: `${owner}-${code}` },
  subject: { reference: `Patient/${owner}` },
  code: { coding: [{ system: 'http://snomed.info/sct', code }] },
  ...more,
})

const stay = (owner: string, start: string): ResourceWithId => ({
  ...{ resourceType: 'Encounter', id: `${owner}-${start}`, status: 'finished' },
  class: { code: 'IMP' },
  subject: { reference: `Patient/${owner}` },
  period: { start: `${start}T10:00:00Z`, end: `${start}T18:00:00Z` },
})

/** A visit to the practice, sixteen months ago. */
const visit = (owner: string): ResourceWithId => ({
  ...{ resourceType: 'Encounter', id: `${owner}-visit`, status: 'finished' },
  class: { code: 'AMB' },
  subject: { reference: `Patient/${owner}` },
  period: { start: '2024-11-01T10:00:00Z' },
})

const named = (place: number) => `p${String(place).padStart(2, '0')}`

/** 60 people who were alike a year ago; 15 of them had an emergency stay since. */
const alike: readonly ResourceWithId[] = Array.from({ length: 60 }, (_, place) =>
  named(place),
).flatMap((id, place) => [
  person(id),
  condition(id),
  visit(id),
  ...(place < 15 ? [stay(id, '2025-06-01')] : []),
])

eachStore('Find people by the chance of an emergency stay', (open) => {
  async function started(...more: readonly ResourceWithId[]): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...alike, ...more])
    return server
  }

  async function find(server: OpenHandler, asked: Readonly<Record<string, string | boolean>> = {}) {
    const parameter: ParametersParameter[] = Object.entries({ order: 'chance', ...asked }).map(
      ([name, value]) =>
        typeof value === 'boolean' ? { name, valueBoolean: value } : { name, valueString: value },
    )
    const call = await server.as('amina')
    const response = await call('/fhir/Patient/$find-people', {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter },
    })
    const { parameter: parts = [] } = (await response.json()) as Parameters
    const values = (part: readonly ParametersParameter[] = []) =>
      Object.fromEntries(
        part.map(({ name, ...value }) => [name, Object.values(value)[0] as unknown]),
      )
    return {
      status: response.status,
      ...values(parts.filter(({ part }) => !part)),
      people: parts.filter(({ name }) => name === 'person').map(({ part }) => values(part)),
      facets: Object.fromEntries(
        parts
          .filter(({ name }) => name === 'facet')
          .map(({ part = [] }) => [
            `${part[0]?.valueCode} ${part[1]?.valueString}`,
            part[2]?.valueInteger,
          ]),
      ),
    }
  }

  test('tells of 100 people like this how many had a stay, from whom it was counted, and when', async () => {
    const found = await find(await started(), { text: named(30) })
    expect(found).toMatchObject({ countedOn: '2026-03-02', total: 1 })
    expect(found.people[0]).toMatchObject({
      ...{ id: named(30), chance: 25, chanceLow: 16, chanceHigh: 37, chancePeople: 60 },
      ...{ chanceCompared: '0/fit/65', chanceBefore: 25, segment: 'long-term', stays: 0 },
      ...{ changeable: 'not-seen' },
    })
  })

  test('ranks nobody for whom too few people are alike: they are listed apart', async () => {
    const server = await started()
    const [ranked, apart] = [await find(server), await find(server, { unscored: true })]
    // of those who had one stay there are only 15, in every comparison
    expect(ranked).toMatchObject({ total: 45, unscored: 15 })
    expect(apart).toMatchObject({ total: 15 })
    expect(apart.people.every(({ chance }) => chance === undefined)).toBe(true)
  })

  test('compares who had two stays with those who had one or more, and calls no other comparison a change', async () => {
    const server = await started(
      // a year ago: 48 with one stay, of whom 12 had another since; and two with two
      ...Array.from({ length: 50 }, (_, place) => `s${place}`).flatMap((id, place) => [
        ...[person(id), condition(id), visit(id), stay(id, '2024-06-01')],
        ...(place < 2 ? [stay(id, '2024-07-01')] : []),
        ...(place < 14 ? [stay(id, '2025-06-01')] : []),
        ...(place < 2 ? [stay(id, '2025-07-01')] : []),
      ]),
    )
    const [found] = (await find(server, { text: 's1', known: 'all' })).people
    expect(found).toMatchObject({ stays: 2, chanceCompared: '1+/fit', chancePeople: 50 })
    expect(found?.['chance']).toBe(28)
    const [other] = (await find(server, { text: 's40' })).people
    expect(other).toMatchObject({ stays: 0, chance: 25, chanceCompared: '0/fit/65' })
    expect(other?.['chanceBefore'], 'it was counted from others').toBeUndefined()
  })

  test('filters by needs that no score counts, and says whose they are and of how many it is not known whether they live alone', async () => {
    const server = await started(
      ...[person('often'), condition('often')],
      ...['2024-05-01', '2024-07-01', '2025-06-01', '2025-08-01'].map((day) => stay('often', day)),
    )
    expect(await find(server, { flag: 'persistent-high-use', order: 'frailty' })).toMatchObject({
      total: 1,
      people: [{ id: 'often', flags: 'persistent-high-use' }],
      facets: { 'flag persistent-high-use': 1, 'not-known alone': 1 },
    })
    expect(await find(server, { flag: 'coordination-risk', order: 'frailty' })).toMatchObject({
      total: 0,
      facets: { 'flag persistent-high-use': 1 },
    })
    expect((await find(server, { flag: 'rich' })).status).toBe(400)
  })

  test('filters by segment and by what could be changed, each choice counted without its own filter', async () => {
    const server = await started(
      ...[person('falls'), condition('falls'), condition('falls', '161898004')],
      ...[person('dementia'), condition('dementia', '52448006')],
    )
    expect(await find(server, { segment: 'frailty-dementia' })).toMatchObject({
      total: 1,
      people: [{ id: 'dementia' }],
      facets: { 'segment long-term': 46, 'segment frailty-dementia': 1 },
    })
    expect(await find(server, { changeable: 'falls' })).toMatchObject({
      total: 1,
      people: [{ id: 'falls' }],
      facets: { 'changeable falls': 1, 'changeable not-seen': 45, 'segment long-term': 1 },
    })
    const byChange = await find(server, { order: 'changeable' })
    expect(byChange.people[0]).toMatchObject({ id: 'falls' })
  })

  test('counts again when people are added, and not twice on one day without a reason', async () => {
    const server = await started()
    expect((await find(server, { text: named(30) })).people[0]).toMatchObject({ chance: 25 })
    await server.seed(
      Array.from({ length: 15 }, (_, place) => `q${place}`).flatMap((id) => [
        person(id),
        condition(id),
        stay(id, '2025-07-01'),
      ]),
    )
    expect((await find(server, { text: named(30) })).people[0]).toMatchObject({
      ...{ chance: 40, chancePeople: 75 },
    })
  })

  test('counts a stay of the year before last once', async () => {
    const server = await started(
      ...[person('twice'), condition('twice'), stay('twice', '2025-01-20')],
      ...[stay('twice', '2025-06-01'), stay('twice', '2025-07-01')],
    )
    const [found] = (await find(server, { text: 'twice' })).people
    expect(found).toMatchObject({ stays: 2 })
    expect(found?.['persistent']).toBeUndefined()
  })

  test('leaves records that are restricted out of it', async () => {
    const restricted = { meta: { security: [{ system: restrictedSystem, code: 'R' }] } }
    const server = await started(person('quiet'), condition('quiet'), {
      ...stay('quiet', '2025-06-01'),
      ...restricted,
    } as ResourceWithId)
    expect((await find(server, { text: 'quiet' })).people[0]).toMatchObject({ stays: 0 })
  })

  test('suggests the chance where most people have one, and frailty where few do', async () => {
    const server = await started()
    expect(await find(server, { order: 'suggested' })).toMatchObject({ order: 'chance', total: 45 })
    const { sql } = await open({ now: () => now })
    const small = await openHandler({ sql, now })
    await small.seed(alike.slice(0, 30))
    expect(await find(small, { order: 'suggested' })).toMatchObject({ order: 'frailty' })
  })

  test.each([
    [
      'order',
      'price',
      'must be one of frailty, chance, changeable, line, cost, suggested, or outside:',
    ],
    ['segment', 'poor', 'must be one of last-year'],
    ['changeable', 'nothing', 'must be one of avoidable-stay'],
  ])('refuses %s “%s”', async (name, value, words) => {
    const call = await (await started()).as('amina')
    const response = await call('/fhir/Patient/$find-people', {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter: [{ name, valueString: value }] },
    })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain(words)
  })
})

const restrictedSystem = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
