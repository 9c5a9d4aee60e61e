import type { Bundle } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { demoIdentities, graceId } from '#demo-data/identities.ts'
import { verifyHashChain } from '#server/audit/verify-hash-chain.ts'
import { createHandler } from '#server/handler.ts'
import { migrate } from '#server/migrate.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { gateOff } from '#test-support/access/row-security-only.ts'
import { bareDatabase, closeBareDatabases } from '#test-support/servers/bare-database.ts'
import { type OpenHandler, openHandler, testOrigin } from '#test-support/servers/handler.ts'
import { sealAll } from '#test-support/servers/seal-all.ts'
import {
  leaveAnswers,
  leaveByPreviousVersion,
  leaveHidden,
} from '#test-support/worlds/previous-version.ts'

const now = new Date('2026-11-22T09:00:00.000Z')
closeBareDatabases()

/** All rows of the tables of the previous version, in its columns. */
async function everythingIn(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ all: string }>(
    `select (select string_agg(t::text, E'\\n' order by rid) from resource t) ||
       (select string_agg(t::text, E'\\n' order by rt, id, vid) from history t) ||
       (select string_agg(t::text, E'\\n' order by seq) from audit t) ||
       (select string_agg(t::text, E'\\n' order by number) from migration t) as all`,
  )
  return rows[0]?.all ?? ''
}

describe.each(['pglite', 'postgres'] as const)(
  'A database of the previous version (%s)',
  (kind) => {
    let server: OpenHandler
    let sql: Sql
    let lastWord = ''

    test('is unchanged when a migration fails', async () => {
      sql = await bareDatabase(kind)
      await leaveByPreviousVersion(sql)
      lastWord = await leaveAnswers(sql)
      await sql.script('create table hl7_message (in_the_way text)')
      const before = await everythingIn(sql)
      await expect(migrate(sql)).rejects.toThrow('hl7_message')
      expect(await everythingIn(sql)).toBe(before)
      await sql.script('drop table hl7_message')
    })

    test('is upgraded with every record, version, deletion and agreement', async () => {
      await migrate(sql)
      server = await openHandler({ sql, now })
      const her = await server.as('grace')
      const status = async (path: string) => (await her(path)).status
      expect(await (await her('/fhir/Goal/goal-1')).text()).toContain('祖母')
      expect(await (await her('/fhir/Goal/goal-1/_history/1')).text()).toContain(
        'To walk to church',
      )
      expect(await status('/fhir/Observation/reading-1')).toBe(410)
      expect(await (await her('/fhir/Provenance/agree-1')).text()).toContain('plan-1/_history/1')
      const found = (await (await her(`/fhir/Goal?patient=Patient/${graceId}`)).json()) as Bundle
      expect(found.entry).toHaveLength(1)
      const { rows } = await sql.query<{ name: string }>(
        'select name from migration order by number desc limit 1',
      )
      expect(rows[0]?.name).toMatch(/^00(1[1-9]|[2-9])/)
    })

    test('raises once the safety flags that were missing, and no old ones', async () => {
      const { rows } = await sql.query<{
        id: string
        status: string
        author: string
        start: string
      }>(
        `select id, content ->> 'status' as status, content #>> '{author,display}' as author,
         content #>> '{period,start}' as start from resource where rt = 'Flag' and id like 'safety-%' order by id`,
      )
      expect(rows.map(({ id, status }) => [id, status])).toEqual([
        ['safety-closed', 'inactive'],
        ['safety-last-week', 'active'],
        ['safety-of-another', 'active'],
        ['safety-the-last-word', 'active'],
      ])
      expect(rows[1]?.author).toBe('Gable, by the rule of PHQ-9 item 9')
      expect(rows[3]?.start).toBe(lastWord)
      const { rows: told } = await sql.query<{ name: string; way: string }>(
        `select name, way from audit where way = 'by-rule' order by seq`,
      )
      expect(told).toEqual(
        Array.from({ length: 3 }, () => ({ name: 'Gable, by rule', way: 'by-rule' })),
      )
      await migrate(sql)
      const again = await sql.query(`select 1 from audit where way = 'by-rule'`)
      expect(again.rows).toHaveLength(3)
    })

    test('continues its version numbers', async () => {
      const amina = await server.as('amina')
      const goal = (await (await amina('/fhir/Goal/goal-1')).json()) as object
      const saved = await amina('/fhir/Goal/goal-1', {
        ...{ method: 'PUT', headers: { 'If-Match': 'W/"2"' } },
        json: { ...goal, description: { text: 'To walk to the market' } },
      })
      expect(saved.status).toBe(200)
      expect(saved.headers.get('ETag')).toBe('W/"3"')
    })

    test('is added to the hash chain: earlier accesses are shown, and a change to them is found', async () => {
      const her = await server.as('grace')
      expect(await (await her(`/fhir/Patient/${graceId}/$who-looked`)).text()).toContain(
        '2026-11-20T09:00',
      )
      await sealAll(sql, () => now)
      expect((await verifyHashChain(sql)).fault).toBeUndefined()
      await sql.query(`update audit set name = 'Nobody' where seq = 1`)
      expect((await verifyHashChain(sql)).fault).toMatchObject({ kind: 'entry-changed', entry: 1 })
    })

    test.each([
      ['patel', '/fhir/Patient/shielded', 404],
      ['patel', '/fhir/Condition/shielded-1', 404],
      ['patel', '/fhir/Condition/secret-1', 404],
      ['patel', `/fhir/Patient/${graceId}`, 200],
      ['amina', '/fhir/Condition/secret-1', 200],
      ['chidi', '/fhir/Communication/about-whisper', 404],
      ['grace', '/fhir/Communication/about-whisper', 404],
      ['chidi', '/fhir/Goal/goal-1', 200],
      ['tom', '/fhir/Goal/goal-1', 200],
      ['stranger', '/fhir/Goal/goal-1', 404],
    ])('follows the current access rules: %s reading %s gets %s', async (who, path, answer) => {
      const asking = await server.as(who)
      expect((await asking(path)).status).toBe(answer)
    })

    test('does not list restricted people for users who are not named', async () => {
      const patel = await server.as('patel')
      const listed = await patel('/fhir/Patient?family=Shielded')
      expect(await listed.text()).not.toContain('shielded')
    })

    test('is protected by row-level security too', async () => {
      const handler = createHandler({
        ...{ sql, store: gateOff(createStore(sql), now), demo: demoIdentities },
        now: () => now,
      })
      const signedIn = await handler(
        new Request(`${testOrigin}/auth/demo`, {
          method: 'POST',
          body: JSON.stringify({ as: 'stranger' }),
          headers: { 'Content-Type': 'application/json' },
        }),
      )
      const { token } = (await signedIn.json()) as { token: string }
      for (const path of [
        '/fhir/Goal',
        '/fhir/Patient?_summary=count',
        '/fhir/Condition/_history',
      ]) {
        const answer = await handler(
          new Request(`${testOrigin}${path}`, { headers: { Authorization: `Bearer ${token}` } }),
        )
        expect(await answer.text()).not.toMatch(/Okafor|goal-1|"total":[1-9]/)
      }
    })

    test('ends access through a role when the role ends', async () => {
      const admin = await server.as('admin')
      const ended = await admin('/fhir/PractitionerRole/tom-at-st-annes', {
        ...{ method: 'PUT', headers: { 'If-Match': 'W/"1"' } },
        json: {
          ...{ resourceType: 'PractitionerRole', id: 'tom-at-st-annes', active: false },
          practitioner: { reference: 'Practitioner/tom-price' },
        },
      })
      expect(ended.status).toBe(200)
      const tom = await server.as('tom')
      expect((await tom('/fhir/Goal/goal-1')).status).toBe(404)
    })
  },
)

