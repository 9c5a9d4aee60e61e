import type { CarePlan, Goal, Provenance } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { goalFromFhir } from '#domain/goal/fhir.ts'
import { planFromFhir } from '#domain/plan/fhir.ts'
import { planStatus } from '#domain/plan/plan-status.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, goal, grace, standing } from '#test-support/worlds/grace-records.ts'
import {
  answer,
  answersIn,
  carePlan,
  episode,
  need,
  planId,
  planToAgree,
  step,
  whatIf,
} from '#test-support/worlds/plan-to-agree.ts'

eachStore('An agreement to a plan', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    await server.seed([...standing, ...planToAgree] as never, 'brook-surgery')
    const say = async (who: string, given: ReturnType<typeof answer>) =>
      await (await server.as(who))(`/fhir/Provenance/${given.id}`, { method: 'PUT', json: given })
    const plan = async () =>
      (await (await (await server.as('amina'))(`/fhir/CarePlan/${planId}`)).json()) as CarePlan
    const answers = async () => await answersIn(sql)
    const status = async () => {
      const facts = { plan: planFromFhir(await plan()), agreements: await answers() }
      return planStatus({ ...facts, today: '2026-03-02' })
    }
    const listed = async () => {
      const answered = await (await server.as('amina'))('/fhir/$caseload')
      return /"agreed","valueBoolean":(true|false)/.exec(await answered.text())?.[1]
    }
    return { ...server, say, plan, answers, status, listed }
  }

  test('the server records the exact versions agreed to, and its own time, number and name', async () => {
    const server = await started()
    const spoofed = answer('agree', 1, {
      ...{ recorded: '2036-01-01T00:00:00Z', occurredDateTime: '2036-01-01T00:00:00Z' },
      agent: [{ who: { ...grace, display: 'Dr Patel' }, onBehalfOf: chidi }, { who: amina }],
      extension: [{ url: 'https://gable.example/fhir/answer-number', valueInteger: 900 }],
    })
    const made = await server.say('grace', spoofed)
    expect(made.status).toBe(201)
    const kept = (await (
      await (
        await server.as('grace')
      )(`/fhir/Provenance/${spoofed.id}`)
    ).json()) as Provenance
    expect(kept.target.map((each) => each.reference)).toEqual([
      `CarePlan/${planId}/_history/1`,
      grace.reference,
    ])
    expect(kept.entity?.map((each) => each.what.reference)).toEqual([
      `CarePlan/whatif-${episode}/_history/1`,
      'Condition/need-1/_history/1',
      'Goal/goal-1/_history/1',
      'Task/step-1/_history/1',
    ])
    expect([kept.recorded, kept.occurredDateTime]).toEqual([
      '2026-03-02T09:00:00.000Z',
      '2026-03-02T09:00:00.000Z',
    ])
    expect(kept.agent).toEqual([{ who: { ...grace, display: expect.stringContaining('Grace') } }])
    expect(kept.extension?.[0]?.valueInteger).toBe(1)
    expect([await server.status(), await server.listed()]).toEqual(['current', 'true'])
  })

  type Changed = Readonly<{ resourceType: string; id: string; [more: string]: unknown }>
  const changes: readonly [string, Changed][] = [
    ['a goal', { ...goal(grace), description: { text: 'To move to a home' } }],
    ['the target of a goal', { ...goal(grace), target: [{ dueDate: '2027-01-01' }] }],
    ['a goal that is cancelled', { ...goal(grace), lifecycleStatus: 'cancelled' }],
    ['a need', { ...need, code: { text: 'Falls' } }],
    ['the words of a step', { ...step, description: 'Ring the undertaker' }],
    ['the owner of a step', { ...step, owner: { reference: 'Practitioner/ming-zhao' } }],
    ['a step that is cancelled', { ...step, status: 'cancelled' }],
    ['what to do if things get worse', { ...whatIf, description: 'Ring nobody' }],
    ['the plan itself', { ...carePlan, activity: undefined }],
  ]
  const put = async (call: Caller, record: Changed, version = 1) =>
    await call(`/fhir/${record.resourceType}/${record.id}`, {
      ...{ method: 'PUT', json: record },
      headers: version ? { 'If-Match': `W/"${version}"` } : {},
    })

  test.each(changes)(
    'a change of %s by any client needs the person’s agreement again',
    async (_what, record) => {
      const server = await started()
      await server.say('grace', answer('agree', 1))
      const call = await server.as('amina')
      expect((await put(call, record)).status).toBe(200)
      expect((await server.plan()).meta?.versionId).toBe('2')
      expect(['awaiting-person', 'draft']).toContain(await server.status())
      expect(await server.listed()).toBe('false')
      const late = await server.say('grace', answer('agree', 1))
      expect(late.status, 'a yes to what no longer stands').toBe(409)
      expect((await server.say('grace', answer('agree', 2))).status).toBe(201)
    },
  )

  test('a patch, transaction, delete, new record and import move the version too, and are in the news', async () => {
    const server = await started()
    const call = await server.as('amina')
    const version = async () => Number((await server.plan()).meta?.versionId)
    const steps = JSON.stringify([{ op: 'replace', path: '/description/text', value: 'Other' }])
    const headers = { 'If-Match': 'W/"1"', 'Content-Type': 'application/json-patch+json' }
    await call('/fhir/Goal/goal-1', { method: 'PATCH', headers, body: steps })
    expect(await version()).toBe(2)
    const entry = (resource: { resourceType: string; id: string }, more = {}) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ...more },
    })
    const transaction = {
      ...{ resourceType: 'Bundle', type: 'transaction' },
      entry: [
        entry({ ...step, description: 'Ring twice' } as never, { ifMatch: 'W/"1"' }),
        entry({ ...need, code: { text: 'Falls' } } as never, { ifMatch: 'W/"1"' }),
      ],
    }
    expect((await call('/fhir', { method: 'POST', json: transaction })).status).toBe(200)
    expect(await version(), 'once for all of it').toBe(3)
    await put(call, { ...goal(amina), id: 'goal-2' }, 0)
    expect(await version(), 'a goal that every screen shows').toBe(4)
    expect((await call('/fhir/Goal/goal-2', { method: 'DELETE' })).status).toBe(204)
    expect(await version()).toBe(5)
    const imported = {
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: [{ resource: { ...goal(grace), id: 'goal-3' } }],
    }
    const answered = await (await server.as('admin'))('/fhir/$import', {
      method: 'POST',
      json: imported,
    })
    expect(answered.status).toBe(200)
    expect(await version()).toBe(6)
    const { rows } = await server.sql.query<{ kind: string; target: string; who: string }>(
      `select content #>> '{activity,coding,0,code}' as kind, content #>> '{target,0,reference}' as target,
        content #>> '{agent,0,who,reference}' as who
        from resource where rt = 'Provenance' and content #>> '{activity,coding,0,system}' = '${gableCodeSystem}'
        order by ts, content #>> '{activity,coding,0,code}' desc`,
    )
    expect(rows).toContainEqual({
      kind: 'write-goal',
      target: 'Goal/goal-1/_history/2',
      who: amina.reference,
    })
    expect(rows.map((each) => `${each.kind} ${each.target}`)).toEqual(
      expect.arrayContaining([
        'write-action Task/step-1/_history/2',
        'write-need Condition/need-1/_history/2',
      ]),
    )
  })

  test('progress, a completed step and marks of who wrote do not move the version', async () => {
    const server = await started()
    await server.say('grace', answer('agree', 1))
    const call = await server.as('amina')
    const mark = {
      url: 'https://gable.example/fhir/task-deed',
      extension: [{ url: 'kind', valueCode: 'take' }],
    }
    await put(call, {
      ...step,
      status: 'completed',
      executionPeriod: { end: '2026-03-02' },
      extension: [mark],
    })
    const progress = { achievementStatus: { coding: [{ code: 'improving' }] } }
    await put(call, { ...goal(grace), lifecycleStatus: 'completed', ...progress })
    expect((await server.plan()).meta?.versionId).toBe('1')
    expect(await server.status()).toBe('current')
  })

  test('a client cannot record an agreement to anything but the current plan', async () => {
    const server = await started()
    const more = (target: object) => ({ target: [...answer('agree', 1).target, target] })
    const tries: readonly [number, ReturnType<typeof answer>][] = [
      [409, answer('agree', 7)],
      [409, answer('agree', 1, more({ reference: 'Goal/goal-1/_history/2' }))],
      [409, answer('agree', 1, more({ reference: 'Goal/goal-1' }))],
      [
        409,
        answer('agree', 1, {
          entity: [{ role: 'source', what: { reference: 'Task/step-1/_history/9' } }],
        }),
      ],
      [422, answer('agree', 1, { target: [{ reference: `CarePlan/${planId}` }, grace] })],
      [422, answer('agree', 1, more({ reference: `CarePlan/whatif-${episode}/_history/1` }))],
      [201, answer('agree', 1, more({ reference: 'Goal/goal-1/_history/1' }))],
    ]
    for (const [status, given] of tries)
      expect((await server.say('grace', given)).status, JSON.stringify(given.target)).toBe(status)
  })

  test('an answer to another person’s plan gives nothing away about it', async () => {
    const server = await started()
    const other = { reference: 'Patient/other' }
    const theirs = { ...carePlan, id: 'plan-other', subject: other, goal: [], addresses: [] }
    await server.seed([
      { resourceType: 'Patient', id: 'other' },
      { ...theirs, activity: [], supportingInfo: [] },
    ] as never)
    const answerTo = async (id: string, version: number) => {
      const target = [{ reference: `CarePlan/${id}/_history/${version}` }, grace]
      const response = await server.say('grace', answer('agree', version, { target }))
      return { status: response.status, text: (await response.text()).replaceAll(id, '') }
    }
    for (const version of [1, 7])
      expect(await answerTo('plan-other', version)).toEqual(await answerTo('plan-never', version))
  })

  test('the answer that the server received last counts, whatever date the client wrote', async () => {
    const server = await started()
    await server.say(
      'grace',
      answer('agree', 1, { recorded: '2036-01-01T00:00:00Z', occurredDateTime: '2036-01-01' }),
    )
    await server.say('grace', answer('disagree', 1, { recorded: '1999-01-01T00:00:00Z' }))
    expect([await server.status(), await server.listed()]).toEqual(['awaiting-person', 'false'])
    await server.say('grace', answer('agree', 1, { recorded: '1998-01-01T00:00:00Z' }))
    expect([await server.status(), await server.listed()]).toEqual(['current', 'true'])
    expect((await server.answers()).map((each) => each.order[0])).toEqual([1, 2, 3])
  })

  test('two answers at the same moment get two numbers', async () => {
    const server = await started()
    const both = await Promise.all([
      server.say('grace', answer('agree', 1)),
      server.say('grace', answer('disagree', 1)),
      server.say('amina', answer('agree', 1, { agent: [{ who: amina }] })),
    ])
    expect(both.map((each) => each.status)).toEqual([201, 201, 201])
    expect((await server.answers()).map((each) => each.order[0]).toSorted()).toEqual([1, 2, 3])
  })

  test('a professional’s change of the person’s words is kept as the professional’s, with the earlier words', async () => {
    const server = await started()
    const call = await server.as('amina')
    const written = (who: object) => ({
      url: 'https://gable.example/fhir/written',
      extension: [
        { url: 'by', valueReference: who },
        { url: 'at', valueDateTime: '2026-03-01' },
      ],
    })
    const changed = { ...goal(grace), description: { text: 'To sit' }, extension: [written(grace)] }
    expect((await put(call, changed)).status).toBe(200)
    const kept = async () => (await (await call('/fhir/Goal/goal-1')).json()) as Goal
    const first = goalFromFhir(await kept())
    expect(first.expressedBy?.reference).toBe(amina.reference)
    expect(first.written?.by.reference).toBe(amina.reference)
    expect(first.earlier).toMatchObject({ words: 'To walk to church', by: { voice: 'person' } })
    const steps = JSON.stringify([
      { op: 'replace', path: '/expressedBy', value: grace },
      { op: 'remove', path: '/extension' },
    ])
    const headers = { 'If-Match': 'W/"2"', 'Content-Type': 'application/json-patch+json' }
    await call('/fhir/Goal/goal-1', { method: 'PATCH', headers, body: steps })
    expect(goalFromFhir(await kept()).earlier?.words, 'nor by taking it off').toBe(
      'To walk to church',
    )
    const me = await server.as('grace')
    const reworded = { ...goal(grace), description: { text: 'To walk to mass' } }
    expect((await put(me, reworded, 3)).status).toBe(200)
    expect(goalFromFhir(await kept())).toMatchObject({
      ...{ words: 'To walk to mass', expressedBy: { voice: 'person' } },
    })
    expect(goalFromFhir(await kept()).earlier).toBeUndefined()
  })

  test('a person’s answer to a promise is not taken over by changing its sender', async () => {
    const server = await started()
    const sent = {
      ...{ resourceType: 'Communication', id: 'm', status: 'completed', subject: grace },
      ...{ sender: grace, about: [{ reference: 'Task/step-1' }] },
      payload: [{ contentString: 'Nobody came' }],
    }
    expect((await put(await server.as('grace'), sent, 0)).status).toBe(201)
    for (const who of ['amina', 'admin']) {
      const call = await server.as(who)
      const over = { ...sent, sender: amina, payload: [{ contentString: 'It happened' }] }
      expect((await put(call, over)).status, who).toBe(403)
    }
  })

  test('an answer is never changed, taken over, deleted or made from another record, by anybody', async () => {
    const server = await started()
    const given = answer('disagree', 1)
    await server.say('grace', given)
    const path = `/fhir/Provenance/${given.id}`
    for (const [who, by] of [
      ['grace', grace],
      ['amina', amina],
      ['admin', amina],
    ] as const) {
      const call = await server.as(who)
      const yes = { ...answer('agree', 1), id: given.id, agent: [{ who: by }] }
      const changed = await call(path, {
        method: 'PUT',
        json: yes,
        headers: { 'If-Match': 'W/"1"' },
      })
      expect(changed.status, who).toBe(403)
      expect((await call(path, { method: 'DELETE' })).status, who).toBe(403)
    }
    const event = {
      ...answer('agree', 1),
      id: 'event',
      activity: { coding: [{ system: gableCodeSystem, code: 'comment' }] },
      agent: [{ who: amina }],
    }
    const call = await server.as('amina')
    expect((await call('/fhir/Provenance/event', { method: 'PUT', json: event })).status).toBe(201)
    const two = {
      coding: [
        { system: gableCodeSystem, code: 'comment' },
        { system: gableCodeSystem, code: 'agree' },
      ],
    }
    const turned = await call('/fhir/Provenance/event', {
      ...{ method: 'PUT', json: { ...event, activity: two }, headers: { 'If-Match': 'W/"1"' } },
    })
    expect(turned.status).toBe(403)
    expect((await server.answers()).map((each) => each.yes)).toEqual([false])
  })
})
