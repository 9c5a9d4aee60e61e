import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Scope } from '#domain/access/scope.ts'
import type { FindPeople } from '#server/operations/worklists/find-people-request.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import type { Sql } from '#server/store/sql.ts'
import { recountChances } from '#server/store/summary/chances.ts'
import { foldListCounts } from '#server/store/summary/fold-list-counts.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { countBySums } from './count-by-sums.ts'
import { countPlainly, type ListCount } from './count-plainly.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const today = '2026-03-02'

const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const orgs = ['brook', 'far']
const scopes: readonly Scope[] = [
  { people: { kind: 'all' } },
  { people: { kind: 'related', organisation: 'brook', practitioner: 'amina' } },
  { people: { kind: 'related', organisation: 'far', practitioner: 'tom' } },
  { people: { kind: 'related', practitioner: 'amina' } },
  { people: { kind: 'related', organisation: 'nowhere' } },
]

const some = (words: readonly string[]) => fc.subarray([...words])
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null, freq: 2 })
const oneOf = (...words: readonly string[]) => fc.constantFrom(...words)

const rowOf = fc.record({
  room: oneOf('record', 'record', 'record', 'restricted', 'sealed'),
  deceased: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  in_use: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  replaced_by: maybe(oneOf('z')).map((who) => (who === 'z' ? 'z' : null)),
  opted_out: some(['finding', 'planning', 'case']),
  case_status: maybe(oneOf('active', 'onhold', 'cancelled', 'planned', 'finished')),
  look_again: maybe(oneOf('2026-03-01')),
  band: maybe(oneOf('fit', 'mild', 'moderate', 'severe')),
  segment: oneOf('healthy', 'chronic', 'unknown'),
  coded: fc.boolean(),
  chance: maybe(fc.integer({ min: 0, max: 40 })),
  cost: maybe(fc.integer({ min: 0, max: 9_999 })),
  conditions: some(['Heart failure', 'Stroke', 'Asthma']),
  changeable: some(['alone', 'many-services']),
  persistent: fc.boolean(),
  lives_alone: maybe(fc.boolean()),
  rules: some(['falls', 'winter']),
  left_on: fc.constantFrom(null, null, null, '2026-02-01', '2026-03-02', '2026-03-03'),
  outside: maybe(fc.constantFrom({ efi2: 3 }, { qadmissions: 4, efi2: 1 })),
})

const relationOf = fc.record({
  org: maybe(oneOf(...orgs)),
  agent: maybe(oneOf('amina', 'tom')),
  kind: oneOf('registered', 'team', 'team', 'glass', 'sealed'),
  until: maybe(oneOf('2026-03-01T00:00:00Z', '2026-03-02T09:10:00Z', '2026-09-01T00:00:00Z')),
  vouched: fc.boolean(),
})

const registered = {
  ...{ org: 'brook', agent: null, kind: 'registered' as const, until: null, vouched: true },
}

type Row = typeof rowOf extends fc.Arbitrary<infer T> ? T : never
type Relation = typeof relationOf extends fc.Arbitrary<infer T> ? T : never
type Step = Readonly<
  | { do: 'write'; rows: Readonly<Record<string, Row>> }
  | { do: 'relate'; person: string; relation: Relation }
  | { do: 'unrelate' | 'remove'; person: string }
  | { do: 'fold' | 'touch' }
>

const who = oneOf(...ids)
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        rows: fc.dictionary(who, rowOf, { minKeys: 1 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('relate' as const),
        person: who,
        relation: relationOf,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom('unrelate' as const, 'remove' as const),
        person: who,
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('fold' as const, 'touch' as const) }) },
  ),
  { minLength: 3, maxLength: 14 },
)

const left = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 1 })
const requests: fc.Arbitrary<FindPeople> = fc
  .record({
    band: left(oneOf('fit', 'moderate')),
    segment: left(oneOf('healthy', 'chronic')),
    flag: left(oneOf('coordination-risk', 'persistent-high-use')),
    label: left(
      fc.constantFrom(
        { condition: 'Heart failure' },
        { changeable: 'alone' },
        { condition: 'Stroke', changeable: 'many-services' },
        { rule: 'falls' },
      ),
    ),
    known: fc.constantFrom('no-coordinator', 'on-caseload', 'not-now', 'all'),
    order: fc.constantFrom('frailty', 'chance', 'cost'),
    unscored: fc.boolean(),
  })
  .map(({ band, segment, flag, label, ...rest }) => ({
    ...rest,
    ...label,
    ...(band ? { band } : {}),
    ...(segment ? { segment } : {}),
    ...(flag ? { flag } : {}),
    ...{ words: [], count: 20, offset: 0 },
  }))

const columns = Object.keys(
  fc.sample(rowOf, { numRuns: 1, seed: 1 })[0] ?? {},
) as readonly (keyof Row)[]
const types: Partial<Record<keyof Row, string>> = {
  ...{
    deceased: 'boolean',
    in_use: 'boolean',
    coded: 'boolean',
    persistent: 'boolean',
    lives_alone: 'boolean',
    chance: 'integer',
    cost: 'bigint',
  },
  ...{ look_again: 'date', opted_out: 'text[]', conditions: 'text[]', changeable: 'text[]' },
  ...{ rules: 'text[]', outside: 'jsonb' },
}

const write = `insert into person_row (person, search, admissions, medicines, unmapped, rank, worked_out, ${columns.join(', ')})
  select person, '', 0, 0, 0, 0, '${today}', ${columns.join(', ')}
  from jsonb_to_recordset($1::jsonb) as r (person text, ${columns.map((name) => `${name} ${types[name] ?? 'text'}`).join(', ')})
  on conflict (person) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`

