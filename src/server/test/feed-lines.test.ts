import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { findPeopleRequest, foundPeople } from '#domain/case/find-people.ts'
import { activityParameters } from '#domain/feed/activity-parameters.ts'
import { lineFromFhir } from '#domain/feed/line-fhir.ts'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { importAnswer } from '#domain/import/import-answer.ts'
import { outsideScoreSystem } from '#domain/outside-score/outside-score-fhir.ts'
import { joinRequest } from '#domain/person/duplicates-fhir.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const first = '9990000018'
const second = '9990000026'
const third = '9990000034'

const person = (id: string, numbers: readonly string[], more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1950-01-01', gender: 'female' },
  name: [{ family: 'Same', given: ['Zoë'] }],
  identifier: [
    ...numbers.map((value) => ({ system: nhsNumberSystem, value })),
    { system: 'https://payer.example/members', value: `M-${id}` },
  ],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...more,
})

const stay = (id: string, person: string, more: object = {}): ResourceWithId =>
  ({
    ...{ resourceType: 'Encounter', id, status: 'finished', class: { code: 'IMP' } },
    subject: { reference: `Patient/${person}` },
    period: { start: '2026-01-10T10:00:00Z', end: '2026-01-14T10:00:00Z' },
    ...more,
  }) as ResourceWithId

const restricted = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
}

const spells = 'Spell ID,NHS number,Admission date,Discharge date,Admission method,Cost,Received'
const attendances = 'Attendance identifier,NHS number,Appointment date,Cost'
const spell = (
  id: string,
  [
    number = first,
    from = '2026-01-10',
    to = '2026-01-14',
    cost = '100',
    received = '',
  ]: readonly string[] = [],
) => `${id},${number},${from},${to},21,${cost},${received}`