describe.each(['pglite', 'postgres'] as const)(
  'Records wrongly hidden from a person by their references (%s)',
  (kind) => {
    test('are visible to the person after the upgrade, and as hidden from others as before', async () => {
      const sql = await bareDatabase(kind)
      await leaveHidden(sql, graceId)
      const rooms = async () => {
        const { rows } = await sql.query<{ id: string; room: string }>(
          `select id, room from idx where id <> $1 order by id`,
          [graceId],
        )
        return Object.fromEntries(rows.map(({ id, room }) => [id, room]))
      }
      await migrate(sql)
      expect(await rooms()).toEqual({
        ...{ goal: 'conversation', team: 'team', consent: 'roof', promise: 'restricted' },
        ...{ 'to-her': 'conversation', 'on-goal': 'conversation', 'of-goal': 'conversation' },
        ...{ note: 'professional', 'on-note': 'professional', labelled: 'professional' },
      })
      const server = await openHandler({ sql, now })
      const her = await server.as('grace')
      const status = async (path: string) => (await her(`/fhir/${path}`)).status
      for (const path of ['Goal/goal', 'Consent/consent', 'Task/promise', 'Provenance/of-goal'])
        expect([path, await status(path), await status(`${path}/_history/1`)]).toEqual([
          path,
          200,
          200,
        ])
      for (const path of ['Communication/note', 'Communication/on-note', 'Goal/labelled'])
        expect([path, await status(path), await status(`${path}/_history/1`)]).toEqual([
          path,
          404,
          404,
        ])
      const listed = (await (await her('/fhir/Consent')).json()) as Bundle
      expect(listed.entry).toHaveLength(1)
    })
  },
)
