import type { AuditEvent, Bundle, Parameters, PractitionerRole, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { withAbsence } from '#domain/cover/absence-fhir.ts'
import {
  type ConcernToRaise,
  raiseConcernAnswer,
  raiseConcernRequest,
  type SafeguardingStep,
  safeguardingAnswer,
  safeguardingRequest,
  safeguardingStepRequest,
} from '#domain/social-care/safeguarding.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { testDay, testNow } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { seedCareAct } from '#test-support/worlds/care-act.ts'
import { putRecord } from '#test-support/worlds/worse-records.ts'

const secret = 'Money goes from the biscuit tin'
const id = 'concern-1'
const everybody = [
  ...['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'grace', 'chidi', 'ruth', 'admin'],
]

/** The words of the concern, or its id in an answer that is no refusal. */
async function tells(answer: Response): Promise<boolean> {
  const text = await answer.text()
  return text.includes(secret) || (answer.ok && text.includes(id))
}

/** The ways by which a reader learns of it. */
async function leaksFor(call: Caller, ways: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const way of ways) if (await tells(await call(`/fhir/${way}`))) found.push(way)
  const out = await call(`/fhir/Patient/${graceId}/$export-record`, {
    ...{ method: 'POST', json: { resourceType: 'Parameters' } },
  })
  if (await tells(out)) found.push('export')
  const count = await call(`/fhir/Basic?patient=Patient/${graceId}&_summary=count`)
  const { total = 0 } = (await count.json()) as Bundle
  return total > 0 ? [...found, 'count'] : found
}

/** Nobody deletes, patches, overwrites or forges one by REST. */
async function cannotChange(call: Caller, who: string): Promise<void> {
  const gone = await call(`/fhir/Basic/${id}`, { method: 'DELETE' })
  expect([403, 404], `${who} deletes`).toContain(gone.status)
  const patch = await call(`/fhir/Basic/${id}`, {
    ...{ method: 'PATCH', body: '[{"op":"remove","path":"/extension"}]' },
    headers: { 'Content-Type': 'application/json-patch+json', 'If-Match': 'W/"1"' },
  })
  expect([403, 404], `${who} patches`).toContain(patch.status)
  const coded = (code: string) => ({
    code: { coding: [{ system: 'https://gable.example/codes', code }] },
  })
  const basic = { resourceType: 'Basic', id, subject: { reference: `Patient/${graceId}` } }
  const put = await putRecord(call, { ...basic, ...coded('support-plan') }, 1)
  // 412, as for a record that is not there
  expect([403, 404, 412], `${who} overwrites`).toContain(put.status)
  const forged = { ...basic, ...coded('safeguarding-concern'), id: `forged-${who}` }
  expect((await putRecord(call, forged)).status, `${who} forges`).toBeGreaterThanOrEqual(403)
}

eachStore('A safeguarding concern', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await seedCareAct(server)
    const post = (call: Caller, name: string, json: object) =>
      call(`/fhir/$${name}`, { method: 'POST', json })
    const raise = (call: Caller, more: Partial<ConcernToRaise> = {}) =>
      post(
        call,
        'raise-concern',
        raiseConcernRequest.write({
          ...{ patient: graceId, id, about: secret, risk: 'Grace', wishes: 'That it stops' },
          ...{ consent: 'given', withoutConsent: '', safety: 'The tin is empty now', sources: [] },
          ...more,
        }),
      )
    const step = (call: Caller, more: Partial<SafeguardingStep>) =>
      post(
        call,
        'safeguarding-step',
        safeguardingStepRequest.write({
          ...{ id, version: 1, kind: 'note', words: 'x', what: 'no-enquiry', risk: 'remains' },
          ...{ hasNeeds: false, isAtRisk: false, cannotProtect: false, wishes: 'not-said' },
          ...more,
        }),
      )
    const read = async (call: Caller) => {
      const answer = await post(call, 'safeguarding', safeguardingRequest.write({}))
      if (!answer.ok) return answer.status
      return safeguardingAnswer.read((await answer.json()) as Parameters).concerns
    }
    return { ...server, sql, raise, step, read }
  }

  test('is read by the social workers named in the care, in part by whoever raised it, and by nobody else', async () => {
    const { as, raise, read } = await started()
    expect((await raise(await as('amina'))).status).toBe(200)
    expect((await raise(await as('amina'))).status, 'a retry').toBe(200)
    expect(await read(await as('karen'))).toMatchObject([
      { id, isWhole: true, about: secret, state: 'to-decide', raisedBy: { name: 'Amina Yusuf' } },
    ])
    expect(await read(await as('amina'))).toMatchObject([{ id, isWhole: false, about: secret }])
    const others: Record<string, unknown> = {}
    for (const who of ['tom', 'patel', 'ming', 'stranger']) others[who] = await read(await as(who))
    expect(others).toEqual({ tom: [], patel: [], ming: [], stranger: [] })
    for (const who of ['grace', 'chidi', 'ruth', 'admin'])
      expect(await read(await as(who)), who).toBe(403)
  })

  test('is found by nobody, whatever they try: read, search, history, counts, includes, everything, export, patch, delete', async () => {
    const { as, raise } = await started()
    await raise(await as('amina'))
    const ways = [
      `Basic/${id}`,
      `Basic/${id}/_history`,
      `Basic/${id}/_history/1`,
      `Basic?patient=Patient/${graceId}`,
      `Basic?author=Practitioner/amina-yusuf&_summary=count`,
      'Basic?code=safeguarding-concern',
      'Basic?author=Practitioner/amina-yusuf&_include=Basic:subject',
      'Basic/_history',
      '_history',
      `Patient?_id=${graceId}&_revinclude=Basic:subject`,
      `Patient?_has:Basic:patient:code=safeguarding-concern`,
      `Patient/${graceId}/$everything`,
      `Patient/${graceId}/$who-looked`,
      'Appointment/$meeting-agenda',
      '$social-care',
    ]
    const found: string[] = []
    for (const who of everybody) {
      const call = await as(who)
      found.push(...(await leaksFor(call, ways)).map((way) => `${who}: ${way}`))
      await cannotChange(call, who)
    }
    expect(found).toEqual([])
  })

  test('is never seen by a possible source of harm, not even by a social worker named in the care', async () => {
    const { as, raise, read, step } = await started()
    const karen = { reference: 'Practitioner/karen-lee', name: 'Karen Lee' }
    await raise(await as('amina'), { sources: [karen] })
    expect(await read(await as('karen'))).toEqual([])
    expect((await step(await as('karen'), {})).status).toBe(404)
    // whoever raised it does not read in it who was named
    expect(await read(await as('amina'))).toMatchObject([{ sources: [] }])
  })

  test('says what is missing, and is raised only by whoever is part of the care', async () => {
    const { as, raise } = await started()
    const amina = await as('amina')
    for (const [more, words] of [
      [{ about: '' }, 'what happened'],
      [{ wishes: '' }, 'wants to happen'],
      [{ consent: 'refused' }, 'without the person’s consent'],
      [{ safety: '' }, 'safe now'],
    ] as const) {
      const refused = await raise(amina, more)
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(words)])
    }
    expect((await raise(await as('stranger'))).status).toBe(404)
    for (const who of ['ruth', 'admin']) expect((await raise(await as(who))).status, who).toBe(403)
    for (const who of ['grace', 'chidi'])
      expect((await raise(await as(who), { patient: 'p-1' })).status, who).toBe(404)
  })

  test('is told from home by the person or a carer in a few words, and can be read there by neither', async () => {
    const { as, raise, read } = await started()
    const [karen, grace, chidi] = [await as('karen'), await as('grace'), await as('chidi')]
    const few = { risk: '', wishes: '', safety: '' } as const
    expect((await raise(grace, { ...few, about: ' ' })).status, 'nothing said').toBe(422)
    const answer = await raise(grace, few)
    expect(answer.status).toBe(200)
    expect(raiseConcernAnswer.read((await answer.json()) as Parameters)).toEqual({ reached: true })
    const his = { ...few, id: 'concern-2', consent: 'not-asked' } as const
    expect((await raise(chidi, his)).status).toBe(200)
    expect(await read(karen)).toMatchObject([
      {
        id: 'concern-2',
        isWhole: true,
        raisedBy: { reference: expect.stringMatching(/^RelatedPerson/) },
      },
      { id, isWhole: true, about: secret, raisedBy: { reference: `Patient/${graceId}` } },
    ])
    const found: string[] = []
    const ways = [
      `Basic/${id}`,
      `Basic?patient=Patient/${graceId}`,
      `Patient/${graceId}/$who-looked`,
    ]
    for (const who of ['grace', 'chidi', 'amina'])
      found.push(...(await leaksFor(await as(who), ways)).map((way) => `${who}: ${way}`))
    expect(found).toEqual([])
    for (const call of [grace, chidi]) expect(await read(call)).toBe(403)
  })

  test('is kept once for the same words, and never loses other words under the same id', async () => {
    const { as, raise, read } = await started()
    const grace = await as('grace')
    await raise(grace)
    expect((await raise(grace)).status, 'the same again').toBe(200)
    expect((await raise(grace, { about: `${secret}. He has a knife` })).status).toBe(409)
    expect((await raise(await as('chidi'))).status, 'in another name').toBe(409)
    const more = { id: 'concern-2', about: `${secret}. He has a knife` }
    expect((await raise(grace, more)).status).toBe(200)
    expect(await read(await as('karen'))).toHaveLength(2)
  })

  test('says so when the only social worker is away, or holds the role no longer', async () => {
    const { as, raise, sql, store } = await started()
    const grace = await as('grace')
    const { rows } = await sql.query<{ id: string }>(
      `select id from resource where rt = 'PractitionerRole' and content->'practitioner'->>'reference' = 'Practitioner/karen-lee'`,
    )
    expect(rows).toHaveLength(1)
    const id = rows[0]?.id ?? ''
    const stood = (await store.read('PractitionerRole', id, everyone))?.resource as PractitionerRole
    const voice = 'professional' as const
    const cover = { reference: 'Practitioner/ming-zhao', name: 'Ming Zhao', voice }
    const away = withAbsence(stood, {
      ...{
        id: 'away',
        who: { reference: 'Practitioner/karen-lee', name: 'Karen Lee', voice },
        cover,
      },
      ...{ from: testDay, until: testDay, by: 'Karen Lee', at: testNow.toISOString() },
    })
    const reached = async (role: PractitionerRole, concern: string) => {
      await store.write({ resource: { ...role, id }, expect: 'anything' })
      const answer = await raise(grace, { id: concern })
      return raiseConcernAnswer.read((await answer.json()) as Parameters).reached
    }
    expect(await reached(stood, 'before')).toBe(true)
    expect(await reached(away, 'away')).toBe(false)
    expect(await reached({ ...stood, period: { end: '2026-01-01' } }, 'ended')).toBe(false)
  })

  test('says so when no social worker of the care can read it', async () => {
    const { as, raise } = await started()
    const grace = await as('grace')
    const karen = { reference: 'Practitioner/karen-lee', name: 'Karen Lee' }
    const answer = await raise(grace, { sources: [karen] })
    expect(raiseConcernAnswer.read((await answer.json()) as Parameters)).toEqual({ reached: false })
  })

  test('is decided by the three conditions of section 42, goes on as an enquiry of its own people, and is closed with what came of it', async () => {
    const { as, raise, step, read } = await started()
    const [karen, amina, tom] = [await as('karen'), await as('amina'), await as('tom')]
    await raise(amina)
    const all = { hasNeeds: true, isAtRisk: true, cannotProtect: true }
    expect((await step(amina, { kind: 'decide' })).status, 'who raised it').toBe(404)
    expect((await step(karen, { kind: 'decide', ...all })).status, 'the duty is met').toBe(422)
    expect((await step(karen, { kind: 'decide', what: 'enquiry' })).status, 'it is not').toBe(422)
    const decide = { kind: 'decide', what: 'enquiry', ...all } as const
    expect((await step(karen, { ...decide, words: ' ' })).status, 'no reasons').toBe(422)
    expect((await step(karen, decide)).status).toBe(200)
    expect((await step(karen, { ...decide, version: 1 })).status, 'stale').toBe(409)
    expect((await step(karen, { ...decide, version: 2 })).status, 'twice').toBe(422)
    expect(await read(tom)).toEqual([])
    const member = { reference: 'Practitioner/tom-price', name: 'Tom Price' }
    expect((await step(karen, { kind: 'add-member', member, version: 2 })).status).toBe(200)
    expect(await read(tom)).toMatchObject([{ id, isWhole: true, state: 'enquiry' }])
    expect((await step(tom, { words: 'Talked with Grace alone', version: 3 })).status).toBe(200)
    const remove = { kind: 'remove-member', member, version: 4 } as const
    expect((await step(karen, { ...remove, words: ' ' })).status, 'no reason').toBe(422)
    const stranger = { reference: 'Practitioner/ming-zhao', name: 'Ming Zhao' }
    expect((await step(karen, { ...remove, member: stranger })).status, 'no member').toBe(422)
    expect((await step(karen, { ...remove, words: 'He moved to another team' })).status).toBe(200)
    expect(await read(tom)).toEqual([])
    const late = await step(tom, { words: 'One thing more', version: 5 })
    expect(late.status, 'at once, also to write').toBe(404)
    expect(await read(karen)).toMatchObject([
      {
        members: [],
        removed: [{ who: member, words: 'He moved to another team', by: 'Karen Lee' }],
      },
    ])
    const end = { kind: 'close', risk: 'reduced', wishes: 'partly', version: 5 } as const
    expect((await step(karen, end)).status).toBe(200)
    expect((await step(karen, { ...end, version: 6 })).status, 'twice').toBe(422)
    expect(await read(karen)).toMatchObject([
      { state: 'closed', notes: [{ by: 'Tom Price', words: 'Talked with Grace alone' }] },
    ])
    expect(await read(amina)).toMatchObject([{ state: 'closed', notes: [], isWhole: false }])
  })

  test('leaves a trace of each reading, which the enquiry’s people see and the person and carers do not', async () => {
    const { as, raise, read, sql } = await started()
    const karen = await as('karen')
    await raise(await as('amina'))
    await read(karen)
    const again = await read(karen)
    expect(again).toMatchObject([{ looked: [{ name: 'Karen Lee' }] }])
    const { rows } = await sql.query<{ many: number }>(
      "select count(*)::int as many from audit where way = '$safeguarding' and allowed",
    )
    expect(rows[0]?.many).toBe(2)
    for (const who of ['grace', 'chidi', 'amina', 'admin']) {
      const looked = await (await as(who))(`/fhir/Patient/${graceId}/$who-looked`)
      const log = (await looked.json()) as Bundle<AuditEvent> | Resource
      expect(JSON.stringify(log), who).not.toMatch(/safeguarding|raise-concern|concern-1/)
    }
  })

  test('is not told to an administrator by the audit log of everybody, by whoever did it or by day', async () => {
    const { as, raise, read, step, sql } = await started()
    const [amina, karen, admin] = [await as('amina'), await as('karen'), await as('admin')]
    expect((await raise(amina, { about: '' })).status, 'a refused one').toBe(422)
    expect((await raise(await as('stranger'))).status, 'a refused one').toBe(404)
    await raise(amina)
    await read(karen)
    await step(karen, {})
    // an entry that names other records beside it
    await sql.query(
      `insert into audit (at, identity, name, role, act, way, allowed, persons, what, tx)
       select at, 'admin', 'Admin', 'admin', 'U', '$part-records', true, persons,
         jsonb_build_object($1::text, jsonb_build_array('Basic/concern-1', 'Patient/' || $1::text)), tx
       from audit where way = '$raise-concern' and persons @> array[$1::text] limit 1`,
      [graceId],
    )
    const logs = ['', '?agent=amina', '?agent=karen', '?date=ge2026-01-01', '?_count=500']
    for (const query of logs) {
      const answer = await admin(`/fhir/AuditEvent${query}`)
      const text = await answer.text()
      expect([answer.status, text], query).toEqual([
        ...[200, expect.not.stringMatching(/raise-concern|safeguarding|concern-1/)],
      ])
    }
    const all = await (await admin('/fhir/AuditEvent?_count=500')).text()
    expect(all).toContain('$part-records')
    const { rows } = await sql.query<{ many: number }>(
      "select count(*)::int as many from audit where way ~ 'concern|safeguarding' and allowed",
    )
    expect(rows[0]?.many, 'the log itself is whole').toBeGreaterThan(2)
  })

  test('knows a possible source of harm by each of their roles, and refuses a name that means nobody here', async () => {
    const { as, raise, read, seed, step } = await started()
    const [amina, karen] = [await as('amina'), await as('karen')]
    const practitioner = { reference: 'Practitioner/karen-lee' }
    await seed([{ resourceType: 'PractitionerRole', id: 'karen-elsewhere', practitioner }])
    await seed([{ resourceType: 'PractitionerRole', id: 'nobody-in-it' }])
    const named = (reference: string) => ({ sources: [{ reference, name: 'Karen Lee' }] })
    for (const reference of [
      ...['', 'Karen Lee', 'practitioner/karen-lee', 'Practitioner/karen-lee/_history/1'],
      ...['https://other.example/fhir/Practitioner/karen-lee', 'Practitioner/not-here'],
      ...['PractitionerRole/nobody-in-it', 'CareTeam/team', 'urn:uuid:karen-lee'],
    ]) {
      const refused = await raise(amina, named(reference))
      expect([refused.status, await refused.text()], reference).toEqual([
        ...[422, expect.stringMatching(/whom this means|names no professional/)],
      ])
    }
    expect((await raise(amina, named('PractitionerRole/karen-elsewhere'))).status).toBe(200)
    expect(await read(karen)).toEqual([])
    expect((await step(karen, {})).status).toBe(404)
  })

  test('shuts out at once whom somebody adds as a possible source of harm, also a social worker who read it', async () => {
    const { as, raise, read, seed, step } = await started()
    const [karen, tom] = [await as('karen'), await as('tom')]
    await raise(await as('amina'))
    const member = { reference: 'Practitioner/tom-price', name: 'Tom Price' }
    expect((await step(karen, { kind: 'add-member', member })).status).toBe(200)
    const add = { kind: 'add-source', version: 2 } as const
    expect((await step(karen, add)).status, 'nobody named').toBe(422)
    const unknown = { reference: 'Practitioner/not-here', name: 'X' }
    expect((await step(karen, { ...add, source: unknown })).status).toBe(422)
    const practitioner = { reference: 'Practitioner/karen-lee' }
    await seed([{ resourceType: 'PractitionerRole', id: 'karen-elsewhere', practitioner }])
    const source = { reference: 'PractitionerRole/karen-elsewhere', name: 'Karen Lee' }
    expect((await step(tom, { ...add, source })).status).toBe(200)
    expect(await read(karen)).toEqual([])
    expect((await step(karen, { version: 3 })).status).toBe(404)
    expect(await read(tom)).toMatchObject([{ sources: [{ reference: 'Practitioner/karen-lee' }] }])
    const himself = { kind: 'add-source', version: 3, source: member } as const
    expect((await step(tom, himself)).status).toBe(200)
    expect(await read(tom), 'a member is none any more').toEqual([])
  })
})
