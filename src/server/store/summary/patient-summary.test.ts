import { expect, test } from 'vitest'
import { usualZone } from '#domain/calendar/zone.ts'
import { createStore } from '#server/store/create-store.ts'
import { testNow } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { countDuePeople, freshenPatientSummaries } from './freshen-patient-summaries.ts'

const clock = { now: testNow, zone: usualZone }

eachStore('Rows of people', (open) => {
  test('that come out as they were are not written again, and their next day is', async () => {
    const { sql } = await open()
    const person = { resourceType: 'Patient', id: 'p', birthDate: '2000-01-04' }
    await createStore(sql, { now: () => testNow }).write({
      ...{ resource: { ...person, name: [{ family: 'Ash' }] } as never, expect: 'absent' },
    })
    const where = async () => {
      const { rows } = await sql.query<{ at: string; family: string; next: string }>(
        `select r.ctid::text as at, r.family, d.changes_on::text as next
         from person_row r join person_due d using (person) where person = 'p'`,
      )
      return rows[0]
    }
    const first = await where()
    expect(first?.next).toMatch(/^\d{4}-/)
    await sql.query(`update person_due set changes_on = date '2000-01-01'`)
    await freshenPatientSummaries(sql, clock)
    expect(await where()).toEqual(first)
    await sql.query(`update person_row set family = 'stale', as_written = null`)
    await sql.query(`update person_due set changes_on = date '2000-01-01'`)
    await freshenPatientSummaries(sql, clock)
    expect(await where()).toEqual({ ...first, at: expect.any(String) })
  })

  test('of somebody who is not there any more leave no day behind', async () => {
    const { sql } = await open()
    await sql.query(`insert into person_due values ('nobody', date '2000-01-01')`)
    await freshenPatientSummaries(sql, clock)
    const { rows } = await sql.query(`select 1 from person_due where person = 'nobody'`)
    expect(rows).toEqual([])
  })

  test('are worked out in parts: whose time is over is told how many are left', async () => {
    const { sql } = await open()
    const born = (id: string) => ({ resourceType: 'Patient' as const, id, birthDate: '2000-01-04' })
    await createStore(sql, { now: () => testNow }).writeMany(
      Array.from({ length: 70 }, (_, at) => ({
        resource: born(`p${at}`),
        expect: 'absent' as const,
      })),
    )
    await sql.query(`update person_due set changes_on = date '2000-01-01'`)
    expect(await countDuePeople(sql, clock)).toBe(70)
    expect(await freshenPatientSummaries(sql, clock, 0)).toBe(10)
    expect(await freshenPatientSummaries(sql, clock)).toBe(0)
    expect(await countDuePeople(sql, clock)).toBe(0)
  })
})
