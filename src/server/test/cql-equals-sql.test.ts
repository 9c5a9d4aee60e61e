import { afterAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { MeasureProgram } from '#domain/quality/evaluation.ts'
import type { JudgedPerson } from '#domain/quality/judged-person.ts'
import { readMeasureBundle } from '#domain/quality/measure-bundle.ts'
import { recordsOfPeople } from '#server/cql/records-of-people.ts'
import { isStoredType } from '#server/fhir/stored-types.ts'
import { workerEngine } from '#server/hosts/node/cql/worker-engine.ts'
import type { Sql } from '#server/store/sql.ts'
import { eachStore } from '#test-support/servers/stores.ts'

/** 5,000 people take a minute: `CQL_PEOPLE=5000 vitest run src/server/test/cql-equals-sql.test.ts`. */
const count = Number(process.env['CQL_PEOPLE'] ?? 400)

const from = '2025-12-01T00:00:00.000Z'
const to = '2026-11-30T23:59:59.999Z'
const period = { start: new Date(from), end: new Date(to), now: new Date(to) }
const engine = workerEngine({ milliseconds: 60_000 })
afterAll(async () => await engine.close())

/** Always the same numbers. */
function numbersFrom(seed: number) {
  let at = seed
  const next = () => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648
    return at / 2_147_483_648
  }
  return {
    chance: (share: number) => next() < share,
    one: <T>(of: readonly T[]) => of[Math.floor(next() * of.length)] as T,
  }
}

const edges = [
  ...[from, to, '2025-11-30T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2026-06-15'],
  ...['2026-03-01T08:30:00.000Z', '2024-03-01T08:30:00.000Z', '2026-11-30T12:00:00.000+05:00'],
]
const left = ['2026-05-04T12:00:00.000Z', from, to, '2025-05-04T12:00:00.000Z']
const hour = 3_600_000

type Numbers = ReturnType<typeof numbersFrom>

const livesOf = (people: number): readonly ResourceWithId[] => {
  const numbers = numbersFrom(17)
  return Array.from({ length: people }, (_, at) =>
    lifeOf(`e${at}`, numbers),
  ).flat() as ResourceWithId[]
}

function lifeOf(person: string, numbers: Numbers): readonly object[] {
  const { chance, one } = numbers
  const maybe = <T>(share: number, make: () => T): readonly T[] => (chance(share) ? [make()] : [])
  const subject = { reference: `Patient/${person}` }
  const stays = [...maybe(0.5, () => one(left)), ...maybe(0.2, () => one(left))]
  const death = maybe(0.1, () =>
    one([
      { deceasedBoolean: true },
      { deceasedDateTime: '2026-02-01T10:00:00.000Z' },
      { deceasedDateTime: '2027-02-01T10:00:00.000Z' },
    ]),
  )
  const coded = (system: string, codes: readonly string[]) => ({
    code: { coding: [{ system, code: one(codes) }] },
  })
  const stated = (codes: readonly string[]) => ({ coding: [{ code: one(codes) }] })
  return [
    { resourceType: 'Patient', id: person, ...death[0] },
    ...maybe(0.6, () => ({
      ...{ resourceType: 'Condition', id: `h-${person}`, subject },
      ...coded('http://snomed.info/sct', ['38341003', '59621000', '44054006']),
      clinicalStatus: stated(['active', 'active', 'active', 'resolved']),
      verificationStatus: stated(['confirmed', 'confirmed', 'confirmed', 'refuted']),
    })),
    ...maybe(0.7, () => ({
      ...{ resourceType: 'Observation', id: `o-${person}`, subject },
      status: one(['final', 'final', 'amended', 'preliminary', 'entered-in-error']),
      ...coded('http://loinc.org', ['85354-9', '55284-4', '8867-4']),
      effectiveDateTime: one(edges),
    })),
    ...stays.map((end, at) => ({
      ...{ resourceType: 'Encounter', id: `s${at}-${person}`, subject },
      status: one(['finished', 'finished', 'finished', 'cancelled']),
      class: { code: one(['IMP', 'IMP', 'IMP', 'EMER']) },
      period: { start: '2025-01-01T10:00:00.000Z', end },
    })),
    ...stays.flatMap((end, at) => maybe(0.7, () => callAfter(end, `c${at}-${person}`, numbers))),
  ].map((each) => (each.resourceType === 'Communication' ? { ...each, subject } : each))
}

