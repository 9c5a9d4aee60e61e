import { expect, test } from 'vitest'
import { usualZone } from '#domain/calendar/zone.ts'
import { createStore } from '#server/store/create-store.ts'
import { testNow } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { freshenPatientSummaries } from './freshen-patient-summaries.ts'

const clock = { now: testNow, zone: usualZone }

/** A value that no row has. */
const others: Readonly<Record<string, string>> = {
  ...{ integer: '987', bigint: '987', date: `date '1999-09-09'`, ARRAY: `array['other']` },
  ...{ boolean: 'not coalesce(NAME, false)', jsonb: `'{"other": 1}'` },
}

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

  test('that an older version wrote, which knows no number for facts, are written again', async () => {
    const { sql } = await open()
    const store = createStore(sql, { now: () => testNow })
    const death = async (deceasedBoolean: boolean) =>
      await store.write({
        ...{ resource: { ...{ resourceType: 'Patient', id: 'p' }, deceasedBoolean } as never },
        expect: 'anything',
      })
    await death(false)
    // the same facts, a death beside them, and the number as it was
    await sql.query(`update person_row set deceased = true`)
    await death(false)
    const { rows } = await sql.query('select deceased from person_row')
    expect(rows).toEqual([{ deceased: false }])
  })

  test('keep the number of their facts only while each fact is as it was', async () => {
    const { sql } = await open()
    await createStore(sql, { now: () => testNow }).write({
      ...{ resource: { resourceType: 'Patient', id: 'p' } as never, expect: 'absent' },
    })
    const { rows: columns } = await sql.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'public' and table_name = 'person_row'`,
    )
    const keeping: string[] = []
    for (const { name, type } of columns.filter((each) => each.name !== 'as_written')) {
      await sql.query('update person_row set as_written = 7')
      await sql.query(
        `update person_row set ${name} = ${(others[type] ?? `'other'`).replace('NAME', name)}`,
      )
      const { rows } = await sql.query<{ kept: boolean }>(
        'select as_written is not null as kept from person_row',
      )
      if (rows[0]?.kept) keeping.push(name)
    }
    expect(keeping.toSorted(), 'what others write than the facts').toEqual([
      ...['chance', 'chance_before', 'cost', 'cost_currency', 'cost_lines', 'cost_missing'],
      ...['left_on', 'open_to', 'person', 'room', 'rules', 'worked_out'],
    ])
  })

  test('of somebody who is not there any more leave no day behind', async () => {
    const { sql } = await open()
    await sql.query(`insert into person_due values ('nobody', date '2000-01-01')`)
    await freshenPatientSummaries(sql, clock)
    const { rows } = await sql.query(`select 1 from person_due where person = 'nobody'`)
    expect(rows).toEqual([])
  })

  test('are worked out in parts: whose time is over leaves the rest, and whoever comes next goes on', async () => {
    const { sql } = await open()
    const born = (id: string) => ({ resourceType: 'Patient' as const, id, birthDate: '2000-01-04' })
    await createStore(sql, { now: () => testNow }).writeMany(
      Array.from({ length: 70 }, (_, at) => ({
        resource: born(`p${at}`),
        expect: 'absent' as const,
      })),
    )
    await sql.query(`update person_due set changes_on = date '2000-01-01'`)
    const left = async () => {
      const { rows } = await sql.query<{ due: number; chances: string; costs: string }>(
        `select (select count(*)::int from person_due where changes_on <= $1::date) as due,
           (select after from working_out where what = 'chances') as chances,
           (select after from working_out where what = 'costs') as costs`,
        [testNow],
      )
      return rows[0]
    }
    await sql.query(
      `insert into activity_line (source, line, kind, person, started, emergency, received, cancelled)
       select 'x', person, 'x', person, date '2000-01-01', false, date '2000-01-01', false from person_row`,
    )
    expect(await left()).toEqual({ due: 70, chances: null, costs: null })
    expect(await freshenPatientSummaries(sql, clock, 0)).toBe(false)
    expect(await left(), 'rows').toEqual({ due: 10, chances: null, costs: null })
    expect(await freshenPatientSummaries(sql, clock, 0)).toBe(false)
    const costs = await left()
    expect(costs, 'costs').toEqual({ due: 0, chances: null, costs: expect.stringMatching(/^p/) })
    for (let turn = 0; (await left())?.chances === null; turn += 1) {
      expect(await freshenPatientSummaries(sql, clock, 0)).toBe(false)
      expect(turn).toBeLessThan(6)
    }
    expect(await left(), 'chances').toEqual({
      due: 0,
      chances: expect.stringMatching(/^p/),
      costs: null,
    })
    expect(await freshenPatientSummaries(sql, clock)).toBe(true)
    expect(await left()).toEqual({ due: 0, chances: null, costs: null })
    expect(await freshenPatientSummaries(sql, clock, 0), 'nothing is left').toBe(true)
  })
})
