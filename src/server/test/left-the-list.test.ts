import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { foundPeople } from '#domain/case/find-people.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { joinRequest } from '#domain/person/duplicates-fhir.ts'
import {
  rosterAnswer,
  undoListRequest,
  wholeListAnswer,
  wholeListRequest,
} from '#domain/roster/roster-parameters.ts'
import { peopleSearchAnswer } from '#domain/search/people-search.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { onBrooksList, onListOf, somebodyOnList } from '#test-support/worlds/registered-people.ts'

const openCaseOf = (id: string) =>
  ({
    ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status: 'active' },
    ...{ patient: { reference: `Patient/${id}` }, period: { start: '2026-03-01' } },
    managingOrganization: { reference: 'Organization/brook-surgery' },
  }) as ResourceWithId

eachStore('Whoever left the list', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-10T09:00:00Z') })
    const leaving = onListOf('brook-surgery', { start: '2024-01-01', end: '2026-03-20' }, 'EMB')
    await server.seed([
      ...['P1', 'P2', 'P3'].map((id) => somebodyOnList(id)),
      somebodyOnList('SOON', { generalPractitioner: [leaving] }),
      somebodyOnList('NOLIST', { generalPractitioner: [] }),
      openCaseOf('P2'),
    ])
    const ask = async (name: string, json: object, who = 'admin') => {
      const caller = await server.as(who)
      const answer = await caller(`/fhir/${name}`, { method: 'POST', json })
      expect(answer.status).toBe(200)
      return (await answer.json()) as Parameters
    }
    const asked = (...parameter: readonly object[]) => ({ resourceType: 'Parameters', parameter })
    const find = async (text = '') => {
      const known = { name: 'known', valueCode: 'all' }
      const named = text ? [{ name: 'text', valueString: text }] : []
      const query = asked(known, { name: 'unscored', valueBoolean: true }, ...named)
      return foundPeople.read(await ask('Patient/$find-people', query))
    }
    const found = async () => (await find()).people.map(({ id }) => id).toSorted()
    const search = async (text: string) =>
      peopleSearchAnswer.read(
        await ask('Patient/$search-people', asked({ name: 'text', valueString: text })),
      ).people
    const take = async (rows: readonly string[]) => {
      const said = { organisation: 'brook-surgery', date: '2026-03-10', count: rows.length }
      const confirm = 4 - rows.length
      const reason = 'A merger of two practices'
      const json = wholeListRequest.write({ ...said, rows: rows.join('\n'), confirm, reason })
      return wholeListAnswer.read(await ask('$take-whole-list', json)).list
    }
    const roster = async (date: string) => {
      const admin = await server.as('admin')
      const answer = await admin(`/fhir/Patient/$roster?organisation=brook-surgery&date=${date}`)
      const { members } = rosterAnswer.read((await answer.json()) as Parameters)
      return members.map(({ id }) => id).toSorted()
    }
    const put = async (patient: ResourceWithId, version: number) => {
      const admin = await server.as('admin')
      const headers = { 'If-Match': `W/"${version}"` }
      return (await admin(`/fhir/Patient/${patient.id}`, { method: 'PUT', json: patient, headers }))
        .status
    }
    const days = (count: number) => server.pass(count * 24 * 60)
    return { ...server, ask, find, found, search, take, roster, put, days }
  }

  test('is looked for no more, but found by name with the month; an open case stays until it is closed', async () => {
    const { found, find, search, take, ask } = await started()
    expect(await found()).toEqual(['NOLIST', 'P1', 'P2', 'P3', 'SOON'])
    expect((await find()).total).toBe(5)
    const list = await take(['P3', 'SOON'])
    expect((await find()).total).toBe(4)
    expect(await found()).toEqual(['NOLIST', 'P2', 'P3', 'SOON'])
    const named = (await find('hillp1')).people
    expect(named.map(({ id, leftOn }) => `${id} ${leftOn}`)).toEqual(['P1 2026-03-10'])
    expect(await search('hillp1')).toMatchObject([{ id: 'P1', leftOn: '2026-03-10' }])
    const reason = 'It was the list of another month'
    await ask('$undo-whole-list', undoListRequest.write({ list, reason }))
    expect(await found()).toEqual(['NOLIST', 'P1', 'P2', 'P3', 'SOON'])
    expect((await search('hillp1'))[0]).not.toHaveProperty('leftOn')
  })

  test('on a day that was ahead leaves on that day, without another write', async () => {
    const { found, roster, days, put, sql } = await started()
    expect(await roster('2026-03-10')).toContain('SOON')
    days(9)
    expect(await found()).toContain('SOON')
    days(1)
    expect(await found()).not.toContain('SOON')
    expect(await roster('2026-03-20')).not.toContain('SOON')
    // written again as it stands: nothing is said twice
    const leaving = onListOf('brook-surgery', { start: '2024-01-01', end: '2026-03-20' }, 'EMB')
    await put(somebodyOnList('SOON', { generalPractitioner: [leaving], gender: 'female' }), 1)
    const { rows } = await sql.query(
      `select kind, on_day from registration where person = 'SOON' and taken_back is null order by seq`,
    )
    expect(rows).toEqual([
      { kind: 'joined', on_day: '2024-01-01' },
      { kind: 'left', on_day: '2026-03-20' },
    ])
  })

  test('since when somebody is on a list is said by that practice, of a new record too, in days that can be', async () => {
    const { as } = await started()
    const tried = async (who: string, generalPractitioner: readonly object[], id: string) => {
      const caller = await as(who)
      const json = somebodyOnList(id, { generalPractitioner })
      return (await caller(`/fhir/Patient/${id}`, { method: 'PUT', json })).status
    }
    const elsewhere = onListOf('elsewhere-clinic', { start: '2024-01-01' })
    expect(await tried('karen', [onBrooksList], 'N1')).toBe(403)
    expect(await tried('amina', [elsewhere], 'N2')).toBe(403)
    expect(await tried('amina', [onBrooksList], 'N3')).toBe(201)
    const amina = await as('amina')
    const file = JSON.stringify(somebodyOnList('N4', { generalPractitioner: [elsewhere] }))
    const headers = { 'Content-Type': 'application/fhir+json' }
    const brought = await amina('/fhir/$import', { method: 'POST', body: file, headers })
    expect(await brought.text()).toContain('Only staff of a practice')
    for (const period of [
      { start: '2024-01-01', end: '2023-01-01' },
      { start: '1949-12-31' },
      { start: '2024' },
    ])
      expect(await tried('admin', [onListOf('brook-surgery', period)], 'N5')).toBe(422)
  })

  test.each<[string, object, string, string]>([
    [
      'who dies before it, left on the day of death',
      { deceasedDateTime: '2026-03-11' },
      'died',
      '2026-03-11',
    ],
    [
      'whose practice is taken off the record before it, left then',
      { generalPractitioner: undefined },
      'taken-off',
      '2026-03-12',
    ],
    [
      'who goes on another day, leaves on that one',
      {
        generalPractitioner: [
          onListOf('brook-surgery', { start: '2024-01-01', end: '2026-04-02' }),
        ],
      },
      'other',
      '2026-04-02',
    ],
  ])('who was to leave later, and %s', async (_what, change, why, day) => {
    const { put, days, sql } = await started()
    days(2)
    const leaving = onListOf('brook-surgery', { start: '2024-01-01', end: '2026-03-20' }, 'EMB')
    const after = somebodyOnList('SOON', { generalPractitioner: [leaving], ...change })
    expect(await put(after, 1)).toBe(200)
    expect(await put({ ...after, gender: 'female' } as ResourceWithId, 2)).toBe(200)
    const { rows } = await sql.query(
      `select why, on_day from registration where person = 'SOON' and kind = 'left' and taken_back is null`,
    )
    expect(rows).toEqual([{ why, on_day: day }])
  })

  test('with several records left on the day on which the last of them left the last list', async () => {
    const { seed, as, put, sql, days, found } = await started()
    const elsewhere = onListOf('elsewhere-clinic', { start: '2024-01-01' })
    const leftBrook = onListOf('brook-surgery', { start: '2024-01-01', end: '2026-03-05' }, 'EMB')
    await seed([
      somebodyOnList('KEPT', { generalPractitioner: [leftBrook] }),
      somebodyOnList('SECOND', { generalPractitioner: [elsewhere] }),
    ])
    const left = async () => {
      const { rows } = await sql.query<{ person: string; left_on: string | null }>(
        `select person, left_on from person_row where person in ('KEPT', 'SECOND') order by person`,
      )
      return rows.map(({ left_on }) => left_on)
    }
    const decide = async (operation: string) => {
      const admin = await as('admin')
      const json = joinRequest.write({ keep: 'KEPT', join: 'SECOND' })
      return (await admin(`/fhir/$${operation}`, { method: 'POST', json })).status
    }
    expect(await left()).toEqual(['2026-03-05', null])
    expect(await found()).not.toContain('KEPT')
    expect(await decide('join-records')).toBe(200)
    expect(await left(), 'one of the records is on a list').toEqual([null, null])
    expect(await found()).toContain('KEPT')
    days(2)
    const admin = await as('admin')
    const joined = (await (await admin('/fhir/Patient/SECOND')).json()) as ResourceWithId
    const ended = onListOf('elsewhere-clinic', { start: '2024-01-01', end: '2026-03-11' }, 'EMB')
    const version = Number(joined.meta?.versionId)
    expect(await put({ ...joined, generalPractitioner: [ended] } as ResourceWithId, version)).toBe(
      200,
    )
    expect(await left(), 'written in the record that is not used').toEqual([
      '2026-03-11',
      '2026-03-11',
    ])
    expect(await found()).not.toContain('KEPT')
    expect(await decide('part-records')).toBe(200)
    expect(await left(), 'each as before').toEqual(['2026-03-05', '2026-03-11'])
  })
})
