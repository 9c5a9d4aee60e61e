import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { joinRequest } from '#domain/person/duplicates-fhir.ts'
import {
  rosterAnswer,
  undoListRequest,
  wholeListAnswer,
  wholeListRequest,
} from '#domain/roster/roster-parameters.ts'
import { sql0048RegistrationMended } from '#server/store/migrations/0048-registration-mended.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { onListOf, somebodyOnList } from '#test-support/worlds/registered-people.ts'

const nhsSystem = 'https://fhir.nhs.uk/Id/nhs-number'
const numberOf = '9991001018'
const numberElsewhere = '9991001026'
const numbered = (value: string) => ({ identifier: [{ system: nhsSystem, value }] })
const row = (...cells: readonly string[]) => cells.join('\t')

eachStore('A whole list', (open) => {
  async function started(...more: readonly ResourceWithId[]) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-10T09:00:00Z') })
    const ids = Array.from({ length: 12 }, (_, index) => `P${String(index).padStart(2, '0')}`)
    const first = somebodyOnList('P00', numbered(numberOf))
    await server.seed([first, ...ids.slice(1).map((id) => somebodyOnList(id)), ...more])
    const roster = async (query = '', who = 'admin') => {
      const caller = await server.as(who)
      const answer = await caller(`/fhir/Patient/$roster?organisation=brook-surgery${query}`)
      expect(answer.status).toBe(200)
      return rosterAnswer.read((await answer.json()) as Parameters)
    }
    const take = async (rows: readonly string[], said: object = {}, who = 'admin') => {
      const asked = { organisation: 'brook-surgery', date: '2026-03-10', count: rows.length }
      const json = wholeListRequest.write({ ...asked, rows: rows.join('\n'), reason: '', ...said })
      const caller = await server.as(who)
      return await caller('/fhir/$take-whole-list', { method: 'POST', json })
    }
    const seen = async (rows: readonly string[], said: object = {}, who = 'admin') => {
      const answer = await take(rows, said, who)
      expect(answer.status).toBe(200)
      return wholeListAnswer.read((await answer.json()) as Parameters)
    }
    const undo = async (list: string) => {
      const json = undoListRequest.write({ list, reason: 'It was the list of another month' })
      const admin = await server.as('admin')
      return (await admin('/fhir/$undo-whole-list', { method: 'POST', json })).status
    }
    const put = async (patient: ResourceWithId, version: number, who = 'admin') => {
      const caller = await server.as(who)
      const headers = { 'If-Match': `W/"${version}"` }
      return (
        await caller(`/fhir/Patient/${patient.id}`, { method: 'PUT', json: patient, headers })
      ).status
    }
    const decide = async (operation: string, keep: string, join: string) => {
      const admin = await server.as('admin')
      const json = joinRequest.write({ keep, join })
      return (await admin(`/fhir/$${operation}`, { method: 'POST', json })).status
    }
    const days = (count: number) => server.pass(count * 24 * 60)
    return { ...server, ids, roster, take, seen, undo, put, decide, days }
  }

  test('is compared with the people whom the nurse may see, and whoever is named finds it in their log', async () => {
    const hidden = somebodyOnList('HIDDEN', {
      meta: { security: [restrictedBecause('Nobody at the practice is to read it')] },
    })
    const other = somebodyOnList('OTHER', {
      ...numbered(numberElsewhere),
      generalPractitioner: [onListOf('elsewhere-clinic')],
    })
    const { ids, seen, sql } = await started(hidden, other)
    const told = (nhs: string) => row('x', nhs, '1950-01-01', 'HillOTHER', 'Zoë')
    const before = await seen([...ids.slice(1), told(numberElsewhere)], {}, 'amina')
    expect(before.people.map(({ id }) => id)).toEqual(['P00'])
    // a number of another place says no more than one that nobody has
    expect(await seen([...ids.slice(1), told('9991001034')], {}, 'amina')).toEqual(before)
    expect(before).toMatchObject({ onRoster: 12, missing: 1, elsewhere: 0, refused: 0 })
    const named = await sql.query<{ persons: readonly string[] }>(
      `select distinct persons from audit
       where way = '$take-whole-list' and act = 'R' and identity = 'amina' and cardinality(persons) > 0`,
    )
    expect(named.rows).toEqual([{ persons: ['P00'] }])
  })

  test('with somebody else’s number, or twice the same person, is not taken', async () => {
    const { ids, seen, take, roster } = await started()
    const others = ids.slice(1)
    const wrong = row('csv-1', numberOf, '1980-05-05', 'Rose', 'Ann')
    expect(await seen([...others, wrong])).toMatchObject({ refused: 1, leaving: 1, missing: 0 })
    const refused = await take([...others, wrong], { confirm: 1 })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('row 12')
    // a number alone says nothing
    expect((await seen([...others, row('csv-1', numberOf)])).refused).toBe(1)
    expect((await seen([...others, 'P01'])).refusedRows).toEqual([12])
    // a married name
    const right = row('csv-1', numberOf, '1950-01-01', 'Rose', 'Zoë')
    expect(await seen([...others, right])).toMatchObject({ refused: 0, leaving: 0 })
    expect((await roster()).people).toEqual({ count: 12 })
  })

  test('does not change what was: not an old one, nor one of before something that is known', async () => {
    const { ids, take, put, roster, days } = await started()
    days(10)
    await put(somebodyOnList('P00', { deceasedDateTime: '2026-03-15' }), 1)
    const before = await roster('&date=2026-03-12')
    const old = await take(ids, { date: '2026-02-01' })
    expect(old.status).toBe(409)
    expect(await old.text()).toContain('31 days')
    const since = await take(ids.slice(1), { date: '2026-03-12', confirm: 1 })
    expect(since.status).toBe(409)
    expect(await since.text()).toContain('Something later')
    expect(await roster('&date=2026-03-12')).toEqual(before)
    // about whoever is concerned nothing later is known
    expect((await take(['P00', ...ids.slice(2)], { date: '2026-03-12', confirm: 1 })).status).toBe(
      200,
    )
    expect((await roster()).people).toEqual({ count: 10 })
  })

  test('that is taken back leaves what the records have said since, on the day they said it', async () => {
    const { ids, seen, undo, put, roster, days } = await started()
    const { list } = await seen(ids.slice(1), { confirm: 1 })
    days(5)
    const moved = { generalPractitioner: [onListOf('elsewhere-clinic')] }
    expect(await put(somebodyOnList('P00', { ...numbered(numberOf), ...moved }), 1)).toBe(200)
    days(5)
    expect(await undo(list)).toBe(200)
    expect((await roster('&date=2026-03-14')).people).toEqual({ count: 12 })
    const now = await roster()
    expect(now.people).toEqual({ count: 11 })
    expect(now.gone.map(({ id, why, onDay }) => `${id} ${why} ${onDay}`)).toEqual([
      'P00 moved-practice 2026-03-15',
    ])
  })

  test('leaves out whoever has died, and joined records leave together', async () => {
    const { ids, seen, roster, decide, sql } = await started(
      somebodyOnList('TWIN', { name: [{ family: 'HillP00', given: ['Zoë'] }] }),
      somebodyOnList('DEAD', { deceasedDateTime: '2025-01-01' }),
    )
    expect(await decide('join-records', 'P00', 'TWIN')).toBe(200)
    expect(await seen([...ids, 'DEAD'])).toMatchObject({ joining: 0, elsewhere: 1, onRoster: 12 })
    await seen(ids.slice(1), { confirm: 1 })
    expect((await roster()).people).toEqual({ count: 11 })
    const left = await sql.query(`select 1 from registration where why = 'not-on-list'`)
    expect(left.rows).toHaveLength(2)
  })

  test('joined records are one person on every day, and two again when they are parted', async () => {
    const { roster, decide } = await started(
      somebodyOnList('TWIN', {
        name: [{ family: 'HillP00', given: ['Zoë'] }],
        generalPractitioner: [onListOf('brook-surgery', { start: '2020-01-01' })],
      }),
    )
    expect((await roster()).people).toEqual({ count: 13 })
    expect(await decide('join-records', 'P00', 'TWIN')).toBe(200)
    const joined = await roster()
    expect(joined.people).toEqual({ count: 12 })
    expect(joined.members.find(({ id }) => id === 'P00')?.onDay).toBe('2020-01-01')
    expect((await roster('&date=2022-01-01')).members.map(({ id }) => id)).toEqual(['P00'])
    expect(await decide('part-records', 'P00', 'TWIN')).toBe(200)
    expect((await roster()).people).toEqual({ count: 13 })
    expect((await roster('&date=2022-01-01')).members.map(({ id }) => id)).toEqual(['TWIN'])
  })

  test('is shown to its practice: counts in fives and no words to its manager, nothing to others', async () => {
    const { ids, seen, roster } = await started()
    await seen(ids.slice(1), { confirm: 1, reason: 'Grace asked for it in words' })
    expect((await roster('', 'amina')).lists).toMatchObject([
      { people: { count: 11 }, reason: 'Grace asked for it in words', by: 'Sam Field' },
    ])
    expect((await roster('', 'ruth')).lists).toMatchObject([
      { people: { count: 10 }, gone: { fewerThan: 5 }, reason: '', by: '', mayUndo: false },
    ])
    for (const who of ['karen', 'stranger']) expect((await roster('', who)).lists).toEqual([])
  })

  test('a wrong day of leaving is corrected, and only the practice says one', async () => {
    const { put, roster, sql, days } = await started()
    const left = somebodyOnList('P01', {
      generalPractitioner: [
        onListOf('brook-surgery', { start: '2024-01-01', end: '2026-02-01' }, 'EMB'),
      ],
    })
    await sql.query(`insert into relation (person, kind, org, source_rid) select 'P01', 'team', 'riverside-council', rid
       from resource where id = 'P01'`)
    expect(await put(left, 1, 'karen')).toBe(403)
    expect(await put(left, 1, 'amina')).toBe(200)
    expect((await roster()).people).toEqual({ count: 11 })
    days(1)
    expect(await put(somebodyOnList('P01'), 2, 'amina')).toBe(200)
    expect((await roster()).people).toEqual({ count: 12 })
    expect((await roster('&date=2026-02-10')).people).toEqual({ count: 12 })
    const kept = await sql.query(
      `select 1 from registration where person = 'P01' and kind = 'left' and taken_back is not null`,
    )
    expect(kept.rows).toHaveLength(1)
  })

  test('of a database of before, the dead, those who had left, and doubled joinings are mended', async () => {
    const { sql, roster } = await started(
      somebodyOnList('DEAD', { deceasedDateTime: '2025-06-01' }),
      somebodyOnList('ENDED', {
        generalPractitioner: [
          onListOf('brook-surgery', { start: '2020-01-01', end: '2023-01-01' }, 'EMB'),
        ],
      }),
    )
    // as migration 0046 began
    await sql.query('delete from registration')
    await sql.query(`insert into registration (person, organisation, kind, why, on_day, source, at)
      select person, 'brook-surgery', 'joined', 'first-known', '2026-03-10', 'record', now() from person_row`)
    await sql.query(`insert into registration (person, organisation, kind, why, on_day, source, at)
      select 'P01', 'brook-surgery', 'joined', 'registered', '2024-01-01', 'record', now() from generate_series(1, 3)`)
    expect((await roster()).people).toEqual({ count: 14 })
    await sql.transaction(async (tx) => await tx.script(sql0048RegistrationMended))
    expect((await roster()).people).toEqual({ count: 12 })
    const on = await roster('&date=2022-01-01')
    expect(on.members.map(({ id }) => id)).toEqual(['ENDED'])
    expect((await roster('&date=2023-01-31')).gone).toMatchObject([
      { id: 'ENDED', why: 'moved-abroad', onDay: '2023-01-01' },
    ])
    const standing = await sql.query(
      `select 1 from registration where person = 'P01' and why = 'registered' and taken_back is null`,
    )
    expect(standing.rows).toHaveLength(1)
    await sql.transaction(async (tx) => await tx.script(sql0048RegistrationMended))
    expect((await roster()).people).toEqual({ count: 12 })
  })
})
