import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { openApi } from './api.ts'
import type { Ground } from './databases.ts'
import { medianPair, type Row, row, type Spent } from './measure.ts'

const loinc = 'http://loinc.org'
const codes = ['8480-6', '8462-4', '29463-7', '8867-4', '4548-4', '2708-6']
const readingsEach = 20
const years = 5
const rounds = 30

/** The same people and readings in plain tables: the columns that searches need, and an index for each search. */
const layout = `
  create table plain_person (id text primary key, family text collate "C", birth date, content jsonb);
  create index plain_person_family on plain_person (family, birth);
  create table plain_reading (id text primary key, person text, code text, at timestamptz, content jsonb);
  create index plain_reading_person on plain_reading (person, at desc);
  create index plain_reading_code on plain_reading (code, at desc);`

const plainPeople = `insert into plain_person
  select r->>'id', lower(r->'name'->0->>'family'), (r->>'birthDate')::date, r from jsonb_array_elements($1::jsonb) r`
const plainReadings = `insert into plain_reading select r->>'id', substr(r->'subject'->>'reference', 9),
  r->'code'->'coding'->0->>'code', (r->>'effectiveDateTime')::timestamptz, r from jsonb_array_elements($1::jsonb) r`

/** Numbers between 0 and 1, the same in each run (mulberry32). */
function drawn(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const draw = drawn(7)
const oneOf = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)] as T
const syllables = 'ba ke li mo nu ra se ti vo zu da fe gi ho ju ka le mi no pu'.split(' ')
const word = (length: number) => Array.from({ length }, () => oneOf(syllables)).join('')
const families = Array.from({ length: 30 }, () => word(2))
const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

const aPerson = (id: string): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, gender: 'female' },
  name: [{ family: `${oneOf(families)}${word(1)}`, given: [word(2)] }],
  birthDate: dayAgo(7_000 + draw() * 25_000)
    .toISOString()
    .slice(0, 10),
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
})

const aTeam = (person: string): ResourceWithId => ({
  ...{ resourceType: 'CareTeam', id: `t-${person}`, status: 'active' },
  subject: { reference: `Patient/${person}` },
  participant: [{ member: { reference: 'Practitioner/amina-yusuf' } }],
})

const aReading = (id: string, person: string): ResourceWithId => ({
  ...{ resourceType: 'Observation', id, status: 'final' },
  code: { coding: [{ system: loinc, code: oneOf(codes) }] },
  subject: { reference: `Patient/${person}` },
  effectiveDateTime: dayAgo(draw() * years * 365).toISOString(),
  valueQuantity: { value: Math.round(draw() * 2_000) / 10, unit: 'unit' },
})

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)
const perChunk = 400

async function write(sql: Sql, records: readonly ResourceWithId[], plain?: string): Promise<void> {
  const store = createStore(sql)
  for (let at = 0; at < records.length; at += perChunk) {
    const chunk = records.slice(at, at + perChunk)
    await store.writeMany(chunk.map((resource) => ({ resource, expect: 'absent' as const })))
    if (plain) await sql.query(plain, [JSON.stringify(chunk)])
  }
}

async function grow(sql: Sql, from: number, to: number): Promise<void> {
  const names = range(from, to).map((at) => `search-${at}`)
  await write(sql, names.map(aPerson), plainPeople)
  await write(sql, names.map(aTeam))
  const readings = range(from * readingsEach, to * readingsEach)
  const of = () => `search-${Math.floor(draw() * to)}`
  await write(
    sql,
    readings.map((at) => aReading(`reading-${at}`, of())),
    plainReadings,
  )
  await sql.script('vacuum analyze')
}

type Ask = (path: string) => Promise<unknown>
type Question = Readonly<{
  what: string
  ours: (ask: Ask, people: number) => Promise<unknown>
  plain: (
    rows: (text: string, params: readonly unknown[]) => Promise<readonly unknown[]>,
  ) => unknown
}>

const somebody = (people: number) => `search-${Math.floor(draw() * people)}`
const readingsOf = (rest: string) => `Observation?code=${loinc}|${oneOf(codes)}${rest}`
const latest = '&_sort=-date&_count=20'
const since = () => dayAgo(365).toISOString().slice(0, 10)
const latestOfCode = 'select content from plain_reading where code = $1 order by at desc limit 20'

