import type { Bundle, Provenance } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { AnswerCode } from '#domain/agreement/fhir.ts'
import { turnedAnswerRequest, turnScreenRequest } from '#domain/agreement/turned-answer-request.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, goal, grace, message, standing } from '#test-support/worlds/grace-records.ts'
import {
  answer,
  answersIn,
  carePlan,
  planId,
  planToAgree,
} from '#test-support/worlds/plan-to-agree.ts'

const person = grace.reference.slice('Patient/'.length)
const interpreter = { role: 'interpreter' as const, name: 'Ngozi Eze', language: 'Igbo' }
const secret = {
  ...{ ...goal(amina), id: 'goal-secret', description: { text: 'Between us' } },
  meta: { security: [{ system: 'https://gable.example/codes', code: 'professional-only' }] },
}

eachStore('A screen that is turned to the person', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const otherPlan = { ...carePlan, id: 'plan-other', subject: { reference: 'Patient/other' } }
    await server.seed(
      [...standing, ...planToAgree, secret, message(grace), otherPlan] as never,
      'brook-surgery',
    )
    const call = await server.as('amina')
    const turn = async (by: Caller = call, version = 1, plan = planId) =>
      await by(`/fhir/CarePlan/${plan}/$turn-screen`, {
        ...{ method: 'POST', json: turnScreenRequest.write({ version, helpers: [interpreter] }) },
      })
    const say = async (
      more: Readonly<{
        id?: string
        answer?: AnswerCode
        words?: string
        version?: number
        plan?: string
        parts?: readonly string[]
      }> = {},
    ) => {
      const { id = crypto.randomUUID(), words = '', version = 1, plan = planId, parts = [] } = more
      const notAgreed = parts.map((record) => ({ record, words: 'Not this' }))
      const said = { id, version, words, notAgreed, answer: more.answer ?? 'agree' }
      return await call(`/fhir/CarePlan/${plan}/$turned-answer`, {
        ...{ method: 'POST', json: turnedAnswerRequest.write(said) },
      })
    }
    const show = async () => await call(`/fhir/CarePlan/${planId}/$turned-plan`)
    return { ...server, sql, call, turn, say, show }
  }

  test('shows the plan, and records the answer as the person’s, on the screen that this nurse turned', async () => {
    const server = await started()
    expect((await server.turn()).status).toBe(200)
    const shown = (await (await server.show()).json()) as Bundle
    const names = (shown.entry ?? []).map(
      ({ resource }) => `${resource?.resourceType}/${resource?.id}`,
    )
    expect(names).toEqual(
      expect.arrayContaining([`CarePlan/${planId}`, 'Goal/goal-1', 'Task/step-1']),
    )
    expect((await server.say({ words: 'Yes, this is right' })).status).toBe(200)
    const [given] = await answersIn(server.sql)
    expect(given).toMatchObject({
      ...{ version: '1', yes: true, words: 'Yes, this is right' },
      by: { reference: grace.reference, name: 'Okafor', voice: 'person' },
      how: {
        ...{ way: 'turned-screen', helpers: [interpreter] },
        recordedBy: { reference: amina.reference, name: 'Amina Yusuf' },
      },
    })
  })

  test('shows nothing between professionals, no messages, and of the person only the name', async () => {
    const server = await started()
    await server.turn()
    const text = await (await server.show()).text()
    expect(text).not.toMatch(
      /Between us|goal-secret|Thank you|whisper|identifier|telecom|birthDate/,
    )
  })

  const tries: readonly (readonly [string, string, RequestInit & { json?: unknown }])[] = [
    ['this person’s record', `/fhir/Patient/${person}`, {}],
    ['another person’s record', '/fhir/Patient/other', {}],
    ['everything of this person', `/fhir/Patient/${person}/$everything`, {}],
    ['the plan itself', `/fhir/CarePlan/${planId}`, {}],
    ['an earlier version', `/fhir/CarePlan/${planId}/_history/1`, {}],
    ['another plan on the turned screen', '/fhir/CarePlan/plan-other/$turned-plan', {}],
    ['the same in other letters', `/fhir/CarePlan/${planId}/%24turned-plan`, {}],
    ['the same with a slash more', `/fhir//CarePlan/${planId}/$turned-plan`, {}],
    ['a way round by dots', `/fhir/CarePlan/${planId}/$turned-plan/../../../Patient/other`, {}],
    [
      'the house',
      '/fhir/CarePlan/$house',
      {
        method: 'POST',
        json: { resourceType: 'Parameters', parameter: [{ name: 'patient', valueId: person }] },
      },
    ],
    ['the versions', `/fhir/CarePlan/${planId}/$plan-versions`, {}],
    [
      'turning it to somebody else',
      '/fhir/CarePlan/plan-other/$turn-screen',
      { method: 'POST', json: turnScreenRequest.write({ version: 1, helpers: [] }) },
    ],
    ['a search', '/fhir/Patient?name=o', {}],
    [
      'a search by form',
      '/fhir/Goal/_search',
      {
        method: 'POST',
        body: 'patient=other',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      },
    ],
    ['Today', '/fhir/$today', {}],
    ['the caseload', '/fhir/$caseload', {}],
    ['all history', '/fhir/_history', {}],
    ['the audit log', '/fhir/AuditEvent', {}],
    [
      'a batch with the allowed call in it',
      '/fhir',
      {
        method: 'POST',
        json: {
          resourceType: 'Bundle',
          type: 'batch',
          entry: [{ request: { method: 'GET', url: `CarePlan/${planId}/$turned-plan` } }],
        },
      },
    ],
    [
      'a transaction',
      '/fhir',
      { method: 'POST', json: { resourceType: 'Bundle', type: 'transaction', entry: [] } },
    ],
    [
      'writing a goal',
      '/fhir/Goal/goal-1',
      { method: 'PUT', json: goal(grace), headers: { 'If-Match': 'W/"1"' } },
    ],
    [
      'an answer without the turned call',
      '/fhir/Provenance/p-1',
      { method: 'PUT', json: answer('agree', 1) },
    ],
    [
      'an answer in the nurse’s name',
      '/fhir/Provenance/p-2',
      { method: 'PUT', json: answer('agree', 1, { agent: [{ who: amina }] }) },
    ],
    ['deleting', '/fhir/Goal/goal-1', { method: 'DELETE', headers: { 'If-Match': 'W/"1"' } }],
    [
      'an import',
      '/fhir/$import',
      { method: 'POST', json: { resourceType: 'Bundle', type: 'collection' } },
    ],
    [
      'a copy of the record',
      `/fhir/Patient/${person}/$export-record`,
      { method: 'POST', json: { resourceType: 'Parameters' } },
    ],
    [
      'an emergency opening',
      '/fhir/$break-glass',
      { method: 'POST', json: { resourceType: 'Parameters' } },
    ],
    ['the stream of changes', '/events', {}],
    ['being seen elsewhere', '/events/presence', { method: 'POST', body: '{}' }],
    ['a hospital message', '/hl7', { method: 'POST', body: 'MSH|^~\\&|' }],
    ['signing out', '/auth/sign-out', { method: 'POST' }],
    ['signing out everywhere', '/auth/sign-out-everywhere', { method: 'POST' }],
    [
      'becoming a person by the nurse’s right',
      '/auth/demo',
      { method: 'POST', body: JSON.stringify({ as: 'person', person: 'other' }) },
    ],
    ['another method for the session', '/auth/session', { method: 'POST' }],
    [
      'forged headers',
      `/fhir/Patient/${person}`,
      {
        headers: {
          'Gable-Identity': 'grace',
          'X-HTTP-Method-Override': 'GET',
          'X-Original-URL': `/fhir/CarePlan/${planId}/$turned-plan`,
          'X-Forwarded-For': '127.0.0.1',
        },
      },
    ],
  ]

  test('gives nothing else, in no spelling: each of these tries is refused', async () => {
    const server = await started()
    await server.turn()
    for (const [title, path, init] of tries) {
      const { status } = await server.call(path, init)
      expect([title, [403, 404].includes(status)]).toEqual([title, true])
    }
    const refused = await server.call(`/fhir/Patient/${person}`)
    expect([refused.status, await refused.text()]).toEqual([
      ...[403, expect.stringContaining('This screen is turned to somebody')],
    ])
    const { content } = (
      await server.sql.query<{ content: unknown }>(
        `select jsonb_agg(id) as content from resource where rt = 'Provenance'`,
      )
    ).rows[0] ?? { content: 'none' }
    expect(content).toBeNull()
  })

  test('says only whose plan it shows and who turned it, and gives no key to the device', async () => {
    const server = await started()
    await server.turn()
    const session = (await (await server.call('/auth/session')).json()) as object
    expect(session).toMatchObject({
      turned: {
        person,
        plan: planId,
        version: '1',
        by: { identity: 'amina', name: 'Amina Yusuf' },
      },
    })
    expect(Object.keys(session).toSorted()).toEqual(['ends', 'now', 'turned', 'zone'])
  })

  test('ends an open stream of changes, and only that of this session', async () => {
    const server = await started()
    const stream = await server.call('/events')
    const other = await (await server.as('karen'))('/events')
    const reader = stream.body?.getReader()
    await server.turn()
    for (let read = await reader?.read(); read && !read.done; ) read = await reader?.read()
    expect((await server.call('/events')).status).toBe(403)
    expect(other.body?.locked).toBe(false)
    await other.body?.cancel()
  })

  test('works in no other session of the same nurse, and ends when she signs in again', async () => {
    const server = await started()
    await server.turn()
    server.pass(0)
    const again = await server.as('amina')
    expect((await again(`/fhir/Patient/${person}`)).status).toBe(200)
    expect((await again(`/fhir/CarePlan/${planId}/$turned-plan`)).status).toBe(403)
    expect((await server.call(`/fhir/Patient/${person}`)).status).toBe(403)
  })

  test('keeps the limits of its session: after half an hour without use nothing is left', async () => {
    const server = await started()
    await server.turn()
    server.wait(31)
    expect((await server.show()).status).toBe(401)
    expect((await server.say()).status).toBe(401)
    expect(await answersIn(server.sql)).toEqual([])
  })

  test('takes no answer to a version that somebody has changed since, and shows it no more', async () => {
    const server = await started()
    server.pass(0)
    const desk = await server.as('amina')
    await server.turn()
    await desk('/fhir/Goal/goal-1', {
      ...{ method: 'PUT', json: { ...goal(grace), description: { text: 'To sing' } } },
      headers: { 'If-Match': 'W/"1"' },
    })
    const [shown, said, ahead] = [
      await server.show(),
      await server.say(),
      await server.say({ version: 2 }),
    ]
    expect([shown.status, said.status, ahead.status]).toEqual([409, 409, 409])
    expect(await answersIn(server.sql)).toEqual([])
  })

  test('records an answer that is sent twice once, and a second thought as another answer', async () => {
    const server = await started()
    await server.turn()
    const id = crypto.randomUUID()
    const first = await server.say({ id })
    const replay = await server.say({ id, answer: 'disagree' })
    const second = await server.say({ answer: 'agree-in-part', parts: ['Goal/goal-1'] })
    expect([first.status, replay.status, second.status]).toEqual([200, 403, 200])
    const kept = await answersIn(server.sql)
    expect(kept.map(({ yes, notAgreed }) => [yes, notAgreed?.[0]?.record])).toEqual([
      ...[
        [true, undefined],
        [false, 'Goal/goal-1'],
      ],
    ])
  })

  test.each([
    ['in part of nothing', { answer: 'agree-in-part' as const }, 422],
    [
      'in part of another person’s goal',
      { answer: 'agree-in-part' as const, parts: ['Goal/other'] },
      422,
    ],
    ['of no known kind', { answer: 'maybe' as never }, 400],
    ['to another plan', { plan: 'plan-other' }, 403],
    ['with the id of another record', { id: '../Goal/goal-1' }, 400],
  ])('refuses an answer %s', async (_title, more, status) => {
    const server = await started()
    await server.turn()
    expect((await server.say(more)).status).toBe(status)
    expect(await answersIn(server.sql)).toEqual([])
  })

  test('is turned only by a professional who may write this plan, at its current version', async () => {
    const server = await started()
    const by = async (who: string) => (await server.turn(await server.as(who))).status
    const statuses = [
      await by('grace'),
      await by('chidi'),
      await by('karen'),
      await by('admin'),
      await by('ruth'),
    ]
    expect(statuses.every((status) => status === 403 || status === 404)).toBe(true)
    expect((await server.turn(server.call, 2)).status).toBe(409)
    expect((await server.turn(server.call, 1, 'plan-none')).status).toBe(404)
    expect((await server.turn(server.anyone)).status).toBe(401)
    expect((await server.call(`/fhir/CarePlan/${planId}/$turn-screen`)).status).toBe(405)
    expect((await server.call(`/fhir/Patient/${person}`)).status).toBe(200)
  })

  test('is in the audit log, under the name of who turned it', async () => {
    const server = await started()
    await server.turn()
    await server.show()
    await server.say()
    const { rows } = await server.sql.query<{ way: string }>(
      `select way from audit where identity = 'amina' and persons @> array[$1::text] order by seq`,
      [person],
    )
    const ways = rows.map(({ way }) => way)
    expect(ways).toEqual(expect.arrayContaining(['$turn-screen', 'create']))
    const { rows: kept } = await server.sql.query<{ content: Provenance }>(
      `select content from resource where rt = 'Provenance'`,
    )
    expect(kept[0]?.content.agent.map((each) => each.type?.coding?.[0]?.code)).toEqual([
      ...['author', 'enterer', 'informant'],
    ])
  })
})
