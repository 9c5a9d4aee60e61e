import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { measureRunsParameters } from '#domain/outcome/measure-runs-parameters.ts'
import { afterForm } from '#domain/preparation/prompts.ts'
import { noteFeedMonths } from '#server/outcome/due-months.ts'
import { type KeptResult, keepResults, keptResults } from '#server/outcome/kept-results.ts'
import { countNextMonths } from '#server/outcome/start-counting.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')
const clock = { now, zone: 'Europe/London' }
const whole = { from: '2026-01', to: '2026-10' }

const person = (id: string, organisation: string): readonly ResourceWithId[] => [
  { resourceType: 'Patient', id, birthDate: '1950-01-01', name: [{ family: id }] },
  {
    ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status: 'active' },
    patient: { reference: `Patient/${id}` },
    managingOrganization: { reference: `Organization/${organisation}` },
    period: { start: '2026-01-10' },
  },
]
const stay = (id: string, start: string, end: string): ResourceWithId => ({
  ...{ resourceType: 'Encounter', id: `stay-${id}`, status: 'finished', class: { code: 'IMP' } },
  ...{ subject: { reference: `Patient/${id}` }, period: { start, end } },
})

eachStore('Results of measures', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([
      ...demoOrganisationRecords('2026-11-23'),
      ...[...person('a', 'brook-surgery'), ...person('b', 'riverside-council')],
    ])
    return server
  }

  async function countAll({ sql }: OpenHandler): Promise<void> {
    while (await countNextMonths(sql, clock, 0));
  }

  const runsOf = async ({ sql }: OpenHandler) =>
    (
      await sql.query<{ run: string }>(
        `select organisation || ' ' || month_from as run from measure_run order by organisation, month_from`,
      )
    ).rows.map(({ run }) => run)

  test('are counted from the first case to the last whole month, for each organisation', async () => {
    const server = await started()
    await countAll(server)
    const runs = await runsOf(server)
    expect(runs).toHaveLength(20)
    expect(runs.at(0)).toBe('brook-surgery 2026-01')
    expect(runs.at(-1)).toBe('riverside-council 2026-10')
    await countAll(server)
    expect(await runsOf(server)).toHaveLength(20)
  })

  test('are counted again for the months and the organisation that a change touches, and no others', async () => {
    const server = await started()
    await countAll(server)
    await server.sql.query('delete from measure_run')
    await server.seed([stay('a', '2026-06-10', '2026-06-12')])
    await countAll(server)
    expect(await runsOf(server)).toEqual([
      ...['brook-surgery 2026-04', 'brook-surgery 2026-05'],
      ...['brook-surgery 2026-06', 'brook-surgery 2026-07'],
    ])
    const nightsIn = async (month: string) =>
      (await keptResults(server.sql, whole)).find(
        (each) =>
          each.measure === 'bed-days' &&
          each.month === month &&
          each.organisation === 'brook-surgery',
      )?.numerator
    expect(await nightsIn('2026-06')).toBe(2)
    // moved: what it was is counted again, too
    await server.sql.query('delete from measure_run')
    await server.seed([stay('a', '2026-09-01', '2026-09-04')])
    await countAll(server)
    expect([await nightsIn('2026-06'), await nightsIn('2026-09')]).toEqual([0, 3])
  })

  const resultIn = async (
    { sql }: OpenHandler,
    [measure, organisation, month]: readonly [string, string, string],
  ) => {
    const kept = (await keptResults(sql, whole)).find(
      (each) =>
        each.measure === measure && each.organisation === organisation && each.month === month,
    )
    return [kept?.numerator, kept?.denominator]
  }

  test('follow a stay that was open for months, once its end or its mistake is written down', async () => {
    const server = await started()
    const nights = (month: string) => resultIn(server, ['bed-days', 'brook-surgery', month])
    const open: ResourceWithId = {
      ...{ resourceType: 'Encounter', id: 'stay-a', status: 'in-progress', class: { code: 'IMP' } },
      ...{ subject: { reference: 'Patient/a' }, period: { start: '2026-03-30' } },
    }
    await countAll(server)
    // written down late
    await server.seed([open])
    await countAll(server)
    expect([await nights('2026-03'), await nights('2026-09')]).toEqual([
      [2, 1],
      [30, 1],
    ])
    await server.seed([stay('a', '2026-03-30', '2026-04-02')])
    await countAll(server)
    expect([await nights('2026-04'), await nights('2026-06'), await nights('2026-10')]).toEqual([
      [1, 1],
      [0, 1],
      [0, 1],
    ])
    await server.seed([open])
    await countAll(server)
    expect(await nights('2026-10')).toEqual([31, 1])
    await server.seed([{ ...open, status: 'entered-in-error' } as ResourceWithId])
    await countAll(server)
    expect([await nights('2026-03'), await nights('2026-10')]).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  test('follow the person who says months later that a promise was not kept', async () => {
    const server = await started()
    const promised = () => resultIn(server, ['promises-kept', 'brook-surgery', '2026-04'])
    await server.seed([
      {
        ...{ resourceType: 'Task', id: 'promise', status: 'completed', intent: 'order' },
        ...{ for: { reference: 'Patient/a' }, focus: { reference: 'Goal/g' } },
        owner: { reference: 'Practitioner/amina-yusuf' },
        restriction: { period: { end: '2026-04-20' } },
      },
    ])
    await countAll(server)
    expect(await promised()).toEqual([1, 1])
    await server.seed([
      {
        ...{ resourceType: 'Communication', id: 'no', status: 'completed' },
        subject: { reference: 'Patient/a' },
        category: [{ coding: [{ system: gableCodeSystem, code: 'promise-answer' }] }],
        about: [{ reference: 'Goal/g' }, { reference: 'Task/promise' }],
        ...{ sender: { reference: 'Patient/a' }, sent: '2026-11-20T10:00:00Z' },
        extension: [{ url: gableUrl('happened'), valueBoolean: false }],
      },
    ])
    await countAll(server)
    expect(await promised()).toEqual([0, 1])
  })

  test('follow a case to another organisation, and a case that is deleted', async () => {
    const server = await started()
    const people = async (organisation: string) =>
      (await resultIn(server, ['people', organisation, '2026-06']))[0]
    await countAll(server)
    expect([await people('brook-surgery'), await people('riverside-council')]).toEqual([1, 1])
    await server.seed(person('a', 'riverside-council'))
    await countAll(server)
    expect([await people('brook-surgery'), await people('riverside-council')]).toEqual([0, 2])
    await server.store.remove('EpisodeOfCare', 'case-a', 'anything')
    await countAll(server)
    expect([await people('brook-surgery'), await people('riverside-council')]).toEqual([0, 1])
  })

  test('follow who came back on the 29th day, across all of February', async () => {
    const server = await started()
    const back = (organisation: string) =>
      resultIn(server, ['readmissions-30', organisation, '2026-01'])
    await server.seed([
      stay('a', '2026-01-28', '2026-01-31'),
      stay('b', '2026-01-28', '2026-01-31'),
    ])
    await countAll(server)
    await server.seed([{ ...stay('a', '2026-03-01', '2026-03-04'), id: 'again' } as ResourceWithId])
    await server.sql.query(
      `insert into activity_line (source, line, person, kind, started, ended, emergency, received, cancelled)
       values ('sus', '1', 'b', 'admitted', '2026-03-01', '2026-03-04', true, '2026-11-20', false)`,
    )
    await noteFeedMonths(server.sql, [{ source: 'sus', line: '1' }])
    await countAll(server)
    expect([await back('brook-surgery'), await back('riverside-council')]).toEqual([
      [1, 1],
      [1, 1],
    ])
  })

  test('follow a moment that is in another month here than in the words of the record', async () => {
    const server = await started()
    await countAll(server)
    const involved = () => resultIn(server, ['involved', 'brook-surgery', '2026-07'])
    await server.seed([
      {
        ...{ resourceType: 'QuestionnaireResponse', id: 'after', status: 'completed' },
        ...{ questionnaire: afterForm.url, subject: { reference: 'Patient/a' } },
        // half past midnight on 1 July in London
        authored: '2026-06-30T23:30:00Z',
        item: [{ linkId: 'talked', answer: [{ valueCoding: { code: 'yes' } }] }],
      },
    ])
    await countAll(server)
    expect(await involved()).toEqual([1, 1])
  })

  test('come out the same, however they came about', async () => {
    const server = await started()
    await countAll(server)
    await server.seed([
      stay('a', '2026-06-10', '2026-06-12'),
      stay('b', '2026-02-10', '2026-03-02'),
    ])
    await server.seed([...person('c', 'brook-surgery'), stay('c', '2026-04-29', '2026-05-03')])
    await countAll(server)
    const bit = await keptResults(server.sql, whole)
    await server.sql.script('delete from measure_result; delete from measure_due')
    await countAll(server)
    expect(await keptResults(server.sql, whole)).toEqual(bit)
  })

  test('follow a late line of activity', async () => {
    const server = await started()
    await countAll(server)
    await server.sql.query('delete from measure_run')
    await server.sql.query(
      `insert into activity_line (source, line, person, kind, started, ended, emergency, received, cancelled)
       values ('sus', '1', 'b', 'admitted', '2026-03-30', '2026-04-02', true, '2026-11-20', false)`,
    )
    await noteFeedMonths(server.sql, [{ source: 'sus', line: '1' }])
    await countAll(server)
    expect(await runsOf(server)).toEqual([
      ...['riverside-council 2026-03', 'riverside-council 2026-04'],
    ])
  })

  test('follow a late line that makes one stay of two, or belongs to a stay of years', async () => {
    const server = await started()
    await countAll(server)
    const line = async (
      number: string,
      [from, to]: readonly [string, string],
      emergency: boolean,
    ) => {
      await server.sql.query(
        `insert into activity_line (source, line, person, kind, started, ended, emergency, received, cancelled)
         values ('sus', $1, 'b', 'admitted', $2, $3, $4, '2026-11-20', false)`,
        [number, from, to, emergency],
      )
      await noteFeedMonths(server.sql, [{ source: 'sus', line: number }])
      await countAll(server)
    }
    const nights = (month: string) => resultIn(server, ['bed-days', 'riverside-council', month])
    await line('1', ['2026-02-10', '2026-05-20'], false)
    expect(await nights('2026-02')).toEqual([0, 1])
    // the stay that it belongs to is an emergency from its first night
    await line('2', ['2026-05-20', '2026-05-22'], true)
    expect(await nights('2026-02')).toEqual([19, 1])
    await line('3', ['2024-06-01', '2026-10-31'], true)
    expect(await nights('2026-10')).toEqual([30, 1])
  })

  test('follow a stay that was written down for the wrong person', async () => {
    const server = await started()
    await server.seed([stay('a', '2026-06-10', '2026-06-12')])
    await countAll(server)
    const nights = (organisation: string) => resultIn(server, ['bed-days', organisation, '2026-06'])
    expect(await nights('brook-surgery')).toEqual([2, 1])
    await server.seed([
      { ...stay('b', '2026-06-10', '2026-06-12'), id: 'stay-a' } as ResourceWithId,
    ])
    await countAll(server)
    expect([await nights('brook-surgery'), await nights('riverside-council')]).toEqual([
      [0, 1],
      [2, 1],
    ])
  })

  test('leave those of the practice copy and of imports as they are', async () => {
    const server = await started()
    const brought = {
      ...{ measure: 'bed-days', version: '1', organisation: 'brook-surgery', month: '2026-06' },
      ...{ numerator: 70, denominator: 90, notAsked: 0, leftOut: 0, origin: 'imported' },
    } satisfies KeptResult
    await keepResults(server.sql, [brought])
    await countAll(server)
    expect(await keptResults(server.sql, whole)).toContainEqual(brought)
  })

  test('have an open log for every partner, without small numbers', async () => {
    const server = await started()
    await countAll(server)
    const response = await (await server.as('karen'))('/fhir/$measure-runs')
    const told = measureRunsParameters.read((await response.json()) as Parameters)
    expect(told.runs).toHaveLength(20)
    expect(told.waiting).toBe(0)
    expect(told.runs[0]).toMatchObject({
      ...{ measure: 'built-in', version: '1', people: { fewerThan: 5 }, reason: 'records-changed' },
    })
  })
})
