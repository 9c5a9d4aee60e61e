import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { type Outcomes, outcomesParameters } from '#domain/outcome/outcomes.ts'
import { seedOutcomes } from '#server/hosts/node/seed-outcomes.ts'
import { type KeptResult, keepResults } from '#server/outcome/kept-results.ts'
import { createStore } from '#server/store/create-store.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')

eachStore('Outcomes', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...demoOrganisationRecords('2026-11-23')])
    await seedOutcomes(sql, createStore(sql, { now: () => now }), '2026-11-23')
    return server
  }

  async function outcomesFor(server: OpenHandler, who: string, months?: number): Promise<Outcomes> {
    const call = await server.as(who)
    const json = {
      resourceType: 'Parameters',
      parameter: months === undefined ? [] : [{ name: 'months', valueInteger: months }],
    }
    const response = await call('/fhir/$outcomes', { method: 'POST', json })
    expect(response.status).toBe(200)
    return outcomesParameters.read((await response.json()) as Parameters)
  }

  test('are the same for every partner, to the end of the last whole month', async () => {
    const server = await started()
    const ruths = await outcomesFor(server, 'ruth')
    expect(ruths.toDay).toBe('2026-10-31')
    expect(ruths.invented).toBe(true)
    expect(ruths.measures.map(({ id }) => id)).toEqual([
      ...['wellbeing', 'promises-kept', 'goals-reached', 'readmissions-30', 'carer-strain'],
    ])
    expect(ruths.measures.map(({ months }) => months.length)).toEqual([36, 36, 36, 36, 36])
    const karens = await outcomesFor(server, 'karen')
    expect({ ...karens, mayAnswer: true }).toEqual(ruths)
  })

  test('say who agreed, and whom a proposal waits for', async () => {
    const { measures, proposed } = await outcomesFor(await started(), 'ruth')
    expect(measures[0]?.agreedBy.map(({ name }) => name)).toEqual([
      ...['Brook Surgery', 'Riverside Council', 'St Anne’s Hospital'],
    ])
    expect(proposed.map(({ id, waitsFor }) => [id, waitsFor.map(({ name }) => name)])).toEqual([
      ['contacted-48h', ['St Anne’s Hospital']],
    ])
  })

  test('show no number below five, and none that could be worked out', async () => {
    const server = await started()
    await server.sql.query('delete from measure_result')
    const result = (
      organisation: string,
      month: string,
      [numerator, denominator]: [number, number],
    ) =>
      ({
        ...{ measure: 'promises-kept', version: '1', organisation, month, numerator, denominator },
        ...{ notAsked: 0, leftOut: 0, origin: 'counted' },
      }) satisfies KeptResult
    await keepResults(server.sql, [
      result('brook-surgery', '2026-09', [60, 80]),
      result('riverside-council', '2026-09', [20, 30]),
      result('st-annes-hospital', '2026-09', [3, 9]),
      result('brook-surgery', '2026-10', [2, 6]),
    ])
    const { measures } = await outcomesFor(server, 'ruth')
    const { months = [], teams = [] } = measures[1] ?? {}
    // October is small, and September with the organisations would tell it
    expect(months.map(({ month, hidden, numerator }) => [month, hidden, numerator])).toEqual([
      ['2026-09', true, undefined],
      ['2026-10', true, undefined],
    ])
    expect(teams.map(({ name, numerator }) => [name, numerator])).toEqual([
      ['Brook Surgery', 62],
      ['Riverside Council', undefined],
      ['St Anne’s Hospital', undefined],
    ])
  })

  test('show the same of organisations and months, however many months are asked for', async () => {
    const server = await started()
    const whole = await outcomesFor(server, 'ruth')
    for (const asked of [1, 2, 5]) {
      const { measures } = await outcomesFor(server, 'ruth', asked)
      expect(measures.map(({ teams }) => teams)).toEqual(whole.measures.map(({ teams }) => teams))
      expect(measures.map(({ months }) => months)).toEqual(
        whole.measures.map(({ months }) => months.slice(-asked)),
      )
    }
  })

  test('are for partners alone', async () => {
    const server = await started()
    for (const who of ['stranger', 'grace', 'chidi']) {
      const call = await server.as(who)
      expect((await call('/fhir/$outcomes')).status).toBe(403)
    }
  })

  test('refuse a number of months that is none', async () => {
    const call = await (await started()).as('ruth')
    const json = { resourceType: 'Parameters', parameter: [{ name: 'months', valueInteger: 0 }] }
    expect((await call('/fhir/$outcomes', { method: 'POST', json })).status).toBe(400)
  })
})
