import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { partRecordsRequest } from '#domain/alike/part-records-request.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { joinRequest } from '#domain/person/duplicates-fhir.ts'
import {
  raiseConcernRequest,
  safeguardingAnswer,
  safeguardingRequest,
} from '#domain/social-care/safeguarding.ts'
import { beginSession } from '#server/auth/session.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import type { Sql } from '#server/store/sql.ts'
import { testNow } from '#test-support/clock.ts'
import { type Caller, type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { seedCareAct } from '#test-support/worlds/care-act.ts'
import { backupOf, freshPglite, sourceOf } from '#test-support/worlds/lived-backup.ts'

const karen = { reference: 'Practitioner/karen-lee', name: 'Karen Lee' }
const others = ['amina', 'tom', 'patel', 'ming', 'stranger', 'grace', 'chidi', 'ruth', 'admin']
const secret = /Nobody may know|She hits me/
const secondId = 'p-second'

const tell = async (
  call: Caller,
  more: Readonly<{
    id: string
    about: string
    patient?: string
    sources?: readonly Readonly<{ reference: string; name: string }>[]
  }>,
) =>
  (
    await call('/fhir/$raise-concern', {
      method: 'POST',
      json: raiseConcernRequest.write({
        ...{ patient: graceId, risk: '', wishes: '', consent: 'given', withoutConsent: '' },
        ...{ safety: '', sources: [], ...more },
      }),
    })
  ).status

const read = async (call: Caller) => {
  const asked = { method: 'POST', json: safeguardingRequest.write({}) }
  const answer = await call('/fhir/$safeguarding', asked)
  if (!answer.ok) return []
  const { concerns } = safeguardingAnswer.read((await answer.json()) as Parameters)
  return concerns.map(({ id, patient, about }) => [id, patient, about].join(' ')).toSorted()
}

/** Nobody else learns of it, by no way. */
async function mustBeSecret(server: OpenHandler, people: readonly string[]): Promise<void> {
  for (const who of others) {
    const call = await server.as(who)
    expect(await read(call), who).toEqual([])
    for (const person of people)
      for (const path of [
        `Patient/${person}/$everything?_count=500`,
        `Basic?patient=Patient/${person}`,
        `Patient/${person}/$who-looked`,
        '_history?_count=500',
      ]) {
        const text = await (await call(`/fhir/${path}`)).text()
        expect(text, `${who} ${path}`).not.toMatch(secret)
        expect(text, `${who} ${path}`).not.toMatch(/home-\d/)
      }
  }
}

const storedIn = async (sql: Sql) => {
  const { rows } = await sql.query<{ what: string }>(
    `select id || ' ' || vid || ' ' || person || ' ' || room as what from resource where rt = 'Basic' and id like 'home-%' order by id`,
  )
  return rows.map(({ what }) => what)
}

eachStore('A concern told from home', (open) => {
  async function told(sql: Sql) {
    const server = await openHandler({ sql })
    await seedCareAct(server)
    const [grace, chidi] = [await server.as('grace'), await server.as('chidi')]
    expect(await tell(grace, { id: 'home-1', about: 'Nobody may know' })).toBe(200)
    expect(await tell(chidi, { id: 'home-2', about: 'Nobody may know', sources: [karen] })).toBe(
      200,
    )
    return server
  }

  test('is in a backup whole, and read after a restore by nobody else, not by whom it names', async () => {
    const first = await freshPglite()
    const before = await told(first)
    const stood = await storedIn(first)
    expect(stood).toHaveLength(2)
    const seen = await read(await before.as('karen'))
    expect(seen).toEqual([`home-1 ${graceId} Nobody may know`])
    const { entries } = await backupOf(first)
    const { sql } = await open()
    await restoreBackup(sql, sourceOf(entries), { now: testNow, merge: false })
    expect(await storedIn(sql)).toEqual(stood)
    const server = await openHandler({ sql })
    expect(await read(await server.as('karen'))).toEqual(seen)
    await mustBeSecret(server, [graceId])
    // once more into what is there: nothing is doubled, and nothing opens
    await restoreBackup(sql, sourceOf(entries), { now: testNow, merge: true })
    expect(await storedIn(sql)).toEqual(stood)
    await mustBeSecret(server, [graceId])
  })

  test('stays with the record to which it was told when records are joined and parted, and no administrator hears of it', async () => {
    const { sql } = await open()
    const server = await told(sql)
    const second = [
      {
        ...{ resourceType: 'Patient', id: secondId, birthDate: '1934-01-04', gender: 'female' },
        name: [{ family: 'Okafor', given: ['Grace'] }],
        generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
      },
      {
        ...{ resourceType: 'CareTeam', id: 'team-second', status: 'active' },
        subject: { reference: `Patient/${secondId}` },
        participant: [{ member: { reference: karen.reference, display: karen.name } }],
      },
    ]
    await server.seed(second as unknown as readonly ResourceWithId[], 'brook-surgery')
    const atHome = {
      identity: 'second',
      name: 'Grace Okafor',
      role: 'person',
      person: secondId,
    } as const
    const home = server.withToken(await beginSession(sql, atHome, testNow))
    expect(await tell(home, { id: 'home-3', patient: secondId, about: 'She hits me' })).toBe(200)
    const social = await server.as('karen')
    const all = [`home-1 ${graceId} Nobody may know`, `home-3 ${secondId} She hits me`]
    expect(await read(social)).toEqual(all)
    const admin = await server.as('admin')
    const both = { keep: graceId, join: secondId }
    const post = async (name: string, json: object) => {
      const answer = await admin(`/fhir/${name}`, { method: 'POST', json })
      return [answer.status, await answer.text()] as const
    }
    const stood = await storedIn(sql)
    const [joined, words] = await post('$join-records', joinRequest.write(both))
    expect([joined, words.includes('home-')]).toEqual([200, false])
    expect(await storedIn(sql)).toEqual(stood)
    expect(await read(social), 'joined').toEqual(all)
    await mustBeSecret(server, [graceId, secondId])
    // told while they are joined: to the record in use
    expect(await tell(await server.as('grace'), { id: 'home-4', about: 'Nobody may know' })).toBe(
      200,
    )
    const [, since] = await post('$records-since-join', joinRequest.write(both))
    expect(since).not.toContain('home-')
    const [parted, moved] = await post(
      '$part-records',
      partRecordsRequest.write({ ...both, belongs: [] }),
    )
    expect([parted, moved.includes('home-')], moved).toEqual([200, false])
    expect(await storedIn(sql)).toEqual([...stood, `home-4 1 ${graceId} safeguarding`])
    expect(await read(social), 'parted').toEqual(
      [...all, `home-4 ${graceId} Nobody may know`].toSorted(),
    )
    await mustBeSecret(server, [graceId, secondId])
  })
})
