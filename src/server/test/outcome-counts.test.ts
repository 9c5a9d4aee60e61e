import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { builtInMeasures } from '#domain/outcome/built-in-measures.ts'
import { countMonth } from '#server/outcome/count-month.ts'
import { keptResults } from '#server/outcome/kept-results.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')
const zone = 'Europe/London'
const october = { organisation: 'brook-surgery', month: '2026-10' }

const made = (record: object) => record as ResourceWithId
const of = (person: string) => ({ reference: `Patient/${person}` })
const own = (code: string) => ({ coding: [{ system: gableCodeSystem, code }] })

const person = (id: string, more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1950-01-01', name: [{ family: id }] },
  ...more,
})
const episode = (id: string, more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status: 'active', patient: of(id) },
  managingOrganization: { reference: 'Organization/brook-surgery' },
  period: { start: '2025-01-10' },
  ...more,
})
const withCase = (id: string, more: object = {}) => [person(id), episode(id, more)]
const stay = (id: string, start: string, end: string, more: object = {}): ResourceWithId => ({
  ...{
    resourceType: 'Encounter',
    id: `stay-${id}-${start.replaceAll(':', '')}`,
    status: 'finished',
  },
  ...{ class: { code: 'IMP' }, subject: of(id), period: { start, end } },
  ...more,
})
const planned = { priority: { coding: [{ code: 'planned' }] } }
const score = (
  id: string,
  code: string,
  [day, value]: readonly [string, number],
): ResourceWithId => ({
  ...{ resourceType: 'Observation', id: `${code}-${id}-${day}`, status: 'final', code: own(code) },
  ...{ subject: of(id), effectiveDateTime: day, valueInteger: value },
})
const goalScore = (id: string, [day, value]: readonly [string, number], by: string) =>
  made({
    ...score(id, 'goal-attainment-score', [day, value]),
    ...{ id: `goal-${id}-${day}-${by.split('/')[1]}`, focus: [{ reference: `Goal/g-${id}` }] },
    performer: [{ reference: by }],
  })
const promise = (id: string, due: string, more: object = {}): ResourceWithId => ({
  ...{
    resourceType: 'Task',
    id: `promise-${id}`,
    status: 'requested',
    intent: 'order',
    for: of(id),
  },
  ...{ owner: { reference: 'Practitioner/amina-yusuf' }, focus: { reference: `Goal/g-${id}` } },
  restriction: { period: { end: due } },
  ...more,
})
const denied = (id: string, happened: boolean): ResourceWithId => ({
  ...{ resourceType: 'Communication', id: `answer-${id}`, status: 'completed', subject: of(id) },
  ...{ category: [own('promise-answer')], about: [{ reference: `Task/promise-${id}` }] },
  ...{ sender: of(id), sent: '2026-10-20T10:00:00Z' },
  extension: [{ url: gableUrl('happened'), valueBoolean: happened }],
})
const contact = (id: string, sent: string, status = 'completed') =>
  made({
    ...{ resourceType: 'Communication', id: `contact-${id}`, status, subject: of(id), sent },
    ...{ category: [own('contact')], sender: { reference: 'Practitioner/amina-yusuf' } },
  })

