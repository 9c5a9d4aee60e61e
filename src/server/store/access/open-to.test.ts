import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Scope } from '#domain/access/scope.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { createStore } from '#server/store/create-store.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { rlsSessionOf } from './rls-session.ts'
import { personRowScopeSql, scopeSql } from './scope-sql.ts'

const people = ['p', 'q'] as const
const organisations = ['brook', 'far', 'council'] as const
const practitioners = ['amina', 'karen'] as const
const restricted = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
}
const now = new Date('2026-03-02T09:00:00.000Z')
const later = new Date('2026-03-20T09:00:00.000Z')

type Record = ResourceWithId
type Person = (typeof people)[number]
type Member = `Organization/${string}` | `Practitioner/${string}` | `PractitionerRole/${string}`

const person = fc.constantFrom(...people)
const organisation = fc.constantFrom(...organisations)
const member = fc.constantFrom<Member>(
  'Organization/far',
  'Organization/council',
  'Practitioner/karen',
  'PractitionerRole/karen-role',
)
const end = fc.constantFrom(undefined, '2026-03-10', '2026-04-10')

const patient = (id: Person, practice: string, isSealed: boolean): Record => ({
  resourceType: 'Patient',
  id,
  generalPractitioner: [{ reference: `Organization/${practice}` }],
  ...(isSealed ? { meta: restricted } : {}),
})
const team = (who: Person, to: Member, until: string | undefined): Record => ({
  resourceType: 'CareTeam',
  id: `t-${who}`,
  subject: { reference: `Patient/${who}` },
  participant: [{ member: { reference: to }, ...(until ? { period: { end: until } } : {}) }],
})
const role = (active: boolean): Record => ({
  resourceType: 'PractitionerRole',
  id: 'karen-role',
  active,
  practitioner: { reference: 'Practitioner/karen' },
  organization: { reference: 'Organization/council' },
})
const registeredBy = (who: Person): Record => ({
  resourceType: 'Patient',
  id: who,
  generalPractitioner: [{ reference: 'PractitionerRole/karen-role' }],
})

type Step = Readonly<{ put: Record }> | Readonly<{ remove: readonly [string, string] }>
const put = (record: Record): Step => ({ put: record })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(person, organisation, fc.boolean()).map((each) => put(patient(...each))),
  fc.tuple(person, member, end).map((each) => put(team(...each))),
  fc.boolean().map((active) => put(role(active))),
  person.map((who) => put(registeredBy(who))),
  fc
    .tuple(fc.constantFrom('Patient', 'CareTeam'), person)
    .map(([type, who]): Step => ({ remove: [type, type === 'Patient' ? who : `t-${who}`] })),
)

const scopes: readonly Scope[] = [undefined, ...organisations].flatMap((org) =>
  [undefined, ...practitioners].map((agent): Scope => {
    const named = agent === undefined ? {} : { practitioner: agent }
    return {
      people: { kind: 'related', ...named, ...(org === undefined ? {} : { organisation: org }) },
    }
  }),
)

async function listed(on: ReadingSql, condition: string, params: Params) {
  const { rows } = await on.query<{ person: string }>(
    `select p.person from person_row p where ${condition} order by 1`,
    params.values,
  )
  return rows.map((row) => row.person)
}

/**
 * The same list by four checks: each row by itself, its precomputed `open_to`, all relations at once, and row-level
 * security alone.
 */
async function fourWays(sql: Sql, scope: Scope, at: Date) {
  const [slow, quick, many] = [new Params(), new Params(), new Params()]
  return {
    slow: await listed(sql, scopeSql(scope, 'p', slow, at), slow),
    quick: await listed(sql, personRowScopeSql(scope, 'p', quick, at), quick),
    net: await listed(sql.as(rlsSessionOf(scope, at)), 'true', new Params()),
    gathered: await listed(sql, scopeSql(scope, 'p', many, at, 'many'), many),
  }
}

async function recordsSeen(on: ReadingSql, condition: string, params: Params) {
  const { rows } = await on.query<{ name: string }>(
    `select i.rt || '/' || i.id as name from idx i where ${condition} order by 1`,
    params.values,
  )
  return rows.map((row) => row.name)
}

