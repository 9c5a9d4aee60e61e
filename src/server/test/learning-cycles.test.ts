import type { Basic, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import {
  type CycleRequest,
  keepCycleRequest,
  learningCyclesParameters,
} from '#domain/outcome/cycle/learning-cycle.ts'
import { addMonths } from '#domain/outcome/months.ts'
import { seedOutcomes } from '#server/hosts/node/seed-outcomes.ts'
import { mustNotBeCycle } from '#server/outcome/cycle/guard-cycle.ts'
import { type KeptResult, keepResults } from '#server/outcome/kept-results.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')

const readBack: CycleRequest = {
  ...{ id: 'read-back', version: 0, tried: 'Each promise read back aloud', hoped: '85% kept' },
  ...{ measure: 'promises-kept', figure: 85, from: '2026-03-01', places: ['brook-surgery'] },
  ...{ happened: '', decision: 'open', decidedOn: '', until: '', withdrawn: false },
}

eachStore('What the partners tried', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...demoOrganisationRecords('2026-11-23')])
    await seedOutcomes(sql, server.store, '2026-11-23')
    // what the demonstration tried is not what is tested
    await sql.query(`delete from resource where rt = 'Basic'`)
    return server
  }

  const keep = async (server: OpenHandler, who: string, change: Partial<CycleRequest> = {}) => {
    const json = keepCycleRequest.write({ ...readBack, ...change })
    return await (await server.as(who))('/fhir/$keep-cycle', { method: 'POST', json })
  }
  async function kept(server: OpenHandler, who = 'ruth') {
    const response = await (await server.as(who))('/fhir/$learning-cycles')
    return learningCyclesParameters.read((await response.json()) as Parameters)
  }
  async function refused(server: OpenHandler, change: Partial<CycleRequest>, who = 'ruth') {
    const response = await keep(server, who, change)
    return `${response.status} ${JSON.stringify(await response.json())}`
  }

  test('is kept with who wrote it, marked in order of time, and read by all partners', async () => {
    const server = await started()
    expect((await keep(server, 'amina')).status).toBe(200)
    const evening = { id: 'evening', tried: 'A monthly evening', from: '2025-09-10' }
    const council = { places: ['riverside-council'], measure: 'carer-strain', figure: 12 }
    expect((await keep(server, 'karen', { ...evening, ...council })).status).toBe(200)
    const { cycles, own } = await kept(server)
    expect(own).toBe('brook-surgery')
    expect(
      cycles.map(({ mark, tried, begunBy, mayChange }) => [mark, tried, begunBy, mayChange]),
    ).toEqual([
      ['B', 'Each promise read back aloud', expect.stringContaining('Amina'), true],
      ['A', 'A monthly evening', expect.stringContaining('Karen'), false],
    ])
    expect((await kept(server, 'karen')).cycles.map(({ id }) => id)).toEqual([
      'read-back',
      'evening',
    ])
  })

  test('is written by professionals and managers, for their own organisation alone', async () => {
    const server = await started()
    for (const who of ['admin', 'grace', 'chidi', 'stranger'])
      expect((await keep(server, who)).status).toBe(403)
    expect(await refused(server, { places: ['riverside-council'] })).toContain('422')
    expect(await refused(server, { places: ['brook-surgery', 'nowhere'] })).toContain(
      'Only partners',
    )
    expect((await keep(server, 'ruth')).status).toBe(200)
    const theirs = { version: 1, places: ['riverside-council'], tried: 'Ours' }
    expect(await refused(server, theirs, 'karen')).toContain('403')
    expect((await kept(server)).cycles[0]?.tried).toBe('Each promise read back aloud')
  })

  test('keeps to the order of time, and says what is missing', async () => {
    const server = await started()
    const end = { happened: 'It worked', decision: 'keep', decidedOn: '2026-10-01' } as const
    for (const [change, said] of [
      [{ tried: ' ' }, 'Say what was tried'],
      [{ tried: 'x'.repeat(121) }, '120 characters'],
      [{ hoped: '' }, 'Say what was hoped'],
      [{ from: '2026-11-24' }, 'begun in the future'],
      [{ from: '2026-02-30' }, 'the day on which it began'],
      [{ measure: '' }, 'Choose the measure'],
      [{ measure: 'no-such' }, 'no such measure'],
      [{ ...end, happened: '' }, 'Say what happened'],
      [{ ...end, decidedOn: '2026-02-28' }, 'before it began'],
      [{ ...end, decidedOn: '2026-11-24' }, 'decided in the future'],
      [{ ...end, decision: 'go-on' }, 'until which it goes on'],
      [{ ...end, decision: 'go-on', until: '2026-10-01' }, 'after the decision'],
    ] as const)
      expect(await refused(server, change)).toContain(said)
    expect((await kept(server)).cycles).toEqual([])
  })

  test('changes only from the version that was read, and each version stays', async () => {
    const server = await started()
    await keep(server, 'ruth')
    const end = { happened: 'Fewer misheard', decision: 'spread', decidedOn: '2026-11-20' } as const
    expect((await keep(server, 'amina', { ...end, version: 1 })).status).toBe(200)
    expect((await keep(server, 'ruth', { version: 1, tried: 'Mine' })).status).toBe(409)
    expect((await keep(server, 'ruth')).status).toBe(409)
    const [cycle] = (await kept(server)).cycles
    expect(cycle).toMatchObject({ ...end, version: 2, by: expect.stringContaining('Amina') })
    const { rows } = await server.sql.query(
      `select 1 from history where rt = 'Basic' and id = 'read-back'`,
    )
    expect(rows.length).toBeGreaterThan(0)
    await keep(server, 'ruth', { ...end, version: 2, withdrawn: true })
    expect((await kept(server)).cycles[0]).toMatchObject({ withdrawn: true, mark: '' })
    expect((await keep(server, 'ruth', { ...end, version: 3 })).status).toBe(200)
    expect((await kept(server)).cycles[0]).toMatchObject({ withdrawn: false, mark: 'A' })
  })

  test('stands beside what was counted before and since, there and elsewhere', async () => {
    const server = await started()
    await server.sql.query('delete from measure_result')
    const month = (organisation: string, at: number, numerator: number): KeptResult => ({
      ...{ measure: 'promises-kept', version: '1', organisation, month: addMonths('2026-03', at) },
      ...{ numerator, denominator: 100, notAsked: 0, leftOut: 0, origin: 'counted' },
    })
    const places = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]
    await keepResults(
      server.sql,
      places.flatMap((at) => [
        month('brook-surgery', at, at < 0 ? 79 : 89),
        month('riverside-council', at, at < 0 ? 80 : 86),
      ]),
    )
    await keep(server, 'ruth')
    await keep(server, 'ruth', { id: 'later', from: '2026-03-02' })
    const [later, cycle] = (await kept(server)).cycles
    expect(cycle?.comparison).toEqual({
      ...{ state: 'told', monthsBefore: 6, monthsAfter: 6, before: 79, after: 89 },
      ...{ othersBefore: 80, othersAfter: 86 },
    })
    // the month in which it began after the first day counts on neither side
    expect(later?.comparison).toEqual({ state: 'too-few', monthsBefore: 6, monthsAfter: 5 })
    await keepResults(
      server.sql,
      places.map((at) => month('st-annes-hospital', at, 0)),
    )
    expect((await kept(server)).cycles[1]?.comparison.state).toBe('hidden')
  })

  test('is written and removed in no other way', async () => {
    const server = await started()
    await keep(server, 'ruth')
    const admin = await server.as('admin')
    const stands = (await (await admin('/fhir/Basic/read-back')).json()) as Basic
    expect(stands.code.coding?.[0]?.code).toBe('learning-cycle')
    const headers = { 'If-Match': 'W/"1"' }
    const { id: _id, meta: _meta, ...copy } = { ...stands, resourceType: 'Basic' as const }
    const changed = { ...stands, created: '2026-01-01' }
    for (const who of ['amina', 'admin']) {
      const call = await server.as(who)
      const tries = [
        await call('/fhir/Basic', { method: 'POST', json: copy }),
        await call('/fhir/Basic/read-back', { method: 'PUT', json: changed, headers }),
        await call('/fhir/Basic/read-back', { method: 'DELETE', headers }),
      ]
      // a record about nobody is refused before its own rule is asked
      for (const { status } of tries) expect([403, 404, 422]).toContain(status)
    }
    expect(() => mustNotBeCycle(stands, undefined)).toThrow('$keep-cycle')
    expect(() => mustNotBeCycle({ ...stands, code: {} }, stands)).toThrow('$keep-cycle')
    expect((await kept(server)).cycles.map(({ version }) => version)).toEqual([1])
    for (const who of ['grace', 'chidi', 'ruth', 'amina', 'stranger'])
      expect((await (await server.as(who))('/fhir/Basic/read-back')).status).toBe(404)
  })
})
