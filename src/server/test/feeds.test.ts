import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { findPeopleRequest, foundPeople } from '#domain/case/find-people.ts'
import { activityParameters } from '#domain/feed/activity-parameters.ts'
import { feedsParameters } from '#domain/feed/feeds-parameters.ts'
import { lineFromFhir } from '#domain/feed/line-fhir.ts'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import type { Codec } from '#domain/fhir/parameters.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { importAnswer } from '#domain/import/import-answer.ts'
import { outsideScoreSystem } from '#domain/outside-score/outside-score-fhir.ts'
import { makeBackup } from '#server/backup/make-backup.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import type { TarEntry } from '#server/backup/tar.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { openPglite } from '#test-support/servers/pglite.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const first = '9990000018'
const second = '9990000026'

const person = (id: string, number: string, more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1950-01-01' },
  name: [{ family: `Family-${id}`, given: ['Zoë'] }],
  identifier: [
    { system: nhsNumberSystem, value: number },
    { system: 'https://payer.example/members', value: `M-${id}` },
  ],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...more,
})

const headings =
  'Line,NHS number,Birth date,Admission date,Discharge date,Admission method,Cost,Status'
const row = (line: string, more: Partial<Record<string, string>> = {}) =>
  [
    ...[line, more['number'] ?? first, more['born'] ?? ''],
    ...[more['from'] ?? '2026-01-10', more['to'] ?? '2026-01-14', more['method'] ?? '21'],
    ...[more['cost'] ?? '', more['status'] ?? ''],
  ].join(',')