/** All records by each of the checks: each by itself, with all relations at once, and by row-level security alone. */
async function recordsFourWays(sql: Sql, scope: Scope, at: Date) {
  const [few, many, nothing] = [new Params(), new Params(), new Params()]
  const reach = rlsSessionOf(scope, at)
  return [
    await recordsSeen(sql, scopeSql(scope, 'i', few, at), few),
    await recordsSeen(sql, scopeSql(scope, 'i', many, at, 'many'), many),
    await recordsSeen(sql.as(reach), 'true', nothing),
    await recordsSeen(sql.as({ ...reach, many: true }), 'true', nothing),
  ] as const
}

/** Rows whose `open_to` differs from the current relations. */
const outdated = (sql: Sql) =>
  sql.query(
    'select person, open_to from person_row where open_to <> organisations_that_reach(person)',
  )

const doStep = async (store: Store, each: Step) =>
  'put' in each
    ? void (await store.write({ resource: each.put, expect: 'anything' }))
    : void (await store.remove(each.remove[0], each.remove[1], 'anything'))

async function saysTheSame(sql: Sql): Promise<void> {
  expect((await outdated(sql)).rows).toEqual([])
  for (const scope of scopes)
    for (const at of [now, later]) {
      const { slow, ...others } = await fourWays(sql, scope, at)
      expect(others).toEqual({ quick: slow, net: slow, gathered: slow })
      const [decided, ...same] = await recordsFourWays(sql, scope, at)
      expect(same).toEqual([decided, decided, decided])
    }
}

eachStore('Access to a row of the worklist', (open, kind) => {
  test('the summary row, each lookup and row-level security give the same access after any history', async () => {
    const { sql, store } = await open()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        await sql.query('truncate resource, relation, person_row, sp, link, history, change')
        await store.write({ resource: patient('q', 'brook', false), expect: 'absent' })
        for (const each of steps) await doStep(store, each)
        await saysTheSame(sql)
      }),
      { numRuns: 15 },
    )
  }, 120_000)

  test('an organisation without an end date is in open_to, and one that is restricted or ends is not', async () => {
    const { sql, store } = await open()
    const openTo = async () =>
      (await sql.query<{ open_to: string[] }>('select open_to from person_row')).rows[0]?.open_to
    const write = (resource: Record) => store.write({ resource, expect: 'anything' })
    await write(patient('p', 'brook', false))
    expect(await openTo()).toEqual(['brook'])
    await write(team('p', 'Organization/far', undefined))
    expect(await openTo()).toEqual(['brook', 'far'])
    await write(team('p', 'Organization/far', '2026-04-10'))
    expect(await openTo()).toEqual(['brook'])
    await write(patient('p', 'brook', true))
    expect(await openTo()).toEqual([])
    await write(patient('p', 'council', false))
    expect(await openTo()).toEqual(['council'])
  })

  test('a list reads the relations that name the actor or end, and never those of everybody', async () => {
    const { sql, store } = await open()
    await store.write({ resource: patient('p', 'far', false), expect: 'absent' })
    const scope: Scope = {
      people: { kind: 'related', organisation: 'brook', practitioner: 'amina' },
    }
    const params = new Params()
    const { rows } = await sql
      .as(rlsSessionOf(scope, now))
      .query(
        `explain select p.person from person_row p where ${personRowScopeSql(scope, 'p', params, now)}`,
        params.values,
      )
    const plan = JSON.stringify(rows)
    expect(plan).toContain('person_row')
    expect(plan).not.toContain('on relation')
  })

  if (kind === 'postgres')
    test('simultaneous changes to a person’s team and practice are both kept', async () => {
      const { sql, store } = await open()
      await store.write({ resource: patient('p', 'brook', false), expect: 'absent' })
      const other = createStore(sql, { now: () => now })
      const round = async (number: number) => {
        const to: Member = number % 2 === 0 ? 'Organization/far' : 'Practitioner/karen'
        const practice = number % 3 === 0 ? 'brook' : 'council'
        await Promise.all([
          store.write({ resource: team('p', to, undefined), expect: 'anything' }),
          other.write({ resource: patient('p', practice, number % 5 === 0), expect: 'anything' }),
        ])
        expect((await outdated(sql)).rows).toEqual([])
      }
      for (let number = 0; number < 60; number += 1) await round(number)
    })
})
