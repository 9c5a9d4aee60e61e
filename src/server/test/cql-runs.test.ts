import type { MeasureReport } from '@medplum/fhirtypes'
import { afterAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { CqlEngine } from '#domain/quality/evaluation.ts'
import type { JudgedPerson } from '#domain/quality/judged-person.ts'
import { workOutNextSlice } from '#server/cql/start-working-out.ts'
import { workerEngine } from '#server/hosts/node/cql/worker-engine.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T23:50:00.000Z')
const real = workerEngine()
afterAll(async () => await real.close())

const pressure = 'cql-blood-pressure-checked'
const contacted = 'cql-contacted-after-stay'
const people = Array.from({ length: 20 }, (_, at) => ({
  ...({ resourceType: 'Patient', id: `p${at}`, birthDate: '1950-01-01' } as const),
  name: [{ family: `p${at}` }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}))

const year = ['2025-11-24', '2026-11-23'] as const
const quarter = ['2026-09-01', '2026-11-20'] as const
const again = { name: 'again', valueBoolean: true }

eachStore('Runs of measures in CQL', (open) => {
  /** `standing` of everybody; a fault is thrown for the measure named in `broken`. */
  async function started() {
    const clock = { now }
    const { sql } = await open({ now: () => clock.now })
    const says = { met: 10, broken: false, calls: 0 }
    const engine: CqlEngine = {
      ownMeasures: () => real.ownMeasures(),
      evaluate: async (program, persons) => {
        says.calls += 1
        if (says.broken && program.main.includes('BloodPressure'))
          throw new TypeError('the thread ended')
        return persons.map(
          ({ person }, at): JudgedPerson => ({
            ...{
              person,
              standing: at < says.met ? 'met' : 'unmet',
              why: 'it says so',
              holds: at < says.met,
            },
          }),
        )
      },
    }
    const openAt = async (moment: Date) => {
      clock.now = moment
      return await openHandler({ sql, now: moment, cql: engine })
    }
    const server = await openAt(now)
    await server.seed([...demoOrganisationRecords('2026-11-23'), ...people], 'brook-surgery')
    const admin = await server.as('admin')
    const taken = await admin('/fhir/Measure/$import-measure', {
      ...{ method: 'POST', json: { resourceType: 'Parameters' } },
    })
    expect(taken.status).toBe(200)
    const ask = async (
      id: string,
      days: readonly [string, string] | undefined,
      more: readonly object[] = [],
      moment = now,
    ) => {
      const ruth = await (await openAt(moment)).as('ruth')
      return await ruth(`/fhir/Measure/${id}/$evaluate-measure`, {
        method: 'POST',
        json: {
          resourceType: 'Parameters',
          parameter: [
            { name: 'reportType', valueCode: 'population' },
            ...(days
              ? [
                  { name: 'periodStart', valueDate: days[0] },
                  { name: 'periodEnd', valueDate: days[1] },
                ]
              : []),
            ...more,
          ],
        },
      })
    }
    const report = async (...of: Parameters<typeof ask>) => {
      const answer = await ask(...of)
      const body = (await answer.json()) as MeasureReport
      const words = body.extension?.map((each) => each.valueCode ?? each.valueString).join(' ')
      return { status: body.status, period: body.period, words, group: body.group }
    }
    const slice = async () =>
      await workOutNextSlice(sql, engine, { now: clock.now, zone: 'Europe/London' })
    const workOut = async () => {
      while (await slice()) {}
    }
    const kept = async () =>
      (
        await sql.query(
          'select numerator::int, denominator::int, month from measure_result order by month',
        )
      ).rows
    const named = async () =>
      (await sql.query('select count(*)::int as many from cql_result')).rows[0]
    return { sql, says, ask, report, slice, workOut, kept, named }
  }

  test('only the standard twelve months become the month’s result and the list of people', async () => {
    const { report, workOut, kept, named, says } = await started()
    await report(pressure, year)
    await workOut()
    const month = [{ numerator: 10, denominator: 20, month: '2026-11' }]
    expect(await kept()).toEqual(month)
    expect(await named()).toEqual({ many: 20 })
    says.met = 5
    await report(pressure, quarter)
    await workOut()
    expect((await report(pressure, quarter)).status).toBe('complete')
    expect((await report(pressure, quarter)).group?.[0]?.measureScore?.value).toBe(0.25)
    expect(await kept(), 'a quarter changes nothing').toEqual(month)
    await report(pressure, ['2025-11-21', '2026-11-20'])
    await workOut()
    expect(await kept(), 'nor do twelve months to some day').toEqual(month)
    await report(pressure, ['2025-11-01', '2026-10-31'])
    await workOut()
    expect(await kept()).toEqual([{ numerator: 5, denominator: 20, month: '2026-10' }, ...month])
  })

  test('a period to come or of wrong order is refused in words', async () => {
    const { ask, sql } = await started()
    const tomorrow = await ask(pressure, ['2025-11-25', '2026-11-24'])
    expect(tomorrow.status).toBe(400)
    expect(await tomorrow.text()).toContain('must not end after today, 2026-11-23')
    const turned = await ask(pressure, ['2026-11-23', '2025-11-24'])
    expect(turned.status).toBe(400)
    expect(await turned.text()).toContain('The period ends before it begins')
    expect((await sql.query('select id from cql_run')).rows).toEqual([])
  })

  test('a run that breaks three times at the same people fails in words, and the next one is worked out', async () => {
    const { report, slice, workOut, says } = await started()
    says.broken = true
    await report(pressure, year)
    await report(contacted, year)
    for (const time of [1, 2, 3])
      await expect(slice(), `try ${time}`).rejects.toThrow('the thread ended')
    await workOut()
    const failed = await report(pressure, year)
    expect(failed.status).toBe('error')
    expect(failed.words).toContain('Gable tried three times and could not work it out')
    expect((await report(contacted, year)).status).toBe('complete')
  })

  test('a run that breaks once goes on', async () => {
    const { report, slice, workOut, says } = await started()
    says.broken = true
    await report(pressure, year)
    await expect(slice()).rejects.toThrow('the thread ended')
    says.broken = false
    await workOut()
    expect((await report(pressure, year)).status).toBe('complete')
  })

  test('a failed run is told as failed, and starts once more only if that is asked for', async () => {
    const { report, slice, workOut, says } = await started()
    says.broken = true
    await report(pressure, year)
    for (const _ of [1, 2, 3]) await slice().catch(() => {})
    expect((await report(pressure, year)).status).toBe('error')
    expect((await report(pressure, year)).status).toBe('error')
    says.broken = false
    expect((await report(pressure, year, [again])).status).toBe('pending')
    await workOut()
    expect((await report(pressure, year)).status).toBe('complete')
  })

  test('runs of different periods wait for each other, and too many are refused', async () => {
    const { ask, report, workOut } = await started()
    expect((await report(pressure, year)).status).toBe('pending')
    expect((await report(pressure, quarter)).status).toBe('pending')
    expect((await report(pressure, year)).status, 'is not stopped').toBe('pending')
    await workOut()
    expect((await report(pressure, year)).status).toBe('complete')
    expect((await report(pressure, quarter)).status).toBe('complete')
    for (let day = 1; day <= 20; day += 1)
      await ask(pressure, ['2026-01-01', `2026-10-${String(day).padStart(2, '0')}`])
    const refused = await ask(pressure, ['2026-01-01', '2026-10-21'])
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('20 runs of measures wait already')
  })

  test('midnight starts no run again for whoever gives no days; a day later it does', async () => {
    const { report, workOut, says } = await started()
    const first = await report(pressure, undefined)
    await workOut()
    const { calls } = says
    const after = new Date('2026-11-24T00:10:00.000Z')
    const next = await report(pressure, undefined, [], after)
    expect(next).toMatchObject({ status: 'complete', period: first.period })
    await workOut()
    expect(says.calls).toBe(calls)
    const later = new Date('2026-11-24T23:51:00.000Z')
    expect((await report(pressure, undefined, [], later)).status).toBe('pending')
  })
})
