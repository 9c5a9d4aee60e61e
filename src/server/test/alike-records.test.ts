import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { decideAlikeRequest } from '#domain/alike/decide-alike-request.ts'
import { joinRecordsRequest } from '#domain/alike/part-records-request.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { importAnswer } from '#domain/import/import-answer.ts'
import { duplicatesRequest, possibleDuplicates } from '#domain/person/duplicates-fhir.ts'
import { wholeListAnswer, wholeListRequest } from '#domain/roster/roster-parameters.ts'
import { keepRegistrations, registrationsIn } from '#server/backup/registrations.ts'
import { compareNextSlice, startComparing } from '#server/store/roster/compare-everybody.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const numbered = (value: string) => ({
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value }],
})
const zoe = (id: string, more: object = {}) =>
  ({
    ...{ resourceType: 'Patient', id, birthDate: '1950-01-01', gender: 'female' },
    name: [{ family: 'O’Neill', given: ['Zoë'] }],
    address: [{ line: ['1 Old Road'], city: 'Brook', postalCode: 'AB1 2CD' }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    ...more,
  }) as ResourceWithId
const clock = { now: new Date('2026-03-10T09:00:00Z'), zone: 'Europe/London' }
const elsewhere = { generalPractitioner: [{ reference: 'Organization/elsewhere-clinic' }] }

eachStore('Records that look alike', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-10T09:00:00Z') })
    await server.seed([
      zoe('known', numbered('9991001018')),
      zoe('other', { name: [{ family: 'Hill', given: ['Ann'] }], birthDate: '1961-01-01' }),
    ])
    const bring = async (records: readonly object[], who = 'amina') => {
      const caller = await server.as(who)
      const body = records.map((each) => JSON.stringify(each)).join('\n')
      const headers = { 'Content-Type': 'application/fhir+ndjson' }
      const answer = await caller('/fhir/$import', { method: 'POST', body, headers })
      return importAnswer.read((await answer.json()) as Parameters)
    }
    const listed = async (who = 'admin', count?: number) => {
      const json = duplicatesRequest.write(count ? { count } : {})
      const answer = await (await server.as(who))('/fhir/$possible-duplicates', {
        method: 'POST',
        json,
      })
      return possibleDuplicates.read((await answer.json()) as Parameters)
    }
    const pairs = async (who = 'admin') =>
      (await listed(who)).alike.map(({ records }) => records.map(({ id }) => id).join(' '))
    const decide = async (said: object, who = 'admin') => {
      const json = decideAlikeRequest.write({
        ...{ person: 'known', other: 'new', decision: 'different', seen: '1 1' },
        ...said,
      })
      return await (await server.as(who))('/fhir/$decide-alike', { method: 'POST', json })
    }
    const seenAfter = async (answer: Response) => {
      expect(answer.status).toBe(200)
      return decideAlikeRequest.read((await answer.json()) as Parameters).seen
    }
    const put = async (patient: ResourceWithId, version: number) => {
      const headers = { 'If-Match': `W/"${version}"` }
      const admin = await server.as('admin')
      return (await admin(`/fhir/Patient/${patient.id}`, { method: 'PUT', json: patient, headers }))
        .status
    }
    return { ...server, bring, listed, pairs, decide, seenAfter, put }
  }

  test('a name and a birth date that many records have are a placeholder, and pair nobody', async () => {
    const { bring, pairs } = await started()
    const unknown = Array.from({ length: 60 }, (_, at) =>
      zoe(`unknown-${at}`, { name: [{ family: 'Unknown', given: ['Unknown'] }] }),
    )
    await bring([...unknown, zoe('new')])
    expect(await pairs()).toEqual(['known new'])
  })

  test('a row without a number that looks like somebody here is listed, with what agrees and differs', async () => {
    const { bring, listed, pairs } = await started()
    const newcomer = zoe('new', { name: [{ family: 'ONEILL', given: ['Zoe'] }], gender: 'male' })
    const falseNumber = zoe('false', numbered('9991001019'))
    const sameTwice = [newcomer, falseNumber, zoe('twin', numbered('9991001026'))]
    const { alike } = await bring(sameTwice)
    expect(alike.map(({ index, id, other }) => `${index} ${id} ${other}`).toSorted()).toEqual([
      '0 new known',
      '0 new twin',
      '1 false known',
      '1 false new',
      '1 false twin',
    ])
    expect(await pairs('amina')).toContain('known new')
    const both = (await listed('amina')).alike.find(
      ({ records }) => records.map(({ id }) => id).join(' ') === 'known new',
    )
    expect(both).toEqual({
      records: [
        {
          ...{ id: 'known', family: 'O’Neill', given: 'Zoë', birthDate: '1950-01-01' },
          ...{ gender: 'female', address: '1 Old Road, Brook, AB1 2CD', nhsNumber: '9991001018' },
          ...{ isChecked: true, practice: 'brook-surgery', hasOpenCase: false },
        },
        expect.objectContaining({ id: 'new', isChecked: false }),
      ],
      agree: ['family', 'given', 'birth-date', 'postcode'],
      differ: ['gender'],
      seen: '1 1',
    })
  })

  test('nobody learns of somebody whom they may not see', async () => {
    const { bring, pairs, decide, seed } = await started()
    const hidden = { meta: { security: [restrictedBecause('Nobody at the practice reads it')] } }
    await seed([zoe('away', { ...numbered('9991001034'), ...elsewhere }), zoe('hidden', hidden)])
    const { alike } = await bring([zoe('new')])
    expect(alike.map(({ other }) => other)).toEqual(['known'])
    expect(await pairs('amina')).toEqual(['known new'])
    expect(await pairs()).toEqual(
      expect.arrayContaining(['away new', 'hidden new', 'known new', 'hidden known']),
    )
    // as if there were no such pair
    const [secret, none] = [
      await decide({ person: 'away' }, 'amina'),
      await decide({ person: 'nobody' }, 'amina'),
    ]
    expect([secret.status, none.status]).toEqual([404, 404])
    expect(await secret.json()).toEqual(await none.json())
    for (const who of ['karen', 'tom', 'ruth', 'grace'])
      expect((await decide({}, who)).status).toBe(403)
  })

  test('whoever was here before records were compared is compared in slices, and it goes on where it stopped', async () => {
    const { seed, listed, sql } = await started()
    const twins = Array.from({ length: 250 }, (_, at) =>
      zoe(`p${String(at).padStart(3, '0')}`, { birthDate: `${1850 + (at % 125)}-01-01` }),
    )
    await seed(twins)
    const found = async () => (await listed()).alikeTotal
    await sql.query('delete from possible_match')
    const isMore = async () => (await compareNextSlice(sql, clock)).isMore
    expect(await isMore(), 'a new database has nothing to do').toBe(false)
    await sql.query(`insert into alike_cursor (after) values ('')`)
    expect(await isMore()).toBe(true)
    const { rows } = await sql.query('select after from alike_cursor')
    expect(rows).toEqual([{ after: 'p197' }])
    expect(await isMore()).toBe(false)
    expect(await isMore()).toBe(false)
    expect(await sql.query('select 1 from alike_cursor')).toMatchObject({ rows: [] })
    expect(await found()).toBe(127)
    await sql.query('delete from possible_match')
    await sql.query(`insert into alike_cursor (after) values ('')`)
    const stop = startComparing(sql, { clock: () => clock, pause: 1, rest: 60_000 })
    await expect
      .poll(async () => (await sql.query('select 1 from alike_cursor')).rows, { timeout: 20_000 })
      .toEqual([])
    await stop()
    expect(await found()).toBe(127)
  })

  test('a record that cannot be read is left out, stops nobody else, and is in the log', async () => {
    const { bring, seed, pairs, sql } = await started()
    await bring([zoe('broken'), zoe('new')])
    await sql.query(
      `update resource set content = jsonb_set(content::jsonb, '{name}', '[{"family": 5}]') where rt = 'Patient' and id = 'broken'`,
    )
    expect(await pairs(), 'the list opens').toEqual(['known new'])
    await seed([zoe('later')])
    expect((await pairs()).toSorted(), 'others are written').toEqual([
      ...['known later', 'known new', 'later new'],
    ])
    await sql.query('delete from possible_match')
    await sql.query(`insert into alike_cursor (after) values ('')`)
    const unread: number[] = []
    const onUnread = (many: number) => void unread.push(many)
    const options = { clock: () => clock, pause: 1, rest: 60_000, onUnread }
    const stop = startComparing(sql, options)
    await expect
      .poll(async () => (await sql.query('select 1 from alike_cursor')).rows, { timeout: 20_000 })
      .toEqual([])
    await stop()
    expect(unread).toEqual([3])
    expect((await pairs()).toSorted()).toEqual(['known later', 'known new', 'later new'])
  })

  test('pairs that a number tells apart by now take no place, and are forgotten', async () => {
    const { bring, listed, sql } = await started()
    const twins = Array.from({ length: 30 }, (_, at) => {
      const birthDate = `1962-01-${String(at + 1).padStart(2, '0')}`
      return [zoe(`one-${at}`, { birthDate }), zoe(`other-${at}`, { birthDate })]
    }).flat()
    await bring(twins)
    const { alike } = await listed()
    const apart = async (persons: readonly string[], value: string) =>
      await sql.query(
        `update resource set content = content::jsonb || $2::jsonb where rt = 'Patient' and id = any($1::text[])`,
        [persons, JSON.stringify(numbered(value))],
      )
    // as when the day comes on which their numbers begin
    const tell = async (pairs: typeof alike) => {
      const [ones, others] = [0, 1].map((side) =>
        pairs.flatMap(({ records }) => records[side]?.id ?? []),
      )
      await apart(ones ?? [], '9991001026')
      await apart(others ?? [], '9991001034')
    }
    await tell(alike.slice(0, 1))
    const first = await listed()
    expect([first.alike.length, first.alikeTotal]).toEqual([20, 29])
    await tell(first.alike)
    const second = await listed()
    expect([second.alike.length, second.alikeTotal]).toEqual([9, 9])
    const { rows } = await sql.query<{ pairs: number }>(
      'select count(*)::int as pairs from possible_match',
    )
    expect(rows[0]?.pairs).toBe(9)
  })

  test('the first pairs are shown, with how many there are, and more when somebody asks', async () => {
    const { seed, bring, listed } = await started()
    await seed([])
    const twins = Array.from({ length: 30 }, (_, at) => {
      const birthDate = `1962-01-${String(at + 1).padStart(2, '0')}`
      const [one, other] = [zoe(`one-${at}`, { birthDate }), zoe(`other-${at}`, { birthDate })]
      return [one, other]
    }).flat()
    await bring(twins)
    const first = await listed()
    expect([first.alike.length, first.alikeTotal]).toEqual([20, 30])
    const more = await listed('admin', 40)
    expect([more.alike.length, more.alikeTotal]).toEqual([30, 30])
    expect(more.alike.slice(0, 20)).toEqual(first.alike)
    expect((await listed('karen', 40)).alikeTotal, 'of those whom they may see').toBe(0)
  })

  test('two people: kept, never asked again, in the log of both, and undone', async () => {
    const { bring, pairs, decide, seenAfter, listed, put, sql } = await started()
    await bring([zoe('new')])
    const seen = await seenAfter(await decide({}, 'amina'))
    expect(await pairs()).toEqual([])
    expect((await listed()).decided).toMatchObject([
      { decision: 'different', by: 'Amina Yusuf', seen },
    ])
    await bring([zoe('new', { telecom: [{ value: '01632 960100' }] })])
    expect(await put(zoe('known', { ...numbered('9991001018'), language: 'en' }), 1)).toBe(200)
    expect(await pairs()).toEqual([])
    const { rows } = await sql.query<{ persons: readonly string[] }>(
      `select persons from audit where way = '$decide-alike' and act = 'U' and cardinality(persons) > 0`,
    )
    expect(rows.flatMap(({ persons }) => persons).toSorted()).toEqual(['known', 'new'])
    expect(
      (await decide({ decision: 'undo', seen: 'different 2020-01-01T00:00:00.000Z' })).status,
    ).toBe(409)
    await seenAfter(await decide({ decision: 'undo', seen }, 'amina'))
    expect(await pairs()).toEqual(['known new'])
    expect((await decide({ decision: 'undo', seen })).status).toBe(409)
  })

  test('one person: an administrator joins the records, and undoing it parts them', async () => {
    const { bring, pairs, decide, seenAfter, as, put } = await started()
    await bring([zoe('new')])
    const same = { decision: 'same', keep: 'known' }
    expect((await decide(same, 'amina')).status).toBe(403)
    expect((await decide({ ...same, keep: 'other' })).status).toBe(400)
    const seen = await seenAfter(await decide(same))
    expect(await pairs()).toEqual([])
    const admin = await as('admin')
    const read = async () =>
      (await (await admin('/fhir/Patient/new')).json()) as { active?: boolean }
    expect((await read()).active).toBe(false)
    await seenAfter(await decide({ decision: 'undo', seen }))
    expect((await read()).active).toBe(true)
    expect(await pairs()).toEqual(['known new'])
    // corrected since: they do not look alike any more
    expect(
      await put(
        zoe('new', { birthDate: '1950-10-01', active: true, address: [{ city: 'Brook' }] }),
        3,
      ),
    ).toBe(200)
    expect(await pairs()).toEqual([])
  })

  test('of two who decide at once, and after a change that nobody looked at, the second is told', async () => {
    const { bring, decide, put } = await started()
    await bring([zoe('new')])
    expect(await put(zoe('new', { telecom: [{ value: '01632 960100' }] }), 1)).toBe(200)
    expect((await decide({})).status).toBe(412)
    const both = await Promise.all([
      decide({ seen: '1 2' }, 'amina'),
      decide({ seen: '1 2', decision: 'same', keep: 'known' }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('two people are not joined in another way by whoever has not seen that decision', async () => {
    const { bring, decide, seenAfter, as } = await started()
    await bring([zoe('new')])
    const seen = await seenAfter(await decide({}, 'amina'))
    const admin = await as('admin')
    const join = async (decided: string) => {
      const json = joinRecordsRequest.write({ keep: 'known', join: 'new', back: [], decided })
      return await admin('/fhir/$join-records', { method: 'POST', json })
    }
    for (const unseen of ['', 'different 2020-01-01T00:00:00.000Z']) {
      const answer = await join(unseen)
      expect(answer.status).toBe(409)
      expect(await answer.text()).toContain('Amina Yusuf decided that these are two people')
    }
    expect((await join(seen)).status).toBe(200)
  })

  test('keeps whoever may be the person of a row on the list until somebody decides', async () => {
    const { bring, decide, as } = await started()
    await bring([zoe('new')])
    const admin = await as('admin')
    const look = async () => {
      const asked = { organisation: 'brook-surgery', date: '2026-03-10', count: 2, reason: '' }
      const json = wholeListRequest.write({ ...asked, rows: 'new\nother' })
      const answer = await admin('/fhir/$take-whole-list', { method: 'POST', json })
      return wholeListAnswer.read((await answer.json()) as Parameters)
    }
    expect(await look()).toMatchObject({ leaving: 0, undecided: 1, onRoster: 3 })
    await decide({})
    expect(await look()).toMatchObject({ leaving: 1, undecided: 0 })
  })

  test('a decision comes back with a backup, also over a pair that waits', async () => {
    const { bring, decide, sql, pairs } = await started()
    await bring([zoe('new')])
    await decide({})
    const lines: string[] = []
    for await (const page of registrationsIn(sql)) lines.push(...page)
    await sql.query(
      'update possible_match set decision = null, decided_by = null, decided_at = null',
    )
    expect(await pairs()).toEqual(['known new'])
    await keepRegistrations(sql, lines)
    expect(await pairs()).toEqual([])
  })
})
