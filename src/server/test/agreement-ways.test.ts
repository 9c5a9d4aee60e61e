import type { Provenance } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { NotAgreed } from '#domain/agreement/agreement.ts'
import type { CapacityRecord } from '#domain/agreement/capacity.ts'
import { bestInterestsToFhir, capacityToFhir } from '#domain/agreement/capacity-fhir.ts'
import { agreementToFhir } from '#domain/agreement/fhir.ts'
import type { AnswerWay, GivenHow } from '#domain/agreement/given-how.ts'
import { paperCode } from '#domain/agreement/paper-code.ts'
import { planFromFhir } from '#domain/plan/fhir.ts'
import { planStatus } from '#domain/plan/plan-status.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, goal, grace, standing } from '#test-support/worlds/grace-records.ts'
import {
  answersIn,
  carePlan,
  planId,
  planToAgree,
  step,
} from '#test-support/worlds/plan-to-agree.ts'

const person = grace.reference.slice('Patient/'.length)
const theNurse = { reference: amina.reference, name: 'Amina Yusuf', voice: 'professional' as const }
const herself = { reference: grace.reference, name: '', voice: 'person' as const }
const witness = { name: 'Mary Bell', role: 'neighbour' }
const interpreter = { role: 'interpreter' as const, name: 'Ngozi Eze', language: 'Igbo' }

type Said = Readonly<{
  way?: AnswerWay
  how?: Partial<GivenHow>
  yes?: boolean
  notAgreed?: readonly NotAgreed[]
  version?: number
  at?: string
  by?: { reference: string; name: string; voice: 'person' | 'carer' | 'professional' }
}>

function recorded(said: Said = {}): Provenance & { id: string } {
  const { way = 'paper', version = 1, by = herself, yes = said.notAgreed === undefined } = said
  const how: GivenHow = {
    ...{ way, recordedBy: theNurse, helpers: [] },
    ...(way === 'paper' ? { witness, paperCode: paperCode(planId, String(version)) } : {}),
    ...said.how,
  }
  const facts = { id: crypto.randomUUID(), planId, version: String(version), words: '', by, how }
  const { notAgreed = [], at = '2026-03-02' } = said
  return agreementToFhir({ ...facts, yes, notAgreed, at }, person, '2026-03-02T09:00:00Z')
}

const lacking: CapacityRecord = {
  ...{ id: 'capacity-1', person, planId, decision: 'Whether to agree to this plan' },
  ...{ hasCapacity: false, impairment: 'Dementia', unable: ['retain', 'weigh'] },
  ...{ because: 'She forgets it while we speak', support: 'Pictures, her daughter, mornings' },
  ...{ reasons: 'Asked three times', by: theNurse, at: '2026-03-02' },
}
const decidedFor = {
  ...{ id: 'best-1', person, planId, capacity: 'Observation/capacity-1' },
  ...{ wishes: 'To stay at home', consulted: 'Chidi, her son: the same', decided: 'The plan' },
  ...{ why: 'It is the least restrictive', imca: '', by: theNurse, at: '2026-03-02' },
}
const attorney = {
  ...{
    way: 'authority' as const,
    by: { reference: chidi.reference, name: 'Chidi Okafor', voice: 'carer' as const },
  },
  how: { authority: { kind: 'lpa-health-welfare' as const, document: 'LPA 7000-1234, seen' } },
}