eachStore('A line of a feed', (open) => {
  async function started(people = [person('p1', [first]), person('p2', [second])]) {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...demoOrganisationRecords(), ...people], 'brook-surgery')
    return server
  }

  async function bring(server: OpenHandler, rows: readonly string[], head = spells) {
    const response = await (await server.as('admin'))('/fhir/$import', {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: [head, ...rows].join('\n'),
    })
    const told = importAnswer.read((await response.json()) as Parameters)
    return { counts: told.counted[0], reasons: told.refused.map(({ reason }) => reason) }
  }

  const costOf = async ({ sql }: OpenHandler, id: string) =>
    (
      await sql.query(
        'select cost::int, cost_lines as lines, stays from person_row where person = $1',
        [id],
      )
    ).rows[0]

  async function linesOf(server: OpenHandler, who: string, id: string) {
    const response = await (await server.as(who))(`/fhir/Patient/${id}/$activity`)
    const told = activityParameters.read((await response.json()) as Parameters)
    return told.records.map((each) => lineFromFhir(each).number)
  }

  test('that tells of the days of a restricted stay is in no list, and for nobody who may not read the stay', async () => {
    const server = await started()
    await bring(server, [spell('a'), spell('b', [first, '2026-02-01', '2026-02-03', '7'])])
    expect(await costOf(server, 'p1')).toEqual({ cost: 10_700, lines: 2, stays: 2 })
    await server.seed([stay('e1', 'p1', { meta: restricted })], 'brook-surgery')
    expect(await costOf(server, 'p1')).toEqual({ cost: 700, lines: 1, stays: 1 })
    expect(await linesOf(server, 'amina', 'p1')).toEqual(['b'])
    expect(await linesOf(server, 'admin', 'p1')).toEqual(['b', 'a'])
    // and at the first reading of another month
    await server.sql.query(`update cost_count set month = '2026-02-01'`)
    await server.sql.query(
      `insert into cost_count (month) values ('2026-02-01') on conflict do nothing`,
    )
    await find(server, 'cost')
    expect(await costOf(server, 'p1')).toEqual({ cost: 700, lines: 1, stays: 1 })
  })

  test('of a stay and one of an attendance with the same number are two lines', async () => {
    const server = await started()
    await bring(server, [spell('1001')])
    const { counts } = await bring(server, [`1001,${second},2026-01-20,5`], attendances)
    expect(counts).toMatchObject({ created: 1, updated: 0 })
    expect(await costOf(server, 'p1')).toMatchObject({ cost: 10_000 })
    expect(await costOf(server, 'p2')).toMatchObject({ cost: 500 })
  })

  test('is not linked by a number that may be of anything', async () => {
    const server = await started([
      person('p1', [first]),
      person('p2', [second, third]),
      person('p3', [third]),
    ])
    const head = 'Claim ID,Member ID,Birth date,From date,Code'
    const { reasons } = await bring(
      server,
      [
        `a,${first},1950-01-01,2026-01-10,x`,
        'b,M-p1,,2026-01-10,x',
        'c,M-p1,1950-01-01,2026-01-10,x',
      ],
      head,
    )
    expect(reasons).toEqual([
      'Nobody here has this number',
      'It has a number without a system, so we also need the birth date, in the line and in the record',
    ])
    // the second NHS number of a record counts, too
    const several = await bring(server, [spell('d', [third])])
    expect(several.reasons[0]).toContain('More than one record here has this number')
  })

  test('counts where its record was joined to, and comes back when they are parted', async () => {
    const server = await started([person('p1', [first]), person('p2', [first])])
    await server.sql.query(
      `insert into activity_line (source, kind, line, person, started, ended, emergency, cost, currency, received, cancelled)
       values ('SUS', 'admitted', 'a', 'p2', '2026-01-10', '2026-01-14', true, 10000, 'GBP', '2026-02-01', false)`,
    )
    const decide = async (way: string) =>
      (
        await (
          await server.as('admin')
        )(`/fhir/$${way}`, {
          method: 'POST',
          json: joinRequest.write({ keep: 'p1', join: 'p2' }),
        })
      ).status
    expect(await decide('join-records')).toBe(200)
    expect(await costOf(server, 'p1')).toEqual({ cost: 10_000, lines: 1, stays: 1 })
    expect(await costOf(server, 'p2')).toEqual({ cost: null, lines: 0, stays: 0 })
    expect(await linesOf(server, 'amina', 'p1')).toEqual(['a'])
    // a correction comes to the record in use, and the line stays with the one it came to
    expect(
      (await bring(server, [spell('a', [first, '2026-01-10', '2026-01-14', '50'])])).counts,
    ).toMatchObject({ updated: 1 })
    expect(await costOf(server, 'p1')).toMatchObject({ cost: 5_000 })
    expect(await decide('part-records')).toBe(200)
    expect(await costOf(server, 'p1')).toEqual({ cost: null, lines: 0, stays: 0 })
    expect(await costOf(server, 'p2')).toEqual({ cost: 5_000, lines: 1, stays: 1 })
  })

  test('counts as it was received last, wherever it stands in a file', async () => {
    const server = await started()
    await bring(server, [
      spell('a', [first, '2026-01-10', '2026-01-14', '12', '2026-02-20']),
      spell('a', [first, '2026-01-10', '2026-01-14', '10', '2026-01-20']),
    ])
    expect(await costOf(server, 'p1')).toMatchObject({ cost: 1_200 })
    // the same again, received later: what was received between does not replace it
    await bring(server, [spell('a', [first, '2026-01-10', '2026-01-14', '12', '2026-02-25'])])
    const { counts } = await bring(server, [
      spell('a', [first, '2026-01-10', '2026-01-14', '10', '2026-02-22']),
    ])
    expect(counts).toMatchObject({ updated: 0, keptOurs: 1 })
  })

  test('stands in the log of the person, once for each import', async () => {
    const server = await started()
    const entries = async () =>
      (
        await server.sql.query<{ what: unknown }>(
          `select what -> 'p1' as what from audit where way = '$import' and 'p1' = any(persons) order by seq`,
        )
      ).rows.map(({ what }) => (typeof what === 'string' ? JSON.parse(what) : what))
    await bring(server, [spell('a'), spell('b', [first, '2026-02-01', '2026-02-03'])])
    expect(await entries()).toEqual([['Patient/p1', 'ActivityLine×2']])
    await bring(server, [spell('a'), spell('b', [first, '2026-02-01', '2026-02-03'])])
    expect(await entries()).toHaveLength(1)
  })

  test('under a number that somebody else has since goes to who had it on the day of the line', async () => {
    const had = (id: string, period: object, more: object = {}) =>
      person(id, [], { identifier: [{ system: nhsNumberSystem, value: third, period, ...more }] })
    const server = await started([
      had('before', { end: '2025-12-31' }, { use: 'old' }),
      had('after', { start: '2026-01-01' }),
    ])
    const on = (id: string, day: string) => spell(id, [third, day, day])
    const { reasons } = await bring(server, [on('L1', '2025-12-31'), on('L2', '2026-01-01')])
    expect(reasons).toEqual([])
    const { rows } = await server.sql.query('select line, person from activity_line order by line')
    expect(rows).toEqual([
      { line: 'L1', person: 'before' },
      { line: 'L2', person: 'after' },
    ])
  })

  test('from before a number began goes to its bearer, if nobody else had it that day', async () => {
    const since = { system: nhsNumberSystem, value: third, period: { start: '2026-01-10' } }
    const before = { ...since, period: { end: '2025-12-31' } }
    const server = await started([
      person('since', [], { identifier: [since] }),
      person('before', [], { identifier: [before] }),
    ])
    const on = (id: string, day: string) => spell(id, [third, day, day])
    const { reasons } = await bring(server, [on('L1', '2025-12-31'), on('L2', '2026-01-05')])
    expect(reasons).toEqual([])
    const { rows } = await server.sql.query('select line, person from activity_line order by line')
    expect(rows).toEqual([
      { line: 'L1', person: 'before' },
      { line: 'L2', person: 'since' },
    ])
  })

  async function find(server: OpenHandler, order: string) {
    const json = findPeopleRequest.write({ order, unscored: false })
    const call = await server.as('amina')
    const answer = await call('/fhir/Patient/$find-people', { method: 'POST', json })
    const { total, people } = foundPeople.read((await answer.json()) as Parameters)
    return { total, ids: people.map(({ id }) => id) }
  }

  test('is counted in lists at once', async () => {
    const server = await started()
    await bring(server, [spell('a')])
    expect(await find(server, 'cost')).toEqual({ total: 1, ids: ['p1'] })
    await bring(server, [spell('b', [second])])
    expect((await find(server, 'cost')).total).toBe(2)
  })

  test('and a score as Observation leave lists when they are taken back', async () => {
    const server = await started()
    const score = (status: string) =>
      ({
        ...{ resourceType: 'Observation', id: 'pam', status, effectiveDateTime: '2026-02-01' },
        code: { coding: [{ system: outsideScoreSystem, code: 'pam-level' }] },
        ...{ subject: { reference: 'Patient/p1' }, valueInteger: 2 },
      }) as ResourceWithId
    const outside = async () =>
      (await server.sql.query(`select outside from person_row where person = 'p1'`)).rows[0]
    await server.seed([score('final')], 'brook-surgery')
    expect(await outside()).toEqual({ outside: { 'pam-level': 2 } })
    await server.seed([score('entered-in-error')], 'brook-surgery')
    expect(await outside()).toEqual({ outside: null })
  })

  test('without a number is refused until it has one', async () => {
    const server = await started()
    await bring(server, [spell(''), spell('')])
    const refused = async () => (await server.sql.query('select 1 from feed_refusal')).rows.length
    expect(await refused()).toBe(1)
    await bring(server, [spell('a')])
    expect(await refused()).toBe(0)
  })
})
