import { expect, test } from 'vitest'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { testNow } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { recountChances } from './chances.ts'

const day = '2026-11-30'

eachStore('The daily count of chances', (open) => {
  test('gives everybody their chance in parts, so that nobody who writes waits for all of them', async () => {
    const { sql } = await open()
    const person = { resourceType: 'Patient', id: 'p', name: [{ family: 'A' }] }
    await createStore(sql, { now: () => testNow }).write({
      ...{ resource: person as never, expect: 'absent' },
    })
    await sql.query(
      `insert into person_row select (jsonb_populate_record(p, jsonb_build_object('person', 'q' || n,
         'likeness', 'l', 'likeness_before', 'l', 'stayed_since', n % 4 = 0, 'in_use', true))).*
       from person_row p, generate_series(1, 1200) n where p.person = 'p'`,
    )
    let [parts, counts] = [0, 0]
    const counted: Sql = {
      ...sql,
      transaction: async (work, ...more) => {
        parts += 1
        const noted = (tx: Sql): Sql => ({
          ...tx,
          query: async (text, params) => {
            counts += text === 'delete from chance_of' ? 1 : 0
            return await tx.query(text, params)
          },
        })
        return await sql.transaction((tx) => work(noted(tx)), ...more)
      },
    }
    await Promise.all([recountChances(counted, day), recountChances(counted, day)])
    expect(counts, 'one count').toBe(1)
    // of 500 people at most, and the count and its end
    expect(parts).toBeGreaterThanOrEqual(5)
    const { rows } = await sql.query<{ chance: number; people: number }>(
      `select chance, count(*)::int as people from person_row where person like 'q%' group by chance`,
    )
    expect(rows).toEqual([{ chance: 25, people: 1200 }])
  })

  test('counts who is alike in parts too, and goes on where it stopped', async () => {
    const { sql } = await open()
    const person = { resourceType: 'Patient', id: 'p', name: [{ family: 'A' }] }
    await createStore(sql, { now: () => testNow }).write({
      ...{ resource: person as never, expect: 'absent' },
    })
    await sql.query(
      `insert into person_row select (jsonb_populate_record(p, jsonb_build_object('person', 'q' || n,
         'likeness', 'l', 'likeness_before', 'l', 'stayed_since', n % 4 = 0, 'in_use', true))).*
       from person_row p, generate_series(1, 300) n where p.person = 'p'`,
    )
    expect(await recountChances(sql, day, 0)).toBe(false)
    const part = async () => (await sql.query('select people, stayed from alike_so_far')).rows
    expect(await part()).toEqual([{ people: 59, stayed: expect.any(Number) }])
    expect((await sql.query('select 1 from chance_of')).rows).toEqual([])
    let turns = 1
    while (!(await recountChances(sql, day, 0))) turns += 1
    expect(turns, 'a part each time').toBeGreaterThan(3)
    expect(await part()).toEqual([{ people: 300, stayed: 75 }])
    const { rows } = await sql.query(`select distinct chance from person_row where person <> 'p'`)
    expect(rows).toEqual([{ chance: 25 }])
    const { rows: left } = await sql.query('select what from working_out')
    expect(left).toEqual([])
  })

  test('counts nobody who said no to planning, and still gives them a chance', async () => {
    const { sql } = await open()
    const person = { resourceType: 'Patient', id: 'p', name: [{ family: 'A' }] }
    await createStore(sql, { now: () => testNow }).write({
      ...{ resource: person as never, expect: 'absent' },
    })
    await sql.query(
      `insert into person_row select (jsonb_populate_record(p, jsonb_build_object('person', 'q' || n,
         'likeness', 'l', 'likeness_before', 'l', 'stayed_since', n <= 100, 'in_use', true,
         'opted_out', case when n <= 50 then '{planning}' else '{}' end))).*
       from person_row p, generate_series(1, 450) n where p.person = 'p'`,
    )
    await recountChances(sql, day)
    const { rows } = await sql.query(
      `select chance, count(*)::int as people from person_row where person like 'q%' group by chance`,
    )
    // 50 of 400, not 100 of 450
    expect(rows).toEqual([{ chance: 13, people: 450 }])
  })
})
