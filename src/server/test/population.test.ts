import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { populationParameters } from '#domain/population/population-parameters.ts'
import { makeBackup } from '#server/backup/make-backup.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import type { TarEntry } from '#server/backup/tar.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { openPglite } from '#test-support/servers/pglite.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const copd = '13645005'
const subject = (id: string) => ({ reference: `Patient/${id}` })

const person = (id: string, more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1950-01-01' },
  name: [{ family: `Family-${id}`, given: ['Zoë'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...more,
})
const condition = (id: string, code: string): ResourceWithId => ({
  ...{ resourceType: 'Condition', id: `${id}-${code}`, subject: subject(id) },
  code: { coding: [{ system: 'http://snomed.info/sct', code }] },
})
/** An emergency stay of two nights. */
const stay = (id: string, month: string): ResourceWithId => ({
  ...{ resourceType: 'Encounter', id: `${id}-${month}`, status: 'finished' },
  ...{ class: { code: 'IMP' }, subject: subject(id) },
  period: { start: `${month}-10T10:00:00Z`, end: `${month}-12T10:00:00Z` },
})
const episode = (id: string, status: 'active' | 'cancelled'): ResourceWithId => ({
  ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status, patient: subject(id) },
  careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
  managingOrganization: { reference: 'Organization/brook-surgery' },
  ...(status === 'cancelled'
    ? { extension: [{ url: 'https://gable.example/fhir/not-now', valueString: 'Is abroad' }] }
    : {}),
})

const many = (letter: string, count: number) =>
  Array.from({ length: count }, (_, place) => `${letter}${String(place).padStart(3, '0')}`)
const isWoman = (id: string) => id < 'a005'

/**
 * 300 people. Of 100 without an earlier stay 20 had one since (a000 to a019); of 120 with one, 60 had another (from b000).
 * 80 have nothing coded. a000 has a coordinator, about a001 “not now” was decided, a009 falls and lives alone.
 */
const records: readonly ResourceWithId[] = [
  ...many('a', 100).flatMap((id, place) => [
    person(id, { gender: isWoman(id) ? 'female' : 'male' }),
    condition(id, copd),
    ...(place < 20 ? [stay(id, '2025-06')] : []),
  ]),
  ...many('b', 120).flatMap((id, place) => [
    person(id),
    condition(id, copd),
    stay(id, '2024-10'),
    ...(place < 60 ? [stay(id, '2025-06')] : []),
  ]),
  ...many('c', 80).map((id) => person(id)),
  ...[episode('a000', 'active'), episode('a001', 'cancelled')],
  ...[condition('a009', '161898004'), condition('a009', '105529008')],
]

eachStore('The population', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...demoOrganisationRecords(), ...records], 'brook-surgery')
    return server
  }

  async function ask(server: OpenHandler, who: string, places?: number) {
    const response = await (await server.as(who))('/fhir/$population', {
      method: 'POST',
      json: {
        resourceType: 'Parameters',
        parameter: places === undefined ? [] : [{ name: 'places', valueInteger: places }],
      },
    })
    const body = (await response.json()) as Parameters
    return {
      status: response.status,
      told: populationParameters.read(body),
      text: JSON.stringify(body),
    }
  }

  async function enter(server: OpenHandler, who: string, coordinator: string, places: number) {
    const call = await server.as(who)
    return await call('/fhir/$set-places', {
      method: 'POST',
      json: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'coordinator', valueString: coordinator },
          { name: 'places', valueInteger: places },
        ],
      },
    })
  }

  test('draws what care cost for each currency by itself, and says of how many people it is not known', async () => {
    const server = await started()
    expect((await ask(server, 'amina')).told).toMatchObject({
      ...{ costs: [], withoutCost: { count: 300 } },
    })
    await server.sql.query(
      `update person_row set cost = case when person < 'a001' then 1000000 when person < 'a100' then 10000 else 20000 end,
         cost_currency = case when person like 'a%' then 'GBP' else 'USD' end
       where person like 'a%' or person in ('b000', 'b001')`,
    )
    const other = await openHandler({ sql: server.sql, now })
    const { told } = await ask(other, 'amina')
    expect(told.withoutCost).toEqual({ count: 198 })
    expect(told.costs.map(({ currency, people, amount }) => [currency, people, amount])).toEqual([
      ['GBP', { count: 100 }, 19_900],
      ['USD', { count: 2 }, 400],
    ])
    expect(told.costs[1]?.curve, 'of two nobody is one in twenty').toEqual([])
    // £10,000 and four times £100, of £19,900
    expect(told.costs[0]?.top).toEqual({ percent: 5, people: { count: 5 }, share: 52.3 })
    expect(told.costs[0]?.curve.at(-1)).toMatchObject({ percent: 20, share: 59.8 })
    const { told: rounded, text } = await ask(other, 'ruth')
    expect(rounded.costs.map(({ currency, amount }) => [currency, amount])).toEqual([
      ['GBP', undefined],
    ])
    expect(rounded.costs[0]?.curve[1]).toEqual({ percent: 1, people: { fewerThan: 5 } })
    expect(rounded.costs[0]?.top).toEqual({ percent: 5, people: { count: 5 }, share: 52 })
    expect(text).not.toContain('19900')
  })

  test('is counted exactly for the team: need, bands, segments, cells and who is missing', async () => {
    const { status, told } = await ask(await started(), 'amina', 3)
    expect(status).toBe(200)
    expect(told).toMatchObject({
      ...{ total: { count: 300 }, placed: { count: 220 } },
      ...{ stays: { count: 80 }, nights: { count: 160 } },
      // 15 people with two nights each of 160
      top: { percent: 5, people: { count: 15 }, byUse: 18.8 },
      // 60 of 120 again, each with a chance of 15 in 120 and 15 in 80 to be among the 15: about one
      stillTop: 6.7,
      ...{ eligible: { count: 13 }, notNow: { count: 1 } },
    })
    expect(told.bands.map(({ band, people }) => [band, people])).toEqual([
      ['very-high', { count: 2 }],
      ['high', { count: 13 }],
      ['rising', { count: 45 }],
      ['rest', { count: 160 }],
    ])
    expect(told.bands.map(({ coordinated }) => coordinated)).toContainEqual({ count: 1 })
    expect(told.segments).toEqual([{ segment: 'long-term', people: { count: 15 } }])
    const kinds = Object.fromEntries(told.missing.map(({ kind, people }) => [kind, people]))
    expect(kinds).toEqual({
      'no-contact': { count: 160 },
      'nothing-coded': { count: 80 },
      'no-chance': { count: 0 },
      'not-reached': { count: 0 },
      'said-no': { fewerThan: 5 },
      'left-out': { fewerThan: 5 },
    })
  })

  test('the line takes who could be helped first within a column of chance, and says what follows', async () => {
    const server = await started()
    const { told } = await ask(server, 'amina', 3)
    expect(told.cells.filter(({ people }) => 'count' in people && people.count > 0)).toEqual([
      { from: 50, to: 59, things: 2, people: { count: 1 }, above: 1, line: 'above' },
      { from: 50, to: 59, things: 0, people: { count: 12 }, above: 2, line: 'across' },
    ])
    expect(told).toMatchObject({ places: 3, selected: 3, expected: 2 })
    expect(told.first).toMatchObject({ id: 'a009', place: 1, changeable: ['falls', 'alone'] })
    expect(told.below.map(({ id }) => id)).toEqual(['a004', 'a005', 'a006'])
    expect(told.alsoBelow).toEqual({ count: 7 })
    const bySex = (group: string) =>
      told.compared.find(({ by, of }) => by === 'sex' && of === group)
    expect(bySex('female')).toMatchObject({
      ...{ selected: { count: 2 }, eligible: { count: 3 } },
      ...{ share: 66.7, among: 23.1, verdict: 'few' },
    })
    const moved = await ask(server, 'amina', 1)
    expect(moved.told.compared.find(({ of }) => of === 'female')?.selected).toEqual({ count: 0 })
  })

  test('a chance a year ago is counted from other people, and compared with what came', async () => {
    const { told } = await ask(await started(), 'amina', 3)
    const people = told.calibration.map((band) => ('count' in band.people ? band.people.count : 0))
    expect(people.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(220)
    expect(told.top?.byChance).toBeGreaterThan(5)
    expect(told.top?.byChance).toBeLessThan(20)
    expect(told.found).toBeGreaterThan(35)
  })

  test('places are entered by staff and managers of the organisation, with who and when', async () => {
    const server = await started()
    expect((await ask(server, 'amina')).told.free).toBeUndefined()
    expect((await enter(server, 'ruth', 'amina-yusuf', 4)).status).toBe(200)
    const { told } = await ask(server, 'amina')
    expect(told).toMatchObject({ free: 3, places: 3, selected: 3, allPlaces: 4 })
    expect(told.coordinators).toContainEqual({
      ...{ id: 'amina-yusuf', name: 'Amina Yusuf', people: { count: 1 }, places: 4 },
      ...{ setBy: 'Ruth Adler', setOn: '2026-03-02T09:00:00Z', earlier: [] },
    })
    expect((await ask(server, 'karen')).told.tooFew).toBe(true)
    for (const [places, status] of [
      [-1, 400],
      [501, 400],
    ] as const)
      expect((await enter(server, 'ruth', 'amina-yusuf', places)).status).toBe(status)
    expect((await enter(server, 'ruth', 'nobody', 4)).status).toBe(422)
    expect((await enter(server, 'grace', 'amina-yusuf', 4)).status).toBe(403)
  })

  test('whoever enters other places moves the line, and each entry is shown with who and when, the newest first', async () => {
    const server = await started()
    await enter(server, 'ruth', 'amina-yusuf', 4)
    server.wait(1)
    await enter(server, 'patel', 'amina-yusuf', 9)
    server.wait(1)
    await enter(server, 'ruth', 'amina-yusuf', 2)
    for (const who of ['amina', 'ruth']) {
      const { told } = await ask(server, who)
      const amina = told.coordinators.find(({ id }) => id === 'amina-yusuf')
      expect(amina).toMatchObject({ places: 2, setBy: 'Ruth Adler', setOn: '2026-03-02T09:02:00Z' })
      expect(amina?.earlier).toEqual([
        { places: 9, setBy: 'Dr Anil Patel', setOn: '2026-03-02T09:01:00Z' },
        { places: 4, setBy: 'Ruth Adler', setOn: '2026-03-02T09:00:00Z' },
      ])
    }
  })

  test('places are in the backup', async () => {
    const server = await started()
    await enter(server, 'ruth', 'amina-yusuf', 4)
    const entries: TarEntry[] = []
    const emit = async (entry: TarEntry) => void entries.push(entry)
    await makeBackup(server.sql, { now, emit })
    const source = async function* () {
      yield* entries
    }
    const copy = await openPglite()
    await restoreBackup(copy.sql, source, { now, merge: true })
    const { rows } = await copy.sql.query(
      'select coordinator, places, set_by from coordinator_places',
    )
    expect(rows).toEqual([{ coordinator: 'amina-yusuf', places: 4, set_by: 'Ruth Adler' }])
    await copy.close()
  })

  test('who said no to being looked for is never above the line, who said no to planning in no count', async () => {
    const server = await started()
    await server.sql.query(
      `update person_row set opted_out = array['finding'] where person = 'a009'`,
    )
    await server.sql.query(
      `update person_row set opted_out = array['planning'] where person = 'c000'`,
    )
    const { told } = await ask(server, 'amina', 3)
    expect(told.total).toEqual({ count: 299 })
    expect(told.first?.id).toBe('a002')
    // none and a few look the same, as with $find-people
    expect(told.missing).toContainEqual({ kind: 'said-no', people: { fewerThan: 5 } })
    expect(told.missing).toContainEqual({ kind: 'left-out', people: { fewerThan: 5 } })
    const more = await started()
    await more.sql.query(
      `update person_row set opted_out = array['planning'] where person between 'c000' and 'c005'`,
    )
    expect((await ask(more, 'amina', 3)).told.missing).toContainEqual({
      ...{ kind: 'left-out', people: { count: 5 } },
    })
  })

  test('Ruth gets rounded counts, none below five, a line that moves by fives, and no name or id', async () => {
    const { status, told, text } = await ask(await started(), 'ruth', 8)
    expect(status).toBe(200)
    expect(told).toMatchObject({ rounded: true, places: 5, eligible: { count: 15 } })
    expect(told.bands[0]?.people).toEqual({ fewerThan: 5 })
    expect(told.cells.every(({ above }) => above === undefined)).toBe(true)
    expect(told.below).toEqual([])
    expect(text).not.toMatch(/Family-|Zoë|"[abc]\d\d\d"|1950/)
  })

  test('the team and a manager have the same pseudonym for the same person', async () => {
    const server = await started()
    await enter(server, 'ruth', 'amina-yusuf', 7)
    const pseudonyms = async (who: string, places?: number) =>
      (await ask(server, who, places)).told.below.map(({ pseudonym }) => pseudonym)
    expect((await pseudonyms('ruth')).length).toBe(3)
    expect(await pseudonyms('ruth')).toEqual((await pseudonyms('amina', 5)).toSorted())
  })

  test('no place tells Ruth how many people there are, or who is next in the line', async () => {
    const server = await started()
    const asked = await Promise.all([10, 15, 10_000].map((places) => ask(server, 'ruth', places)))
    for (const { told } of asked)
      expect(told).toMatchObject({
        ...{ places: 10, selected: 10, eligible: { count: 15 } },
        ...{ below: [], alsoBelow: { fewerThan: 5 }, compared: [] },
      })
    expect(asked[2]?.text).toEqual(asked[0]?.text)
    await enter(server, 'ruth', 'amina-yusuf', 500)
    const { told } = await ask(server, 'ruth')
    expect(told).toMatchObject({ places: 10, selected: 10 })
    expect(told.below.map(({ place, id, changeable }) => [place, id, changeable])).toEqual(
      [1, 2, 3].map(() => [undefined, undefined, []]),
    )
    expect(new Set(told.below.map(({ chance }) => chance)).size).toBe(1)
    expect(told.first).toBeUndefined()
    // one more person without a coordinator: the same line, and the same groups
    const line = ({ told }: { told: Awaited<ReturnType<typeof ask>>['told'] }) => [
      ...[told.cells.map((cell) => cell.line), told.selected, told.compared, told.eligible],
    ]
    const fuller = await started()
    await fuller.sql.query(`update person_row set case_status = null where person = 'a001'`)
    expect((await ask(fuller, 'amina')).told.eligible).toEqual({ count: 14 })
    const more = await ask(fuller, 'ruth', 10_000)
    expect(line(more)).toEqual(line(asked[2] ?? more))
    await enter(fuller, 'ruth', 'amina-yusuf', 500)
    const atPlaces = await ask(fuller, 'ruth')
    expect(atPlaces.told.compared.length).toBeGreaterThan(5)
    expect(line(atPlaces)).toEqual(line({ told }))
    expect(line(await ask(fuller, 'ruth', told.free)), 'back at that line').toEqual(line({ told }))
    expect((await ask(fuller, 'amina', 5)).told.compared.length, 'the team').toBeGreaterThan(5)
  })

  test('Ruth cannot find out a caseload by entering places, nor enter any for somebody from elsewhere', async () => {
    const server = await started()
    const free = []
    for (const places of [5, 6, 7, 8, 11, 12]) {
      await enter(server, 'ruth', 'amina-yusuf', places)
      free.push((await ask(server, 'ruth')).told.free)
    }
    // a caseload of fewer than five is reckoned with as two
    expect(free).toEqual([0, 0, 5, 5, 5, 10])
    const elsewhere = await enter(server, 'ruth', 'karen-lee', 4)
    expect(elsewhere.status).toBe(422)
    expect(await elsewhere.text()).toContain('no role and no open case in your organisation')
  })

  test('whoever was named finds the look in the audit log, and nobody else', async () => {
    const server = await started()
    await ask(server, 'amina', 3)
    const looked = async (id: string) =>
      await (await (await server.as('amina'))(`/fhir/Patient/${id}/$who-looked`)).text()
    expect(await looked('a004')).toContain('$population')
    expect(await looked('c000')).not.toContain('$population')
  })

  test('is refused to the person, to carers, and for impossible places', async () => {
    const server = await started()
    for (const who of ['grace', 'chidi']) expect((await ask(server, who)).status, who).toBe(403)
    expect((await ask(server, 'amina', -1)).status).toBe(400)
    expect((await ask(server, 'stranger')).told.tooFew).toBe(true)
  })
})