eachStore('An answer to a plan that somebody else records', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const carer = { resourceType: 'RelatedPerson', id: chidi.reference.slice(14), patient: grace }
    await server.seed([...standing, ...planToAgree, carer] as never, 'brook-surgery')
    const put = async (who: string, record: { resourceType: string; id: string }) =>
      await (await server.as(who))(`/fhir/${record.resourceType}/${record.id}`, {
        method: 'PUT',
        json: record,
      })
    const say = async (said: Said | (Provenance & { id: string }), who = 'amina') =>
      await put(who, 'resourceType' in said ? said : recorded(said))
    const why = async (answer: Response) => [
      answer.status,
      /"text":"([^"]*)/.exec(await answer.text())?.[1],
    ]
    const status = async () => {
      const plan = await (await (await server.as('amina'))(`/fhir/CarePlan/${planId}`)).json()
      const facts = { plan: planFromFhir(plan), agreements: await answersIn(sql) }
      return planStatus({ ...facts, today: '2026-03-02' })
    }
    const listed = async () =>
      /"agreed","valueBoolean":(true|false)/.exec(
        await (await (await server.as('amina'))('/fhir/$caseload')).text(),
      )?.[1]
    const change = async () =>
      await (await server.as('amina'))('/fhir/Goal/goal-1', {
        method: 'PUT',
        json: { ...goal(grace), description: { text: 'To sing' } },
        headers: { 'If-Match': 'W/"1"' },
      })
    return { ...server, sql, put, say, why, status, listed, change }
  }

  test('A signed paper fills the roof, and says in standard terms who signed, saw and recorded it', async () => {
    const server = await started()
    const paper = recorded({ how: { helpers: [interpreter] } })
    expect((await server.say(paper)).status).toBe(201)
    const kept = (await (
      await (
        await server.as('grace')
      )(`/fhir/Provenance/${paper.id}`)
    ).json()) as Provenance
    expect(kept.agent.map((each) => [each.type?.coding?.[0]?.code, each.who.display])).toEqual([
      ['author', 'Okafor'],
      ['enterer', 'Amina Yusuf'],
      ['verifier', 'Mary Bell'],
      ['informant', 'Ngozi Eze'],
    ])
    expect([kept.occurredDateTime, kept.recorded]).toEqual([
      '2026-03-02',
      '2026-03-02T09:00:00.000Z',
    ])
    expect([await server.status(), await server.listed()]).toEqual(['current', 'true'])
    const [answer] = await answersIn(server.sql)
    expect(answer?.how).toMatchObject({ way: 'paper', witness, helpers: [interpreter] })
  })

  test.each<[string, Said, number, RegExp]>([
    [
      'without a witness',
      { how: { witness: { name: '', role: '' } } },
      422,
      /who saw the person sign|is not a string/,
    ],
    [
      'the witness is the recorder',
      { how: { witness: { name: 'amina  yusuf', role: 'nurse' } } },
      422,
      /somebody else/,
    ],
    [
      'the person is the witness',
      { how: { witness: { name: 'okafor', role: 'self' } } },
      422,
      /own witness/,
    ],
    [
      'with the code of another version',
      { how: { paperCode: paperCode(planId, '2') } },
      422,
      /The code is not/,
    ],
    ['signed tomorrow', { at: '2026-03-03' }, 422, /after today/],
    ['signed before it was written', { at: '2026-03-01' }, 422, /before this version/],
    ['without a day', { at: '' }, 422, /./],
    ['of a version that is not there yet', { version: 2 }, 409, /has changed since/],
    ['spoken with nobody there', { way: 'spoken' }, 422, /advocate or interpreter/],
    [
      'an interpreter into no language',
      { way: 'spoken', how: { helpers: [{ role: 'interpreter', name: 'Ngozi' }] } },
      422,
      /language/,
    ],
    [
      'a turned screen that was not turned',
      { way: 'turned-screen' },
      403,
      /screen that was turned/,
    ],
    ['an attorney without a capacity record', attorney, 422, /taken to be able to decide/],
    [
      'an attorney without a document',
      { ...attorney, how: { authority: { kind: 'court-deputy', document: '' } } },
      422,
      /document|is not a string/,
    ],
    ['in the nurse’s own name', { by: theNurse }, 422, /person’s own answer/],
    ['in the carer’s name', { by: attorney.by }, 422, /person’s own answer/],
    ['in part, without naming the part', { yes: false, notAgreed: [] }, 201, /./],
    [
      'in part, of something that is not in the plan',
      { notAgreed: [{ record: 'Goal/other', words: 'No' }] },
      422,
      /in this version/,
    ],
    [
      'in part, without words',
      { notAgreed: [{ record: 'Goal/goal-1', words: ' ' }] },
      422,
      /person’s words|is not a string/,
    ],
  ])('%s: %o', async (_title, said, status, words) => {
    const server = await started()
    const [got, text] = await server.why(await server.say(said))
    expect([got, text]).toEqual([status, expect.stringMatching(words)])
  })

  test('Next of kin is not an authority, and the answer says what is', async () => {
    const server = await started()
    const kin = recorded(attorney)
    const role = [{ coding: [{ system: 'https://gable.example/codes', code: 'next-of-kin' }] }]
    const [first, ...others] = kin.agent
    const [status, text] = await server.why(
      await server.say({ ...kin, agent: [{ ...first, role, who: first?.who ?? {} }, ...others] }),
    )
    expect([status, text]).toEqual([
      422,
      expect.stringContaining('Next of kin is not an authority'),
    ])
  })

  test('Nobody but a named professional records somebody else’s answer, and only in their own name', async () => {
    const server = await started()
    const answers = await Promise.all(
      ['grace', 'chidi', 'admin', 'karen', 'stranger'].map(
        async (who) => (await server.say(recorded(), who)).status,
      ),
    )
    expect(answers.every((status) => status === 403 || status === 404)).toBe(true)
    expect(await answersIn(server.sql)).toEqual([])
  })

  test('Nobody records an answer as the person’s own sign-in', async () => {
    const server = await started()
    const written = recorded({ way: 'spoken', how: { helpers: [interpreter] } })
    const text = JSON.stringify(written).replace(
      '"valueCode":"spoken"',
      '"valueCode":"own-sign-in"',
    )
    const forged = JSON.parse(text) as typeof written
    expect((await server.say(forged)).status).toBe(403)
    const alone = { ...forged, agent: forged.agent.slice(0, 2) }
    expect((await server.say(alone)).status).toBe(403)
    expect([await server.status(), await answersIn(server.sql)]).toEqual(['awaiting-person', []])
  })

  test('A spoken answer is kept with who was there, and never fills the roof', async () => {
    const server = await started()
    expect((await server.say({ way: 'spoken', how: { helpers: [interpreter] } })).status).toBe(201)
    expect([await server.status(), await server.listed()]).toEqual(['awaiting-person', 'false'])
  })

  test('Somebody with authority answers once it was established that the person cannot, and as themselves', async () => {
    const server = await started()
    expect((await server.put('amina', capacityToFhir(lacking))).status).toBe(201)
    expect((await server.say(attorney)).status).toBe(201)
    expect([await server.status(), await server.listed()]).toEqual(['current', 'true'])
    const [answer] = await answersIn(server.sql)
    expect([answer?.by.name, answer?.by.voice, answer?.how?.authority?.kind]).toEqual([
      ...['Chidi Okafor', 'carer', 'lpa-health-welfare'],
    ])
    const [kept] = (
      await server.sql.query<{ content: Provenance }>(
        `select content from resource where rt = 'Provenance' order by rid desc limit 1`,
      )
    ).rows
    expect(kept?.content.agent[0]?.onBehalfOf).toEqual(grace)
    expect(kept?.content.agent[0]?.role?.[0]?.coding?.[0]?.code).toBe('HPOWATT')
  })

  test('A decision in the person’s best interests needs its record, and is the decider’s, not the person’s', async () => {
    const server = await started()
    await server.put('amina', capacityToFhir(lacking))
    const decided: Said = { way: 'best-interests', by: theNurse }
    expect((await server.say(decided)).status).toBe(422)
    expect((await server.put('amina', bestInterestsToFhir(decidedFor))).status).toBe(201)
    expect((await server.say(decided)).status).toBe(201)
    const [answer] = await answersIn(server.sql)
    expect([answer?.by, await server.status()]).toEqual([theNurse, 'current'])
  })

  test('A capacity record that has to be looked at again, or says that the person can decide, is no ground', async () => {
    const server = await started()
    await server.put(
      'amina',
      capacityToFhir({ ...lacking, at: '2026-02-01', reviewOn: '2026-03-01' }),
    )
    const late = await server.why(await server.say(attorney))
    const able = { ...lacking, id: 'capacity-2', hasCapacity: true, unable: [], at: '2026-03-02' }
    expect((await server.put('amina', capacityToFhir(able))).status).toBe(201)
    const can = await server.why(await server.say(attorney))
    expect([late[1], can[1]]).toEqual([
      expect.stringContaining('looked at again'),
      expect.stringContaining('taken to be able'),
    ])
  })

  test('Whoever judged it records whether the person can decide, and nobody changes it in their name', async () => {
    const server = await started()
    const doctor = { reference: 'Practitioner/anil-patel', name: 'Dr Patel', voice: theNurse.voice }
    const forged = capacityToFhir({ ...lacking, by: doctor })
    expect((await server.put('amina', forged)).status).toBe(201)
    const { performer } = await (
      await (
        await server.as('amina')
      )('/fhir/Observation/capacity-1')
    ).json()
    expect(performer).toEqual([{ reference: amina.reference, display: 'Amina Yusuf' }])
    const rewrite = async (who: string, more: object) =>
      (
        await (
          await server.as(who)
        )('/fhir/Observation/capacity-1', {
          ...{ method: 'PUT', headers: { 'If-Match': 'W/"1"' } },
          json: { ...forged, performer, ...more },
        })
      ).status
    expect(await rewrite('admin', { valueBoolean: true })).toBe(403)
    expect(await rewrite('amina', { code: { text: 'A walk' } })).toBe(422)
    expect(await rewrite('admin', { status: 'entered-in-error' })).toBe(200)
    const later = { ...forged, id: 'capacity-2', effectiveDateTime: '2026-03-03' }
    expect((await server.put('amina', later)).status).toBe(201)
    const judged = await (await (await server.as('amina'))('/fhir/Observation/capacity-2')).json()
    expect(judged.effectiveDateTime, 'never later than now').toBe('2026-03-02T09:00:00.000Z')
    for (const who of ['grace', 'chidi', 'admin'])
      expect((await server.put(who, { ...forged, id: 'capacity-9' })).status, who).not.toBe(201)
  })

  test('A yes in part keeps the words for what is left out, and is not a yes', async () => {
    const server = await started()
    const notAgreed = [{ record: 'Goal/goal-1', words: 'Not the nights' }]
    expect((await server.say({ notAgreed })).status).toBe(201)
    expect([await server.status(), await server.listed()]).toEqual(['agreed-in-part', 'false'])
    expect((await answersIn(server.sql))[0]?.notAgreed).toMatchObject(notAgreed)
    const all = ['Goal/goal-1', 'Condition/need-1', 'Task/step-1', 'CarePlan/whatif-case-1']
    const nothing = await server.say({ notAgreed: all.map((record) => ({ record, words: 'No' })) })
    expect(nothing.status).toBe(422)
  })

  test('What is left out is named until what it says changes, however often it is ticked, and again once it is put back', async () => {
    const server = await started()
    const forged = { record: 'Task/step-1', words: 'Not the parish', mark: 'forged' }
    await server.say({ notAgreed: [forged] })
    const isNamed = async () =>
      (await (await (await server.as('amina'))('/fhir/$today')).text()).includes('Not the parish')
    let version = 0
    const save = async (changed: Readonly<Record<string, unknown>>) => {
      server.wait(1)
      version += 1
      const headers = { 'If-Match': `W/"${version}"` }
      const json = { ...step, ...changed }
      const nurse = await server.as('amina')
      expect((await nurse('/fhir/Task/step-1', { method: 'PUT', json, headers })).status).toBe(200)
      return await isNamed()
    }
    const other = { description: 'Ring the choir' }
    expect(await save({ status: 'in-progress' }), 'ticked').toBe(true)
    expect(await save({ ...other, status: 'in-progress' }), 'changed').toBe(false)
    expect(await save({ ...other, status: 'accepted' }), 'ticked again').toBe(false)
    expect(await save({ status: 'accepted', requester: amina }), 'put back').toBe(true)
  })

  test('A paper of an earlier version is kept as an answer to that version, with what it said then', async () => {
    const server = await started()
    server.wait(1)
    expect((await server.change()).status).toBe(200)
    const paper = recorded()
    expect((await server.say(paper)).status).toBe(201)
    const kept = (await (
      await (
        await server.as('amina')
      )(`/fhir/Provenance/${paper.id}`)
    ).json()) as Provenance
    expect(kept.entity?.map((each) => each.what.reference)).toContain('Goal/goal-1/_history/1')
    expect(await server.status()).toBe('awaiting-person')
    const onScreen = recorded({ way: 'spoken', how: { helpers: [interpreter] } })
    expect((await server.say(onScreen)).status).toBe(409)
  })

  test('The same paper sent twice is recorded once, and nobody changes or deletes it', async () => {
    const server = await started()
    const paper = recorded()
    const statuses = [await server.say(paper), await server.say(paper)]
    const gone = await (await server.as('amina'))(`/fhir/Provenance/${paper.id}`, {
      ...{ method: 'DELETE', headers: { 'If-Match': 'W/"1"' } },
    })
    expect([...statuses, gone].map(({ status }) => status)).toEqual([201, 403, 403])
    expect(await answersIn(server.sql)).toHaveLength(1)
    expect(carePlan.id).toBe(planId)
  })
})