eachStore('A feed of activity and cost', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    const people = [person('p1', first), person('p2', second)]
    await server.seed([...demoOrganisationRecords(), ...people], 'brook-surgery')
    return server
  }

  async function bring(
    server: OpenHandler,
    rows: readonly string[],
    who = 'admin',
    head = headings,
  ) {
    const response = await (await server.as(who))('/fhir/$import', {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: [head, ...rows].join('\n'),
    })
    const told = importAnswer.read((await response.json()) as Parameters)
    const [counts] = told.counted
    return { status: response.status, counts, reasons: told.refused.map(({ reason }) => reason) }
  }

  const costOf = async ({ sql }: OpenHandler, id: string) =>
    (
      await sql.query(
        `select cost::int, cost_currency as currency, cost_lines as lines, cost_missing as missing, stays, bed_days as nights
         from person_row where person = $1`,
        [id],
      )
    ).rows[0]

  test('is linked to people, summed over what is known, and says how much is not', async () => {
    const server = await started()
    const { counts } = await bring(server, [
      row('a', { cost: '1000.50' }),
      row('b', { cost: '', from: '2026-02-20', to: '2026-02-21' }),
    ])
    expect(counts).toMatchObject({ type: 'ActivityLine', created: 2, refused: 0 })
    expect(await costOf(server, 'p1')).toEqual({
      ...{ cost: 100_050, currency: 'GBP', lines: 2, missing: 1, stays: 2, nights: 5 },
    })
    expect(await costOf(server, 'p2')).toMatchObject({ cost: null, lines: 0 })
  })

  test('the same line twice changes nothing, and a corrected or cancelled one replaces it', async () => {
    const server = await started()
    await bring(server, [row('a', { cost: '10' }), row('b', { cost: '5' })])
    expect(
      (await bring(server, [row('a', { cost: '10' }), row('b', { cost: '5' })])).counts,
    ).toMatchObject({
      ...{ created: 0, updated: 0, unchanged: 2 },
    })
    const again = [row('a', { cost: '12' }), row('b', { cost: '5', status: 'cancelled' })]
    expect((await bring(server, again)).counts).toMatchObject({ updated: 2, unchanged: 0 })
    expect(await costOf(server, 'p1')).toMatchObject({ cost: 1_200, lines: 1, stays: 1 })
    // for another person it has to be taken back first, and may come anew then, even in one file
    const moved = await bring(server, [row('a', { cost: '12', number: second })])
    expect(moved.reasons[0]).toContain('This line is here as that of another person')
    expect(await costOf(server, 'p1')).toMatchObject({ cost: 1_200, lines: 1 })
    const takenBack = [row('a', { status: 'cancelled' }), row('a', { cost: '12', number: second })]
    expect((await bring(server, takenBack)).counts).toMatchObject({ updated: 2, refused: 0 })
    expect(await costOf(server, 'p1')).toMatchObject({ cost: null, lines: 0, stays: 0 })
    expect(await costOf(server, 'p2')).toMatchObject({ cost: 1_200, lines: 1 })
  })

  test('an older file changes no line that a newer one brought', async () => {
    const server = await started()
    const head = `${headings},Received`
    await bring(server, [`${row('a', { cost: '12' })},2026-02-20`], 'admin', head)
    const { counts } = await bring(
      server,
      [`${row('a', { cost: '10' })},2026-01-20`],
      'admin',
      head,
    )
    expect(counts).toMatchObject({ updated: 0, keptOurs: 1 })
    expect(await costOf(server, 'p1')).toMatchObject({ cost: 1_200 })
  })

  test('a line of nobody here, or of somebody born on another day, is refused with its reason', async () => {
    const server = await started()
    const { counts, reasons } = await bring(server, [
      row('a', { number: '9990000034' }),
      row('b', { born: '1951-01-01' }),
      row('c', { born: '1950-01-01' }),
      row('d', { cost: '-5' }),
    ])
    expect(counts).toMatchObject({ created: 1, refused: 3 })
    expect(reasons).toEqual([
      'Nobody here has this number',
      'Whoever has this number here was born on another day: it may be somebody else',
      'The cost is below zero (-5). Send a correction of the line, or take the line back',
    ])
    const { rows } = await server.sql.query('select line, reason from feed_refusal order by line')
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).not.toContain('999000')
    // corrected, it is no longer refused
    await bring(server, [row('d', { cost: '5' })])
    expect((await server.sql.query('select 1 from feed_refusal')).rows).toHaveLength(2)
  })

  test('two records with one number are nobody’s, until an administrator decides', async () => {
    const server = await started()
    await server.seed([person('p3', first)], 'brook-surgery')
    const { reasons } = await bring(server, [row('a', { cost: '5' })])
    expect(reasons[0]).toContain('More than one record here has this number')
  })

  test('pounds and dollars are never in one sum', async () => {
    const server = await started()
    await bring(server, [row('a', { cost: '5' })])
    const head = 'Claim ID,Member ID,Birth date,From date,Paid amount,Currency'
    const { counts } = await bring(server, ['x,M-p1,1950-01-01,2026-01-10,7,USD'], 'admin', head)
    expect(counts).toMatchObject({ created: 1 })
    expect(await costOf(server, 'p1')).toMatchObject({
      cost: null,
      currency: null,
      lines: 2,
      missing: 0,
    })
  })

  test('a stay that is here already is counted once, and so are lines whose days meet', async () => {
    const server = await started()
    const stay = {
      ...{ resourceType: 'Encounter', id: 'e1', status: 'finished', class: { code: 'IMP' } },
      subject: { reference: 'Patient/p1' },
      period: { start: '2026-01-11T10:00:00Z', end: '2026-01-13T10:00:00Z' },
    }
    await server.seed([stay as ResourceWithId], 'brook-surgery')
    await bring(server, [
      row('a'),
      row('b', { from: '2026-02-01', to: '2026-02-03' }),
      row('c', { from: '2026-02-03', to: '2026-02-06' }),
      row('d', { from: '2026-02-10', to: '2026-02-12', method: '11' }),
    ])
    expect(await costOf(server, 'p1')).toMatchObject({ stays: 2, nights: 7 })
  })

  const ask = async <T>(server: OpenHandler, who: string, path: string, codec: Codec<T>) => {
    const response = await (await server.as(who))(`/fhir/${path}`)
    const body = (await response.json()) as Parameters
    return { status: response.status, told: codec.read(body) }
  }

  test('the months of a source say what is not complete yet, and who may know what', async () => {
    const server = await started()
    const months = ['2025-08', '2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02']
    await bring(server, [
      ...months.flatMap((month, at) =>
        Array.from({ length: month === '2025-11' ? 3 : 6 }, (_, place) =>
          row(`l${at}-${place}`, { from: `${month}-05`, to: '', cost: place === 0 ? '' : '10' }),
        ),
      ),
      row('x', { number: '9990000034' }),
    ])
    const { told } = await ask(server, 'admin', '$feeds', feedsParameters)
    expect(told.sources).toMatchObject([
      {
        ...{ source: 'SUS', layout: 'sus', from: '2025-08-05', until: '2026-02-05' },
        ...{ received: '2026-03-02', lines: { count: 39 }, withoutCost: { count: 7 } },
        ...{ refused: { count: 1 }, costs: [{ currency: 'GBP', amount: 320, lines: 32 }] },
      },
    ])
    expect(told.sources[0]?.months.map(({ month, state }) => `${month} ${state}`)).toEqual([
      ...['2025-08 complete', '2025-09 complete', '2025-10 complete', '2025-11 few'],
      ...['2025-12 complete', '2026-01 not-yet', '2026-02 not-yet', '2026-03 not-yet'],
    ])
    expect(told.refused).toMatchObject([{ line: 'x', place: 41 }])
    for (const who of ['ruth', 'amina']) {
      const others = await ask(server, who, '$feeds', feedsParameters)
      expect(others.told).toMatchObject({ rounded: true, refused: [] })
      expect(others.told.sources).toMatchObject([
        { lines: { count: 40 }, refused: { fewerThan: 5 }, costs: [] },
      ])
    }
    expect((await ask(server, 'grace', '$feeds', feedsParameters)).status).toBe(403)
  })

  test('who said no to planning is in no count of a feed', async () => {
    const server = await started()
    await bring(server, [row('a', { cost: '10' })])
    await server.sql.query(`update person_row set opted_out = '{planning}' where person = 'p1'`)
    const { told } = await ask(server, 'admin', '$feeds', feedsParameters)
    expect(told.sources).toMatchObject([{ lines: { count: 0 }, costs: [], months: [] }])
  })

  test('those who look after a person see the lines, what is known of the cost, and what is not yet here', async () => {
    const server = await started()
    await bring(server, [
      row('a', { cost: '1000.50' }),
      row('b', { cost: '', from: '2025-05-01', to: '' }),
      row('c', { cost: '7', from: '2025-02-28', to: '' }),
      row('d', { cost: '9', from: '2026-03-01', to: '' }),
      row('e', { cost: '20', status: 'cancelled' }),
    ])
    const { told, status } = await ask(server, 'amina', 'Patient/p1/$activity', activityParameters)
    expect(status).toBe(200)
    expect(told).toMatchObject({
      ...{ from: '2025-03-01', until: '2026-02-28', lines: 2, withoutCost: 1 },
      costs: [{ kind: 'admitted', currency: 'GBP', amount: 1000.5, lines: 1 }],
      sources: [{ source: 'SUS', received: '2026-03-02', notCompleteFrom: '2026-01' }],
    })
    const shown = told.records.map(lineFromFhir)
    expect(shown.map(({ number }) => number)).toEqual(['d', 'a', 'e', 'b'])
    expect(shown[1]).toMatchObject({ emergency: true, cost: { amount: 1000.5, currency: 'GBP' } })
    for (const who of ['grace', 'ruth'])
      expect((await ask(server, who, 'Patient/p1/$activity', activityParameters)).status).not.toBe(
        200,
      )
  })

  const scoreHead = 'NHS number,Score,Value,Date,Version,Source'
  const outsideOf = async ({ sql }: OpenHandler, id: string) =>
    (await sql.query('select outside from person_row where person = $1', [id])).rows[0]

  test('scores of others are records of the person, and the newest of each is known to lists', async () => {
    const server = await started()
    const rows = [
      `${first},QAdmissions,31.5,2025-06-01,2,Brook`,
      `${first},QAdmissions,23.1,2025-12-01,2,Brook`,
      `${second},Our own score,7,2025-12-01,,Brook`,
      `${first},QAdmissions,131,2025-12-02,2,Brook`,
      '9990000034,QAdmissions,5,2025-12-02,2,Brook',
    ]
    const { counts, reasons } = await bring(server, rows, 'admin', scoreHead)
    expect(counts).toMatchObject({ type: 'RiskAssessment', created: 3, refused: 2 })
    expect(reasons).toEqual([
      'QAdmissions is 0 to 100 (Hippisley-Cox and Coupland 2013, doi 10.1136/bmjopen-2013-003482), and not 131',
      'Nobody here has this number',
    ])
    expect(await outsideOf(server, 'p1')).toEqual({ outside: { qadmissions: 23.1 } })
    expect(await outsideOf(server, 'p2')).toEqual({ outside: { 'our-own-score': 7 } })
    const again = await bring(server, rows.slice(0, 3), 'admin', scoreHead)
    expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
    await bring(server, [`${first},QAdmissions,24,2025-12-01,2,Brook`], 'admin', scoreHead)
    expect(await outsideOf(server, 'p1')).toEqual({ outside: { qadmissions: 24 } })
    expect((await bring(server, rows, 'amina', scoreHead)).status).toBe(403)
  })

  test('a score of another system as FHIR is known to lists, too, and refused if it cannot be one', async () => {
    const server = await started()
    const observation = (value: number) => ({
      ...{
        resourceType: 'Observation',
        id: 'pam',
        status: 'final',
        effectiveDateTime: '2026-02-01',
      },
      code: { coding: [{ system: outsideScoreSystem, code: 'pam-level' }] },
      ...{ subject: { reference: 'Patient/p1' }, valueInteger: value },
    })
    const send = async (record: object) => {
      const call = await server.as('admin')
      const answer = await call('/fhir/$import', { method: 'POST', json: record })
      return importAnswer.read((await answer.json()) as Parameters)
    }
    expect((await send(observation(5))).refused).toMatchObject([
      { reason: expect.stringContaining('PAM level is 1 to 4') },
    ])
    expect((await send(observation(2))).counted).toMatchObject([{ created: 1 }])
    expect(await outsideOf(server, 'p1')).toEqual({ outside: { 'pam-level': 2 } })
  })

  test('a list is ordered by cost or by a score from elsewhere, and who has none is apart, never last', async () => {
    const server = await started()
    await server.seed([person('p3', '9990000034')], 'brook-surgery')
    await bring(server, [row('a', { cost: '10' }), row('b', { number: second, cost: '20' })])
    const scores = [
      ...[`${first},PAM level,3,2026-02-01,,Brook`, `${second},PAM level,1,2026-02-01,,Brook`],
      ...[
        `${first},QAdmissions,40,2026-02-01,,Brook`,
        `${second},QAdmissions,30,2026-02-01,,Brook`,
      ],
      `${first},Our own,1,2026-02-01,,Brook`,
    ]
    await bring(server, scores, 'admin', scoreHead)
    const find = async (order: string, unscored = false) => {
      const call = await server.as('amina')
      const json = findPeopleRequest.write({ order, unscored })
      const answer = await call('/fhir/Patient/$find-people', { method: 'POST', json })
      const told = foundPeople.read((await answer.json()) as Parameters)
      return { status: answer.status, told, ids: told.people.map(({ id }) => id) }
    }
    const byCost = await find('cost')
    expect([byCost.ids, byCost.told.unscored]).toEqual([['p2', 'p1'], 1])
    expect(byCost.told.people[0]).toMatchObject({ cost: 20, costCurrency: 'GBP' })
    expect((await find('outside:qadmissions')).ids).toEqual(['p1', 'p2'])
    // who is least sure of managing comes first
    expect((await find('outside:pam-level')).ids).toEqual(['p2', 'p1'])
    expect((await find('outside:pam-level', true)).ids).toEqual(['p3'])
    expect((await find('outside:our-own')).status).toBe(400)
    expect((await find('outside:no such')).status).toBe(400)
  })

  test('a number that has ended names nobody, and a score comes by a number of a named system too', async () => {
    const server = await started()
    const member = 'https://payer.example/members'
    const ended = (end: string) => [{ system: member, value: 'M-9', period: { end } }]
    await server.seed([
      person('p3', '9990000042', { identifier: ended('2026-03-01') }),
      person('p4', '9990000050', { identifier: ended('2026-03-02') }),
    ])
    const head = 'Local number,Local number system,Score,Value,Date'
    const { reasons } = await bring(
      server,
      [
        `M-p1,${member},eFI2,0.2,2026-02-01`,
        `M-9,${member},eFI2,0.3,2026-03-02`,
        `M-p2,https://other.example/members,eFI2,0.4,2026-02-01`,
      ],
      'admin',
      head,
    )
    expect(reasons).toEqual(['Nobody here has this number'])
    expect(await outsideOf(server, 'p1')).toEqual({ outside: { efi2: 0.2 } })
    expect(await outsideOf(server, 'p3'), 'ended yesterday').toEqual({ outside: null })
    expect(await outsideOf(server, 'p4'), 'its last day is today').toEqual({
      outside: { efi2: 0.3 },
    })
  })

  test('a backup holds the lines, what was refused, and who sent them', async () => {
    const server = await started()
    await bring(server, [row('a', { cost: '5' }), row('b', { number: '9990000034' })])
    const entries: TarEntry[] = []
    await makeBackup(server.sql, { now, emit: async (entry) => void entries.push(entry) })
    const { sql } = await openPglite()
    const source = async function* () {
      yield* entries
    }
    await restoreBackup(sql, source, { now, merge: false })
    const there = { ...server, sql }
    expect(await costOf(there, 'p1')).toEqual(await costOf(server, 'p1'))
    const refused = await sql.query('select source, line, reason from feed_refusal')
    expect(refused.rows).toMatchObject([{ source: 'SUS', line: 'b' }])
    expect((await sql.query('select source from feed_source')).rows).toEqual([{ source: 'SUS' }])
  })

  test('is imported by administrators only', async () => {
    const server = await started()
    expect((await bring(server, [row('a')], 'amina')).status).toBe(403)
    expect((await bring(server, [row('a')], 'karen')).status).toBe(403)
  })
})
