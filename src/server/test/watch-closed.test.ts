import type { Flag } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { Actor } from '#domain/access/actor.ts'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { openAgain, withClosing } from '#domain/alert/closing.ts'
import { raisedAlerts } from '#domain/alert/raised-alert.ts'
import { beginSession } from '#server/auth/session.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  balbirSince,
  type Kept,
  measured,
  openBalbir,
  subject,
} from '#test-support/worlds/balbir.ts'

const weight = (id: string, value: number, at: string): Kept =>
  measured({ id, code: '29463-7', value, unit: 'kg', at: { effectiveDateTime: at } })

const watching: Kept = {
  ...{ resourceType: 'CarePlan', id: 'plan-e', status: 'active', intent: 'plan', subject },
  extension: [
    {
      url: 'https://gable.example/fhir/trend-rule',
      extension: [
        { url: 'code', valueCode: 'weight-up' },
        { url: 'version', valueString: '1' },
        { url: 'since', valueDateTime: '2026-01-20T10:00:00Z' },
      ],
    },
  ] as object[] as { url: string }[],
}
const team: Kept = {
  ...{ resourceType: 'CareTeam', id: 'team-e', status: 'active', subject },
  participant: [
    { member: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' } },
    { member: { reference: 'Practitioner/karen-lee', display: 'Karen Lee' } },
  ],
}
const world = [
  ...balbirSince('2026-01-20T10:00:00Z'),
  ...[team, watching, weight('w1', 82, '2026-02-27T07:30:00Z')],
]

/** Of the practice, and not named in the care. */
const colleague: Actor = {
  ...{ identity: 'other', name: 'Nurse Other', role: 'nurse-case-manager' },
  ...{ practitioner: 'nurse-other', organisation: 'brook-surgery' },
}

const put = (resource: Kept | Flag, condition: Record<string, string>) => ({
  method: 'PUT',
  headers: { ...condition, 'Content-Type': 'application/fhir+json' },
  body: JSON.stringify(resource),
})

async function changed(caller: Caller, flag: Flag & { id: string }): Promise<Response> {
  const stood = (await (await caller(`/fhir/Flag/${flag.id}`)).json()) as Flag
  const version = stood.meta?.versionId ?? '1'
  return await caller(`/fhir/Flag/${flag.id}`, put(flag, { 'If-Match': `W/"${version}"` }))
}

eachStore('An alert that is open', (open) => {
  async function opened() {
    const { sql } = await open()
    const server = await openBalbir(sql, world)
    const amina = await server.as('amina')
    const add = async (reading: Kept) =>
      await amina(`/fhir/Observation/${reading.id}`, put(reading, { 'If-None-Match': '*' }))
    const flags = async () => {
      const { rows } = await sql.query<{ id: string; content: Flag }>(
        `select id, content from resource where rt = 'Flag' order by id`,
        [],
      )
      return rows.map(({ id, content }) => ({ ...content, id }))
    }
    return { server, sql, amina, add, flags }
  }

  test('An open alert that takes on a restricted reading is as restricted as that reading', async () => {
    const { server, sql, amina, add, flags } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    const patel = await beginSession(sql, colleague, new Date('2026-03-02T09:00:00Z'))
    const readsIt = async () => (await server.withToken(patel)('/fhir/Flag/alert-w2')).status
    expect(await readsIt(), 'of the same practice').toBe(200)
    const meta = { security: [restrictedBecause('Her son is not to read it')] }
    await add({ ...weight('w3', 86, '2026-03-02T08:30:00Z'), meta } as Kept)
    expect(raisedAlerts(await flags())).toMatchObject([
      { flag: 'alert-w2', duty: { found: [{ reading: 'w2' }, { reading: 'w3' }] } },
    ])
    expect(await flags()).toMatchObject([{ meta }])
    expect(await readsIt(), 'not named').toBe(404)
    expect((await amina('/fhir/Flag/alert-w2')).status).toBe(200)
  })

  test('An alert is closed in one’s own name, with words, by a professional, and earlier reasons stay', async () => {
    const { server, sql, amina, add, flags } = await opened()
    await add(weight('w2', 84, '2026-03-02T07:30:00Z'))
    const [flag] = (await flags()) as (Flag & { id: string })[]
    if (!flag) throw new Error('No alert')
    const voice = 'professional' as const
    const own = { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice }
    const karen = { reference: 'Practitioner/karen-lee', name: 'Karen Lee', voice }
    const at = '2026-03-02T09:00:00.000Z'
    const as = async (then: Flag & { id: string }, who = amina) => (await changed(who, then)).status
    expect(await as(withClosing(flag, { by: karen, at, words: 'Seen' })), 'a colleague’s').toBe(403)
    expect(await as(withClosing(flag, { by: own, at, words: ' ' })), 'no words').toBe(422)
    const ahead = '2026-03-02T10:00:00.000Z'
    expect(await as(withClosing(flag, { by: own, at: ahead, words: 'Seen' }))).toBe(422)
    const bare = { url: 'https://gable.example/fhir/closing', extension: [] }
    const empty = {
      ...flag,
      status: 'inactive' as const,
      extension: [...(flag.extension ?? []), bare],
    }
    expect(await as(empty), 'nothing said').toBe(422)
    const noBody: Actor = {
      ...{ identity: 'prog', name: 'A program', role: 'program' },
      ...{ organisation: 'brook-surgery', scopes: ['system/*.cruds'] },
    }
    const program = server.withToken(await beginSession(sql, noBody, new Date(at)))
    expect(await as(withClosing(flag, { by: own, at, words: 'Seen' }), program)).toBe(403)
    const closed = withClosing(flag, { by: own, at, words: 'Tablet doubled' })
    expect(await as(closed)).toBe(200)
    const again = openAgain(closed)
    expect(await as(again), 'closed by mistake').toBe(200)
    const reworded = JSON.parse(JSON.stringify(again).replace('Tablet doubled', 'No need'))
    expect(await as(reworded), 'reworded').toBe(403)
    const { extension = [], ...rest } = again
    expect(await as({ ...rest, extension: extension.slice(0, -1) }), 'taken out').toBe(403)
    const second = withClosing(again, { by: karen, at, words: 'Rang her' })
    expect(await as(second, await server.as('karen')), 'her own').toBe(200)
  })
})