eachStore('Measures are counted', (open) => {
  async function among(records: readonly ResourceWithId[]): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...demoOrganisationRecords('2026-11-23'), ...records], 'brook-surgery')
    return server
  }

  async function counted(records: readonly ResourceWithId[], month = october) {
    const { sql } = await among(records)
    await countMonth(sql, month, zone)
    const kept = await keptResults(sql, { from: month.month, to: month.month })
    return new Map(kept.map((each) => [each.measure, [each.numerator, each.denominator] as const]))
  }

  test('of whoever has a case in the month, is alive, and did not say no', async () => {
    const { sql } = await among([
      ...withCase('stands'),
      ...withCase('ended-before', {
        status: 'finished',
        period: { start: '2025-01-10', end: '2026-09-30' },
      }),
      ...withCase('ended-within', {
        status: 'finished',
        period: { start: '2025-01-10', end: '2026-10-01' },
      }),
      ...withCase('began-after', { period: { start: '2026-11-01' } }),
      ...withCase('elsewhere', {
        managingOrganization: { reference: 'Organization/riverside-council' },
      }),
      ...[person('died-before', { deceasedDateTime: '2026-09-30' }), episode('died-before')],
      ...[person('died-within', { deceasedDateTime: '2026-10-12' }), episode('died-within')],
      ...withCase('said-no'),
    ])
    await sql.query(`update person_row set opted_out = '{planning}' where person = 'said-no'`)
    await countMonth(sql, october, zone)
    const [people] = (await keptResults(sql, { from: '2026-10', to: '2026-10' })).filter(
      ({ measure }) => measure === 'people',
    )
    expect(people).toMatchObject({ numerator: 3, denominator: 3, leftOut: 1 })
  })

  test('goals by the person’s own last score in the month', async () => {
    const results = await counted([
      ...withCase('reached'),
      goalScore('reached', ['2026-10-02', -1], 'Patient/reached'),
      goalScore('reached', ['2026-10-30', 0], 'Patient/reached'),
      ...withCase('not-yet'),
      goalScore('not-yet', ['2026-10-31', -1], 'Patient/not-yet'),
      goalScore('not-yet', ['2026-10-31', 2], 'Practitioner/amina-yusuf'),
      ...withCase('earlier'),
      goalScore('earlier', ['2026-09-30', 1], 'Patient/earlier'),
    ])
    expect(results.get('goals-reached')).toEqual([1, 2])
  })

  test('promises due in the month, unless the person says that it did not happen', async () => {
    const results = await counted([
      ...[...withCase('kept'), promise('kept', '2026-10-31', { status: 'completed' })],
      ...[
        ...withCase('denied'),
        promise('denied', '2026-10-01', { status: 'completed' }),
        denied('denied', false),
      ],
      ...[...withCase('late'), promise('late', '2026-10-15')],
      ...[...withCase('stopped'), promise('stopped', '2026-10-15', { status: 'cancelled' })],
      ...[...withCase('own'), promise('own', '2026-10-15', { owner: of('own') })],
      ...[...withCase('next'), promise('next', '2026-11-01', { status: 'completed' })],
    ])
    expect(results.get('promises-kept')).toEqual([1, 3])
  })

  test('calls within 48 hours of leaving hospital, to the minute', async () => {
    const home = '2026-10-10T14:00:00Z'
    const results = await counted([
      ...[
        ...withCase('in-time'),
        stay('in-time', '2026-10-05', home),
        contact('in-time', '2026-10-12T14:00:00Z'),
      ],
      ...[
        ...withCase('too-late'),
        stay('too-late', '2026-10-05', home),
        contact('too-late', '2026-10-12T14:01:00Z'),
      ],
      ...[
        ...withCase('no-answer'),
        stay('no-answer', '2026-10-05', home),
        contact('no-answer', '2026-10-11T14:00:00Z', 'not-done'),
      ],
      ...[
        ...withCase('back'),
        stay('back', '2026-10-05', home),
        stay('back', '2026-10-11T09:00:00Z', '2026-11-02'),
      ],
      ...[
        person('died', { deceasedDateTime: '2026-10-10' }),
        episode('died'),
        stay('died', '2026-10-05', home),
      ],
    ])
    expect(results.get('contacted-48h')).toEqual([1, 3])
  })

  test('readmissions from day 0 to day 29, emergencies alone', async () => {
    const home = '2026-10-02T14:00:00Z'
    const back = (id: string, day: string, more: object = {}) => [
      ...[...withCase(id), stay(id, '2026-09-28', home), stay(id, day, '2026-11-20', more)],
    ]
    const results = await counted([
      ...back('day-0', '2026-10-02T20:00:00Z'),
      ...back('day-29', '2026-10-31T09:00:00Z'),
      ...back('day-30', '2026-11-01T09:00:00Z'),
      ...back('planned', '2026-10-10T09:00:00Z', planned),
      ...[
        ...withCase('cancer'),
        stay('cancer', '2026-09-28', home, {
          reasonCode: [{ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C34.1' }] }],
        }),
      ],
    ])
    expect(results.get('readmissions-30')).toEqual([2, 4])
  })

  test('nights and days at home within the month, a stay known twice once', async () => {
    const { sql } = await among([
      ...withCase('over-the-end'),
      stay('over-the-end', '2026-10-30T10:00:00Z', '2026-11-03T10:00:00Z'),
      ...withCase('planned'),
      stay('planned', '2026-10-05', '2026-10-07', planned),
      ...withCase('twice'),
      stay('twice', '2026-10-10T10:00:00Z', '2026-10-12T10:00:00Z'),
      ...withCase('feed'),
    ])
    const line = (person: string, number: string, [from, to]: readonly [string, string]) =>
      sql.query(
        `insert into activity_line (source, line, person, kind, started, ended, emergency, received, cancelled)
         values ('sus', $1, $2, 'admitted', $3, $4, true, '2026-11-01', false)`,
        [number, person, from, to],
      )
    await line('twice', '1', ['2026-10-10', '2026-10-12'])
    await line('feed', '2', ['2026-10-20', '2026-10-23'])
    await line('feed', '3', ['2026-10-23', '2026-10-24'])
    await countMonth(sql, october, zone)
    const kept = await keptResults(sql, { from: '2026-10', to: '2026-10' })
    const result = (name: string) => {
      const found = kept.find(({ measure }) => measure === name)
      return [found?.numerator, found?.denominator]
    }
    expect(result('emergency-admissions')).toEqual([3, 4])
    // 30 and 31 October, two of the stay known twice, four of the feed
    expect(result('bed-days')).toEqual([8, 4])
    expect(result('days-at-home')).toEqual([4 * 31 - 10, 4 * 31])
  })

  test('nights of stays without an end as the words say: those still going on in the record alone', async () => {
    const withoutEnd = (id: string, status: string) =>
      made({ ...stay(id, '2026-09-20', ''), status, period: { start: '2026-09-20' } })
    const { sql } = await among([
      ...[...withCase('still-there'), withoutEnd('still-there', 'in-progress')],
      ...[...withCase('over'), withoutEnd('over', 'finished')],
      ...[...withCase('cancelled'), withoutEnd('cancelled', 'cancelled')],
      ...withCase('line'),
    ])
    await sql.query(
      `insert into activity_line (source, line, person, kind, started, ended, emergency, received, cancelled)
       values ('sus', '1', 'line', 'admitted', '2026-09-20', null, true, '2026-11-01', false)`,
    )
    await countMonth(sql, october, zone)
    const kept = await keptResults(sql, { from: '2026-10', to: '2026-10' })
    const nightsOf = (name: string) => kept.find(({ measure }) => measure === name)?.numerator
    expect([nightsOf('bed-days'), nightsOf('days-at-home')]).toEqual([31, 3 * 31])
    for (const name of ['bed-days', 'days-at-home'] as const) {
      expect(builtInMeasures[name].exclusions).toContain(
        'A stay in the record that is still going on counts its nights until its end is written down. A stay that is over, or of which only a line of activity tells, counts no nights without an end.',
      )
    }
  })

  test('stays that care outside could have spared, by the first letters of the code', async () => {
    const coded = (code: string, more: object = {}) => ({
      reasonCode: [{ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] }],
      ...more,
    })
    const results = await counted([
      ...[...withCase('asthma'), stay('asthma', '2026-10-02', '2026-10-03', coded('J45.9'))],
      ...[...withCase('kidney'), stay('kidney', '2026-10-02', '2026-10-03', coded('N13.6'))],
      ...[...withCase('hip'), stay('hip', '2026-10-02', '2026-10-03', coded('S72.0'))],
      ...[
        ...withCase('planned'),
        stay('planned', '2026-10-02', '2026-10-03', coded('J45.9', planned)),
      ],
    ])
    expect(results.get('avoidable-admissions')).toEqual([2, 4])
  })

  test('wellbeing from 7, and who was not asked in a year', async () => {
    const { sql } = await among([
      ...[...withCase('seven'), score('seven', 'ons4-satisfied', ['2026-10-03', 7])],
      ...[
        ...withCase('six'),
        score('six', 'ons4-satisfied', ['2026-10-03', 9]),
        score('six', 'ons4-satisfied', ['2026-10-20', 6]),
      ],
      ...[...withCase('in-spring'), score('in-spring', 'ons4-satisfied', ['2026-04-20', 3])],
      ...withCase('never'),
    ])
    await countMonth(sql, october, zone)
    const kept = await keptResults(sql, { from: '2026-10', to: '2026-10' })
    expect(kept.find(({ measure }) => measure === 'wellbeing')).toMatchObject({
      ...{ numerator: 1, denominator: 2, notAsked: 1 },
    })
  })

  test('activation against the first score, and the strain of carers as a mean', async () => {
    const results = await counted([
      ...[
        ...withCase('up'),
        score('up', 'pam-score', ['2026-01-03', 40]),
        score('up', 'pam-score', ['2026-10-03', 52]),
      ],
      ...[...withCase('once'), score('once', 'pam-score', ['2026-10-03', 60])],
      ...[...withCase('carer'), score('carer', 'mcsi-score', ['2026-10-03', 14])],
    ])
    expect(results.get('activation-change')).toEqual([12, 1])
    expect(results.get('carer-strain')).toEqual([14, 1])
  })

  test('plans that were said yes to, or reviewed since, within a year', async () => {
    const yes = (id: string, day: string): ResourceWithId => ({
      ...{ resourceType: 'Provenance', id: `yes-${id}`, recorded: `${day}T10:00:00Z` },
      target: [{ reference: `CarePlan/plan-case-${id}/_history/1` }],
      activity: own('agree'),
      agent: [{ who: of(id) }],
    })
    const plan = (id: string): ResourceWithId => ({
      ...{
        resourceType: 'CarePlan',
        id: `plan-case-${id}`,
        status: 'active',
        intent: 'plan',
        subject: of(id),
      },
    })
    const review = (id: string) =>
      made({
        ...contact(id, '2026-09-01T10:00:00Z'),
        ...{ id: `review-${id}`, category: [own('review'), own('contact')] },
      })
    const results = await counted([
      ...[...withCase('agreed'), plan('agreed'), yes('agreed', '2025-11-01')],
      ...[...withCase('long-ago'), plan('long-ago'), yes('long-ago', '2025-10-31')],
      ...[
        ...withCase('reviewed'),
        plan('reviewed'),
        yes('reviewed', '2025-06-01'),
        review('reviewed'),
      ],
      ...[...withCase('never'), plan('never'), review('never')],
      ...withCase('new', { period: { start: '2026-10-20' } }),
    ])
    expect(results.get('plan-reviewed')).toEqual([2, 4])
  })

  test('what people said after a conversation', async () => {
    const said = (id: string, code: string): ResourceWithId => ({
      ...{
        resourceType: 'QuestionnaireResponse',
        id: `said-${id}`,
        status: 'completed',
        subject: of(id),
      },
      ...{
        questionnaire: `${gableUrl('Questionnaire/after-conversation')}|1.0`,
        authored: '2026-10-09T10:00:00Z',
      },
      item: [{ linkId: 'talked', answer: [{ valueCoding: { code } }] }],
    })
    const results = await counted([
      ...[...withCase('a'), said('a', 'yes'), ...withCase('b'), said('b', 'partly')],
      ...[...withCase('c'), said('c', 'no')],
    ])
    expect(results.get('involved')).toEqual([1, 3])
  })
})