const callAfter = (end: string, id: string, { one }: Numbers) => ({
  ...{ resourceType: 'Communication', id, status: one(['completed', 'completed', 'not-done']) },
  category: [{ coding: [{ system: 'https://gable.example/codes', code: 'contact' }] }],
  sent: new Date(
    Date.parse(end) + one([0, 1, 24 * hour, 48 * hour, 48 * hour + 1, -1]),
  ).toISOString(),
})

const died = `(p.content ->> 'deceasedBoolean' = 'true'
  or (p.content ->> 'deceasedDateTime')::timestamptz < $2::timestamptz)`
const has = (records: string, path: string, codes: readonly string[]) =>
  `exists (select 1 from jsonb_array_elements(coalesce(${records}.content #> '{${path},coding}', '[]')) k
     where k ->> 'code' in (${codes.map((code) => `'${code}'`).join(', ')}))`

/** The same two measures, once more by hand, over the same records. */
const bySql = {
  BloodPressureChecked: `select p.id as person, ${died} is true as excluded,
      exists (select 1 from resource o where o.rt = 'Observation' and o.person = p.id
        and ${has('o', 'code', ['85354-9', '55284-4'])} and o.content ->> 'status' in ('final', 'amended', 'corrected')
        and (o.content ->> 'effectiveDateTime')::timestamptz between $1::timestamptz and $2::timestamptz) as met
    from resource p where p.rt = 'Patient' and exists (select 1 from resource c where c.rt = 'Condition' and c.person = p.id
      and ${has('c', 'code', ['38341003', '59621000'])}
      and not ${has('c', 'verificationStatus', ['refuted', 'entered-in-error'])}
      and not ${has('c', 'clinicalStatus', ['resolved', 'inactive', 'remission'])})`,
  ContactedAfterStay: `with stay as (select e.person, (e.content #>> '{period,end}')::timestamptz as left_at from resource e
      where e.rt = 'Encounter' and e.content ->> 'status' = 'finished' and e.content #>> '{class,code}' = 'IMP'
        and (e.content #>> '{period,end}')::timestamptz between $1::timestamptz and $2::timestamptz)
    select p.id as person, ${died} is true as excluded,
      not exists (select 1 from stay s where s.person = p.id and not exists (
        select 1 from resource c where c.rt = 'Communication' and c.person = p.id and c.content ->> 'status' = 'completed'
          and (c.content ->> 'sent')::timestamptz between s.left_at and s.left_at + interval '48 hours')) as met
    from resource p where p.rt = 'Patient' and exists (select 1 from stay s where s.person = p.id)`,
} as const

async function standingsBySql(sql: Sql, query: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql.query<{ person: string; excluded: boolean; met: boolean }>(query, [
    from,
    to,
  ])
  return new Map(
    rows.map(({ person, excluded, met }) => [
      person,
      excluded ? 'left-out' : met ? 'met' : 'unmet',
    ]),
  )
}

const programs = async () =>
  (await engine.ownMeasures()).map((bundle) => {
    const result = readMeasureBundle(bundle, isStoredType)
    if (!('read' in result)) throw new Error(result.faults.join('\n'))
    const { measure: _, ...program } = result.read
    return { ...program, key: program.main }
  })

async function judgedIn(sql: Sql, program: MeasureProgram): Promise<readonly JudgedPerson[]> {
  const persons = Array.from({ length: count }, (_, at) => `e${at}`)
  const types = ['Patient', 'Condition', 'Observation', 'Encounter', 'Communication']
  const judged: JudgedPerson[] = []
  for (let at = 0; at < count; at += 100) {
    const people = await recordsOfPeople(sql, { persons: persons.slice(at, at + 100), types })
    judged.push(...(await engine.evaluate(program, people, period)))
  }
  return judged
}

eachStore('Our measures in CQL and the same in SQL', (open) => {
  test('say the same of everybody', async () => {
    const { sql, store } = await open()
    const records = livesOf(count)
    for (let at = 0; at < records.length; at += 1_000)
      await store.writeMany(
        records.slice(at, at + 1_000).map((resource) => ({ resource, expect: 'anything' })),
      )
    for (const program of await programs()) {
      const judged = await judgedIn(sql, program)
      const expected = await standingsBySql(sql, bySql[program.main as keyof typeof bySql])
      const different = judged.filter(
        ({ person, standing }) => (expected.get(person) ?? 'outside') !== standing,
      )
      expect(different, program.main).toEqual([])
      const kinds = new Set(judged.map(({ standing }) => standing))
      expect([...kinds].toSorted(), 'all four occur').toEqual([
        ...['left-out', 'met', 'outside', 'unmet'],
      ])
    }
  }, 600_000)
})