/** The most frequent searches of care teams and programs; `plain`: the same answer by bare SQL. */
const questions: readonly Question[] = [
  {
    what: 'one person’s readings, newest 20',
    ours: (ask, people) => ask(`Observation?patient=${somebody(people)}${latest}`),
    plain: (rows) =>
      rows('select content from plain_reading where person = $1 order by at desc limit 20', [
        somebody(500),
      ]),
  },
  {
    what: 'people by name, 20',
    ours: (ask) => ask(`Patient?name=${oneOf(families)}&_sort=birthdate&_count=20`),
    plain: (rows) => {
      const name = oneOf(families)
      const text = 'select content from plain_person where family >= $1 and family < $2'
      return rows(`${text} order by birth limit 20`, [name, `${name}~`])
    },
  },
  {
    what: 'readings by code, newest 20',
    ours: (ask) => ask(readingsOf(latest)),
    plain: (rows) => rows(latestOfCode, [oneOf(codes)]),
  },
  {
    what: 'the same with its total',
    ours: (ask) => ask(readingsOf(`${latest}&_total=accurate`)),
    async plain(rows) {
      const code = oneOf(codes)
      await rows(latestOfCode, [code])
      await rows('select count(*) from plain_reading where code = $1', [code])
    },
  },
  {
    what: 'readings by code and date, 50, with their people',
    ours: (ask) => ask(readingsOf(`&date=ge${since()}&_include=Observation:subject&_count=50`)),
    plain: (rows) =>
      rows(
        `with page as (select person, content from plain_reading where code = $1 and at >= $2 limit 50)
        select content from page union all
        select content from plain_person where id in (select person from page)`,
        [oneOf(codes), since()],
      ),
  },
  {
    what: 'people who have a reading of a code, 20',
    ours: (ask) => ask(`Patient?_has:Observation:patient:code=${loinc}|${oneOf(codes)}&_count=20`),
    plain: (rows) =>
      rows(
        `select content from plain_person p where exists (
          select 1 from plain_reading r where r.person = p.id and r.code = $1) limit 20`,
        [oneOf(codes)],
      ),
  },
  {
    what: 'people in the order of their names, 20',
    ours: (ask) => ask('Patient?_sort=family&_count=20'),
    plain: (rows) => rows('select content from plain_person order by family limit 20', []),
  },
]

type Sides = readonly [Spent, Spent]

async function askAll(ground: Ground, ask: Ask, people: number): Promise<readonly Sides[]> {
  const rows = async (text: string, params: readonly unknown[]) =>
    (await ground.sql.query(text, params)).rows
  const spent: Sides[] = []
  for (const { ours, plain } of questions)
    spent.push(
      await medianPair(rounds, await ground.cpuClock(), [
        () => ours(ask, people),
        async () => await plain(rows),
      ]),
    )
  return spent
}

const share = (one: Spent, other: Spent) => Math.round((one.cpu / other.cpu) * 100) / 100

/**
 * Searches by a nurse with access to everybody, against bare SQL, among 500 people with 10,000 readings; and how their
 * times grow up to the requested number of people. For a database that holds nothing else yet.
 */
export async function measureSearches(ground: Ground, most: number): Promise<readonly Row[]> {
  const { sql, name: on } = ground
  const few = 500
  await sql.script(layout)
  await write(sql, [
    { resourceType: 'Organization', id: 'brook-surgery', name: 'Brook Surgery' },
    { resourceType: 'Practitioner', id: 'amina-yusuf' },
  ])
  const { ask } = await openApi(ground)
  await grow(sql, 0, few)
  const first = await askAll(ground, ask, few)
  const atFirst = questions.map(({ what }, at) => {
    const [ours, plain] = first[at] as Sides
    return row({
      ...{ what: `search: ${what}`, on, unit: 'ms', value: ours.ms },
      ...{ plain: 'bare SQL', plainValue: plain.ms, cpuRatio: share(ours, plain) },
    })
  })
  if (most <= few) return atFirst
  await grow(sql, few, most)
  const later = await askAll(ground, ask, most)
  const grown = questions.map(({ what }, at) => {
    const [[before], [after]] = [first[at] as Sides, later[at] as Sides]
    return row({
      ...{ what: `search: ${what}, ${most.toLocaleString('en')} people`, on, unit: 'ms' },
      ...{ value: after.ms, plain: `${few} people`, plainValue: before.ms },
      cpuRatio: share(after, before),
    })
  })
  return [...atFirst, ...grown]
}
