import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Scope } from '#domain/access/scope.ts'
import { plainWords } from '#domain/risk/plain-words.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import { testNow as now } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  beginsSql,
  firstOfAllSql,
  firstOfEachWordSql,
  maybeNamedSql,
  wordScopesSql,
} from './people-by-words.ts'

const scope: Scope = { people: { kind: 'related', organisation: 'brook' } }
const names = [
  'Bennet',
  'Bennetts',
  'Benn',
  'O’Neill',
  'O',
  'Łukasz',
  'van den Berg',
  'Ann',
  'x'.repeat(700),
]
const name = fc.constantFrom(...names)
const people = fc.array(
  fc.record({
    family: fc.option(name, { nil: null, freq: 8 }),
    given: fc.option(name, { nil: null, freq: 8 }),
    nhs: fc.constantFrom('9991001018', '9991001026', '9434765919'),
    room: fc.constantFrom('record', 'record', 'record', 'restricted'),
    deceased: fc.boolean(),
    in_use: fc.boolean(),
    replaced_by: fc.constantFrom(null, null, null, 'p-0'),
    open_to: fc.constantFrom(['brook'], ['brook', 'far'], ['far'], []),
  }),
  { minLength: 1, maxLength: 25 },
)
const asked = fc.constantFrom(
  'b',
  'bennet',
  'ann ben',
  'o neill',
  'oneill',
  'lukasz',
  'berg',
  '999',
  '9991001018',
  'x'.repeat(650),
)

const columns =
  'family text, given text, nhs text, room text, deceased boolean, in_use boolean, replaced_by text, open_to text[]'
const bare = columns.replaceAll(/ (text\[\]|text|boolean)/g, '')

type Person = Readonly<{
  family: string | null
  given: string | null
  nhs: string
  room: string
  deceased: boolean
  in_use: boolean
  replaced_by: string | null
  open_to: readonly string[]
}>

/** Written twice, the second time the other way round: the words of before must be gone. */
async function written(sql: Sql, all: readonly Person[]): Promise<void> {
  await sql.query('delete from person_row')
  for (const order of [all.toReversed(), all]) {
    const rows = order.map((each, at) => ({
      person: `p-${at}`,
      ...each,
      search: [
        ...plainWords(each.family ?? ''),
        plainWords(each.family ?? '').join(''),
        ...plainWords(each.given ?? ''),
        each.nhs,
      ]
        .filter(Boolean)
        .map((word) => ` ${word}`)
        .join(''),
    }))
    await sql.query(
      `insert into person_row (person, search, admissions, medicines, conditions, unmapped, coded, rank, worked_out, ${bare})
       select person, search, 0, 0, '{}', 0, false, 0, '2026-01-01', ${bare}
       from jsonb_to_recordset($1::jsonb) as r (person text, search text, ${columns})
       on conflict (person) do update set search = excluded.search, ${bare
         .split(', ')
         .map((each) => `${each} = excluded.${each}`)
         .join(', ')}`,
      [JSON.stringify(rows)],
    )
    // a row that begins has the organisations of its relations: here they are given
    for (const { person, open_to } of rows)
      await sql.query('update person_row set open_to = $2::text[] where person = $1', [
        person,
        open_to,
      ])
  }
}

const order = `deceased, not in_use, family is null, left(coalesce(family, ''), 100), left(coalesce(given, ''), 100), person`

eachStore('Words of names', (open) => {
  test('give the same first people as reading everybody, in the same order', async () => {
    const { sql } = await open({ now: () => now })
    const reader = sql.as(rlsSessionOf(scope, now))
    const idsOf = async (sqlOf: (params: Params) => string) => {
      const params = new Params()
      const text = sqlOf(params)
      const { rows } = await reader.query<{ person: string | null }>(text, params.values)
      return rows.flatMap(({ person }) => person ?? [])
    }
    const holds = async (all: readonly Person[], text: string) => {
      await written(sql, all)
      const words = plainWords(text)
      const meant = (params: Params) =>
        [
          personRowScopeSql(scope, 'p', params, now),
          'p.replaced_by is null',
          ...words.map((word) => beginsSql('p.search', word, params)),
        ].join(' and ')
      const first = (more: (params: Params) => string) =>
        idsOf(
          (params) =>
            `select person from person_row p where ${meant(params)} and ${more(params)} order by ${order} limit 3`,
        )
      const plain = await first(() => 'true')
      const firsts = { scopes: ['brook'], words, most: 3 }
      for (const sqlOf of [firstOfEachWordSql, firstOfAllSql]) {
        const among = await idsOf((params) => sqlOf(firsts, params))
        expect(await first((params) => `p.person = any(${params.add(among, 'text[]')})`)).toEqual(
          plain,
        )
      }
      expect(await first((params) => maybeNamedSql({ scope, now }, words, params))).toEqual(plain)
    }
    const one = { room: 'record', deceased: false, in_use: false, replaced_by: null }
    const among = { ...one, family: null, given: null, nhs: '9991001018', open_to: ['brook'] }
    const long = { ...among, family: 'x'.repeat(300), nhs: '9434765919' }
    const alike = { ...long, family: `${'x'.repeat(100)}y` }
    // whoever has a very long name takes no place of others
    await holds([among, among, among, long], '999')
    await holds([long, long, long, alike], `${'x'.repeat(100)}y 943`)
    await fc.assert(fc.asyncProperty(people, asked, holds), { numRuns: 25 })
  }, 120_000)

  test('of letters of four bytes are kept, however long the name is', async () => {
    const { sql } = await open({ now: () => now })
    const letters = (first: number) =>
      Array.from({ length: 250 }, (_, at) =>
        String.fromCodePoint(0x20000 + ((((first + at) * 2654435761) >>> 5) % 40000)),
      ).join('')
    const [family, given] = [letters(0x12000), letters(0x13000)]
    const one = { family, given, nhs: '', deceased: false, in_use: true, room: 'record' }
    const [person] = ['p-0', 'p-1']
    const search = ` ${family} ${given} 9991001018`
    await written(sql, [{ ...one, replaced_by: null, open_to: ['o'.repeat(64)] }])
    const id = 'p'.repeat(64)
    await sql.query('update person_row set search = $1, person = $2 where person = $3', [
      search,
      id,
      person,
    ])
    for (const words of [[given, '9991001018'], [family]]) {
      const params = new Params()
      const asked = { scopes: ['o'.repeat(64)], words, most: 3 }
      const { rows } = await sql.query<{ person: string }>(
        firstOfEachWordSql(asked, params),
        params.values,
      )
      expect(rows.map((each) => each.person)).toEqual([id])
    }
  })

  test('are seen by the organisations that reach the person, and by nobody else', async () => {
    const { sql } = await open({ now: () => now })
    const anybody = {
      family: 'Bennet',
      given: null,
      nhs: '9991001018',
      deceased: false,
      in_use: true,
    }
    const one = { ...anybody, room: 'record', replaced_by: null }
    await written(sql, [
      { ...one, open_to: ['brook'] },
      { ...one, open_to: ['far'] },
      { ...one, room: 'restricted', open_to: ['brook'] },
    ])
    const { rows } = await sql
      .as(rlsSessionOf(scope, now))
      .query(`select person from person_word where word = 'bennet'`)
    expect(rows).toEqual([{ person: 'p-0' }])
    const { rows: scopes } = await sql.query<{ scope: string }>(wordScopesSql)
    expect(scopes.map((each) => each.scope).toSorted()).toEqual(['', 'brook', 'far'])
  })
})
