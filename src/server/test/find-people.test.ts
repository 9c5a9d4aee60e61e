import type { Bundle, Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { foldNames } from '#server/store/data-migrations/fold-names.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const snomed = 'http://snomed.info/sct'

function person(id: string, family: string, more: object = {}): ResourceWithId {
  return {
    resourceType: 'Patient',
    id,
    name: [{ family, given: ['Zoë'] }],
    birthDate: '1944-01-01',
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    ...more,
  }
}

function condition(owner: string, code: string, more: object = {}): ResourceWithId {
  return {
    resourceType: 'Condition',
    id: `${owner}-${code}`,
    subject: { reference: `Patient/${owner}` },
    code: { coding: [{ system: snomed, code }] },
    ...more,
  }
}

function episode(owner: string, status: 'active' | 'cancelled', more: object = {}) {
  return {
    resourceType: 'EpisodeOfCare' as const,
    id: `case-${owner}`,
    status,
    patient: { reference: `Patient/${owner}` },
    careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
    ...more,
  }
}

const frailCodes = ['84114007', '161898004', '52448006', '271737000', '396275006']

const records: readonly ResourceWithId[] = [
  person('frail', 'O’Brien', {
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765919' }],
  }),
  ...frailCodes.map((code) => condition('frail', code)),
  person('cancer', 'Núñez', { birthDate: '1970-06-01' }),
  condition('cancer', '128462008'),
  person('taken', 'Taken'),
  condition('taken', '84114007'),
  episode('taken', 'active'),
  person('later', 'Later'),
  condition('later', '84114007'),
  episode('later', 'cancelled', {
    extension: [{ url: 'https://gable.example/fhir/not-now', valueString: 'Is abroad' }],
  }),
  person('blank', 'Blank', { birthDate: undefined }),
  person('gone', 'Gone', { deceasedBoolean: true }),
  condition('gone', '84114007'),
  person('elsewhere', 'Elsewhere', {
    generalPractitioner: [{ reference: 'Organization/other-surgery' }],
  }),
  condition('elsewhere', '84114007'),
]

eachStore('Find people', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed(JSON.parse(JSON.stringify(records)))
    return server
  }

  async function find(
    server: OpenHandler,
    who: string,
    asked: readonly ParametersParameter[] = [],
  ) {
    const call = await server.as(who)
    const response = await call('/fhir/Patient/$find-people', {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter: asked },
    })
    const answer = (await response.json()) as Parameters
    const parts = answer.parameter ?? []
    return {
      status: response.status,
      total: parts.find((each) => each.name === 'total')?.valueInteger,
      unscored: parts.find((each) => each.name === 'unscored')?.valueInteger,
      facets: Object.fromEntries(
        parts
          .filter((each) => each.name === 'facet')
          .map(({ part = [] }) => [
            `${part[0]?.valueCode} ${part[1]?.valueString}`,
            part[2]?.valueInteger,
          ]),
      ),
      ids: parts
        .filter((each) => each.name === 'person')
        .map((each) => each.part?.[0]?.valueString),
      people: parts.filter((each) => each.name === 'person'),
    }
  }

  test('sorts the frailest first, leaves out people who have died, and counts those without a score', async () => {
    const found = await find(await started(), 'amina')
    expect(found).toMatchObject({ status: 200, ids: ['frail', 'cancer'], total: 2, unscored: 1 })
    expect(found.facets).toMatchObject({
      'known no-coordinator': 2,
      'known on-caseload': 1,
      'known not-now': 1,
      'band mild': 1,
      'band fit': 1,
      'condition Heart failure': 1,
    })
  })

  test.each([
    ['obrien', ['frail']],
    ['o’bri zoe', ['frail']],
    ['NUNEZ', ['cancer']],
    ['943 476 5919', ['frail']],
    ['100%', []],
    ['brien', []],
  ] as const)('finds “%s” by the beginnings of words and numbers', async (text, ids) => {
    const found = await find(await started(), 'amina', [{ name: 'text', valueString: text }])
    expect(found.ids).toEqual(ids)
    expect(found.total).toBe(ids.length)
  })

  test.each([
    ['Lukasiewicz', ['polish']],
    ['łukasiewicz', ['polish']],
    ["o'neill", ['irish']],
    ['ONEILL', ['irish']],
    ['o neill', ['irish']],
    ['943 476 5870', ['irish']],
    ['9434765870', ['irish']],
    ['Zoe Taken', ['taken']],
    ['zoe gone', ['gone']],
    ['Later', ['later']],
    ['Tak', []],
    ['Zoe', ['frail']],
  ] as const)(
    'finds everybody whose full name is “%s”, whatever the filters',
    async (text, ids) => {
      const server = await started()
      const identifier = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '943 476 5870' }]
      await server.seed([
        person('polish', 'Łukasiewicz'),
        person('irish', 'O´Neill', { identifier }),
      ])
      const filters = [
        { name: 'band', valueCode: 'mild' },
        { name: 'ageFrom', valueInteger: 60 },
      ]
      const asked = [{ name: 'text', valueString: text }, ...filters]
      const found = await find(server, 'amina', asked)
      expect(found.ids).toEqual(ids)
      expect(found.total).toBe(ids.length)
      const died = found.people.some(({ part }) => part?.some((each) => each.name === 'died'))
      expect(died).toBe(text === 'zoe gone')
      const elsewhere = [{ name: 'text', valueString: 'Zoe Elsewhere' }]
      expect((await find(server, 'amina', elsewhere)).ids).toEqual([])
    },
  )

  test('finds everybody with a given name, until a filter is chosen', async () => {
    const server = await started()
    await server.seed([person('turkish', '', { name: [{ family: 'Doğan', given: ['Işıl'] }] })])
    const isil = { name: 'text', valueString: 'Isil' }
    const found = await find(server, 'amina', [isil])
    expect([found.ids, found.total]).toEqual([['turkish'], 1])
    const onCaseload = { name: 'known', valueCode: 'on-caseload' }
    expect((await find(server, 'amina', [isil, onCaseload])).ids).toEqual([])
    expect((await find(server, 'amina', [{ name: 'text', valueString: 'Isi' }])).ids).toEqual([])
  })

  test.each([
    ['Lukasiewicz', 'polish'],
    ['O%27Neill', 'irish'],
    ['oneill', 'irish'],
    ['O%E2%80%99Neill', 'irish'],
    ['Isil', 'turkish'],
    ['Gross', 'german'],
    ['%27', ''],
  ] as const)(
    '/fhir/Patient?name=%s finds the same as Find, also in data of an earlier version',
    async (text, id) => {
      const { sql } = await open({ now: () => now })
      const server = await openHandler({ sql, now })
      const given = { name: [{ family: 'Doğan', given: ['Işıl'] }] }
      await server.seed([person('polish', 'Łukasiewicz'), person('irish', 'O´Neill')])
      await server.seed([person('turkish', '', given), person('german', 'Groß')])
      const amina = await server.as('amina')
      const found = async () =>
        ((await (await amina(`/fhir/Patient?name=${text}`)).json()) as Bundle).entry?.map(
          ({ resource }) => resource?.id,
        ) ?? []
      expect(await found()).toEqual(id ? [id] : [])
      await sql.query(`update sp set s = 'zz' where x ~ '[^ -~]'`)
      await sql.query(`update person_row set families = '', search = ' zz', as_written = null`)
      await foldNames(sql, { now, zone: 'Europe/London' })
      expect(await found()).toEqual(id ? [id] : [])
      const inFull = await find(server, 'amina', [{ name: 'text', valueString: 'łukasiewicz' }])
      expect(inFull.ids).toEqual(['polish'])
    },
  )

  async function leftFor(server: OpenHandler, who: string, ...names: readonly string[]) {
    const call = await server.as(who)
    const response = await call('/fhir/Patient/$find-people', {
      method: 'POST',
      json: {
        resourceType: 'Parameters',
        parameter: names.map((name) => ({ name, valueBoolean: true })),
      },
    })
    const { parameter = [] } = (await response.json()) as Parameters
    const value = (name: string) => parameter.find((each) => each.name === name)?.valueInteger
    return {
      left: value('notWorkedOut'),
      steps: value('stepsLeft'),
      isBefore: JSON.stringify(parameter).includes('Before'),
      names: parameter.map(({ name }) => name),
    }
  }
  const makeDue = async ({ sql }: OpenHandler) => {
    await sql.query(
      `update person_row set family = 'Before', as_written = null where person = 'frail'`,
    )
    await sql.query(
      `insert into person_due values ('frail', date '2000-01-01')
       on conflict (person) do update set changes_on = excluded.changes_on`,
    )
  }

  test('as it is: nobody is worked out first, and the answer says how many are shown as they were', async () => {
    const server = await started()
    await leftFor(server, 'amina')
    await makeDue(server)
    const asItIs = await leftFor(server, 'amina', 'asItIs')
    expect(asItIs).toMatchObject({ left: 1, steps: 1, isBefore: true })
    expect(await leftFor(server, 'amina')).toMatchObject({ left: undefined, isBefore: false })
  })

  test('how many are shown as they were counts only whom the caller sees, and old chances and costs too', async () => {
    const server = await started()
    await leftFor(server, 'amina')
    await makeDue(server)
    expect((await leftFor(server, 'karen', 'asItIs')).left, 'sees nobody').toBeUndefined()
    expect((await leftFor(server, 'amina', 'asItIs')).left).toBe(1)
    await leftFor(server, 'amina')
    await server.sql.query(`update chance_count set day = date '2000-01-01'`)
    // six of the practice, whether they have died or have no score
    expect(await leftFor(server, 'amina', 'asItIs')).toMatchObject({ left: 6, steps: 6 })
    await makeDue(server)
    expect(await leftFor(server, 'amina', 'asItIs')).toMatchObject({ left: 6, steps: 7 })
    expect((await leftFor(server, 'karen', 'asItIs')).left).toBeUndefined()
  })

  test('whoever asks only how much is left is shown nobody, and is in nobody’s audit log', async () => {
    const server = await started()
    await leftFor(server, 'amina')
    await makeDue(server)
    const shown = async () =>
      (await server.sql.query(`select 1 from trail.audit where 'frail' = any(persons)`)).rows.length
    const before = await shown()
    const still = await leftFor(server, 'amina', 'asItIs', 'leftOnly')
    expect(still).toEqual({
      left: 1,
      steps: 1,
      isBefore: false,
      names: ['notWorkedOut', 'stepsLeft'],
    })
    expect((await leftFor(server, 'amina', 'leftOnly')).names, 'worked out').toEqual([])
    expect(await shown()).toBe(before)
    expect(await leftFor(server, 'amina', 'asItIs')).toMatchObject({ left: undefined })
  })

  test('filters by band, age, condition and who is known', async () => {
    const server = await started()
    const ids = async (...asked: ParametersParameter[]) => (await find(server, 'amina', asked)).ids
    expect(await ids({ name: 'band', valueCode: 'mild' })).toEqual(['frail'])
    expect(await ids({ name: 'ageFrom', valueInteger: 82 })).toEqual(['frail'])
    expect(await ids({ name: 'ageFrom', valueInteger: 83 })).toEqual([])
    expect(await ids({ name: 'ageTo', valueInteger: 55 })).toEqual(['cancer'])
    expect(await ids({ name: 'condition', valueString: 'Falls' })).toEqual(['frail'])
    expect(await ids({ name: 'known', valueCode: 'on-caseload' })).toEqual(['taken'])
    expect(await ids({ name: 'known', valueCode: 'not-now' })).toEqual(['later'])
    expect(await ids({ name: 'unscored', valueBoolean: true })).toEqual(['blank'])
    expect(
      await ids({ name: 'count', valueInteger: 1 }, { name: 'offset', valueInteger: 1 }),
    ).toEqual(['cancer'])
  })

  test('shows users only people they have access to', async () => {
    const server = await started()
    for (const who of ['karen', 'stranger']) {
      const found = await find(server, who, [{ name: 'known', valueCode: 'all' }])
      expect([found.ids, found.total ?? 0, found.facets]).toEqual([[], 0, {}])
    }
    for (const who of ['ruth', 'grace', 'chidi']) expect((await find(server, who)).status).toBe(403)
    const all = await find(server, 'admin', [{ name: 'known', valueCode: 'all' }])
    expect(all.ids).toContain('elsewhere')
  })

  test.each([
    [4, 'is in the audit log of each person'],
    [5, 'is in nobody’s audit log'],
  ])('a count of %i %s', async (many, what) => {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    const ids = Array.from({ length: many }, (_, at) => `hill-${at}`)
    await server.seed(ids.map((id) => person(id, 'Hill')))
    await find(server, 'amina', [
      { name: 'text', valueString: 'hill' },
      { name: 'known', valueCode: 'all' },
      { name: 'unscored', valueBoolean: true },
      { name: 'count', valueInteger: 0 },
    ])
    const { rows } = await sql.query<{ person: string }>(
      `select distinct unnest(persons) as person from trail.audit where way = '$find-people' order by person`,
    )
    expect(rows.map((row) => row.person)).toEqual(what === 'is in nobody’s audit log' ? [] : ids)
  })

  test('follows what is written: resolved, taken on, deleted', async () => {
    const server = await started()
    const clinicalStatus = { coding: [{ code: 'resolved' }] }
    await server.seed([condition('cancer', '128462008', { clinicalStatus })])
    await server.seed([episode('frail', 'active')])
    const found = await find(server, 'amina', [{ name: 'known', valueCode: 'all' }])
    expect(found.ids).toEqual(['frail', 'later', 'taken', 'cancer'])
    await server.store.remove('Patient', 'cancer', 'anything')
    expect((await find(server, 'amina')).ids).toEqual([])
  })

  test('refuses unknown parameters', async () => {
    const server = await started()
    expect((await find(server, 'amina', [{ name: 'band', valueCode: 'weak' }])).status).toBe(400)
    expect((await find(server, 'amina', [{ name: 'offset', valueInteger: -1 }])).status).toBe(400)
  })

  test('a score comes with its evidence, and only to users with access to the person', async () => {
    const server = await started()
    const amina = await server.as('amina')
    const response = await amina('/fhir/Patient/frail/$score')
    const answer = (await response.json()) as Parameters
    const charlson = answer.parameter?.find((each) => each.name === 'charlson')?.part ?? []
    expect(charlson.slice(0, 4)).toEqual([
      { name: 'score', valueInteger: 6 },
      { name: 'comorbidity', valueInteger: 2 },
      { name: 'age', valueInteger: 82 },
      { name: 'agePoints', valueInteger: 4 },
    ])
    expect(JSON.stringify(charlson)).toContain('Condition/frail-84114007')
    const karen = await server.as('karen')
    expect((await karen('/fhir/Patient/frail/$score')).status).toBe(404)
  })

  test('follows the calendar: birthdays and admissions of a year ago change a row without a write', async () => {
    const server = await started()
    await server.seed([
      person('young', 'Young', { birthDate: '1976-03-20' }),
      condition('young', '84114007'),
      {
        resourceType: 'Encounter',
        id: 'stay',
        status: 'finished',
        class: { code: 'EMER' },
        subject: { reference: 'Patient/young' },
        period: { start: '2025-03-05T10:00:00Z' },
      },
    ])
    const young = async () => {
      const call = await server.as('amina')
      const answer = await call('/fhir/Patient/$find-people', {
        method: 'POST',
        json: { resourceType: 'Parameters', parameter: [{ name: 'text', valueString: 'young' }] },
      })
      const { parameter } = (await answer.json()) as Parameters
      const parts = parameter?.find((each) => each.name === 'person')?.part ?? []
      return ['charlson', 'admissions'].map(
        (name) => parts.find((part) => part.name === name)?.valueInteger,
      )
    }
    const day = 24 * 60
    expect(await young()).toEqual([1, 1])
    await server.pass(4 * day)
    expect(await young()).toEqual([1, 0])
    await server.pass(14 * day)
    expect(await young()).toEqual([2, 0])
  })
})
