import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { measureRunsParameters } from '#domain/outcome/measure-runs-parameters.ts'
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
      ...['brook-surgery 2026-05', 'brook-surgery 2026-06', 'brook-surgery 2026-07'],
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
      ...['riverside-council 2026-02', 'riverside-council 2026-03', 'riverside-council 2026-04'],
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