async function take(sql: Sql, step: Step): Promise<void> {
  if (step.do === 'write') {
    const rows = Object.entries(step.rows).map(([person, row]) => ({ person, ...row }))
    await sql.query(write, [JSON.stringify(rows)])
  } else if (step.do === 'relate') {
    const { org, agent, kind, until, vouched } = step.relation
    await sql.query(
      `insert into relation (person, source_rid, kind, org, agent, until, vouched)
       values ($1, 1, $2, $3, $4, $5::timestamptz, $6)`,
      [step.person, kind, org, agent, until, vouched],
    )
  } else if (step.do === 'unrelate')
    await sql.query('delete from relation where person = $1', [step.person])
  else if (step.do === 'remove')
    await sql.query('delete from person_row where person = $1', [step.person])
  else if (step.do === 'touch') await sql.query('update person_row set rank = rank + 1')
  else await foldListCounts(sql, 0)
}

const inOrder = (counts: readonly ListCount[], areRulesInUse: boolean) =>
  counts
    .filter(({ facet }) => areRulesInUse || facet !== 'rule')
    .map(({ facet, value, count }) => `${facet} ${value} ${count}`)
    .toSorted()

type Asked = Readonly<{ request: FindPeople; scope: Scope; areRulesInUse: boolean }>

/** Undefined if this is not kept. */
async function bothWays(sql: Sql, { request, scope, areRulesInUse }: Asked) {
  const call = { sql: sql.as(rlsSessionOf(scope, now)), scope, now, today }
  const sums = await countBySums(call, request, areRulesInUse)
  if (!sums) return undefined
  const plain = await countPlainly(call, request)
  return [inOrder(sums, areRulesInUse), inOrder(plain, areRulesInUse)] as const
}

eachStore('Counts of lists', (open) => {
  test('that are kept as sums are those of everybody whom the caller can see, after any changes and with any filters', async () => {
    const { sql } = await open({ now: () => now })
    let summed = 0
    const asked = fc.array(requests, { minLength: 2, maxLength: 2 })
    const holds = async (changes: readonly Step[], all: readonly FindPeople[], rules: boolean) => {
      await sql.query('delete from relation')
      await sql.query('delete from person_row')
      for (const step of changes) await take(sql, step)
      const questions = scopes.flatMap((scope) => all.map((request) => ({ request, scope })))
      for (const each of questions) {
        const [sums, plain] = (await bothWays(sql, { ...each, areRulesInUse: rules })) ?? []
        summed += Number(sums !== undefined)
        expect(sums).toEqual(plain)
      }
    }
    await fc.assert(fc.asyncProperty(steps, asked, fc.boolean(), holds), { numRuns: 30 })
    expect(summed).toBeGreaterThan(150)
  }, 120_000)

  test.each(columns)('follow a change of nothing but %s', async (column) => {
    const { sql } = await open({ now: () => now })
    const [before, ...others] = fc.sample(rowOf, { numRuns: 40, seed: 7 })
    if (!before) throw new Error('There is no row')
    await take(sql, { do: 'relate', person: 'a', relation: registered })
    for (const other of others) {
      await sql.query('delete from person_row')
      await sql.query('delete from list_count')
      await sql.query('delete from list_count_change')
      await take(sql, { do: 'write', rows: { a: { ...other, [column]: before[column] } } })
      await take(sql, { do: 'write', rows: { a: other } })
      await take(sql, { do: 'remove', person: 'a' })
      await take(sql, { do: 'fold' })
      const { rows } = await sql.query('select * from list_count where people <> 0')
      expect(rows).toEqual([])
    }
  })

  test('that are kept as sums are those of everybody once all chances were counted again', async () => {
    const { sql } = await open({ now: () => now })
    await sql.query('delete from person_row')
    const rows = fc.sample(rowOf, { numRuns: 300, seed: 9 })
    for (const [at, row] of rows.entries())
      await take(sql, { do: 'write', rows: { [`all-${at}`]: row } })
    await sql.query(
      `update person_row set likeness = '1/mild/65', likeness_before = '1/mild/65', stayed_since = hashtext(person) % 3 = 0`,
    )
    await sql.query(
      `insert into relation (person, source_rid, kind, org) select person, 1, 'registered', 'brook' from person_row where hashtext(person) % 2 = 0`,
    )
    await recountChances(sql, today)
    const { rows: given } = await sql.query('select 1 from person_row where chance is not null')
    expect(given.length).toBe(rows.length)
    for (const request of fc.sample(requests, { numRuns: 12, seed: 3 }))
      for (const scope of scopes) {
        const [sums, plain] = (await bothWays(sql, { request, scope, areRulesInUse: false })) ?? []
        expect(sums).toEqual(plain)
      }
  })

  test('of the last person removed leave no sum behind', async () => {
    const { sql } = await open({ now: () => now })
    const [row] = fc.sample(rowOf, { numRuns: 1, seed: 4 })
    if (!row) throw new Error('There is no row')
    await take(sql, { do: 'relate', person: 'a', relation: registered })
    await take(sql, { do: 'write', rows: { a: row } })
    await take(sql, { do: 'fold' })
    await take(sql, { do: 'remove', person: 'a' })
    await take(sql, { do: 'fold' })
    const { rows } = await sql.query<{ people: number }>(
      'select people from list_count union all select people from list_count_change',
    )
    expect(rows).toEqual([])
  })
})
