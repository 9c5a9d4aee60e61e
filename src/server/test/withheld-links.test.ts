import type { Bundle, CarePlan } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { because, between } from '#test-support/access/access-labels.ts'
import {
  condition,
  relationsServer,
  request,
  restricted,
  to,
} from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { goal, grace } from '#test-support/worlds/grace-records.ts'

const secret = { ...goal(grace), id: 'secret-goal', meta: restricted }
const plan = {
  ...{ resourceType: 'CarePlan', id: 'walks', status: 'active', intent: 'plan', subject: grace },
  addresses: [to('Condition/secret-need')],
  goal: [to('Goal/secret-goal/_history/1'), to('Goal/goal-1')],
  activity: [
    { reference: to('Task/none'), progress: [{ text: 'Well' }] },
    {
      detail: {
        ...{ status: 'in-progress', description: 'Walks' },
        goal: [to('Goal/goal-1'), to('Goal/secret-goal')],
      },
    },
  ],
}
const covered = {
  ...{ resourceType: 'Provenance', id: 'agreed', recorded: '2026-03-02T09:00:00Z' },
  target: [to('CarePlan/walks/_history/1')],
  agent: [{ who: grace }],
  entity: [
    { role: 'source', what: to('Goal/goal-1/_history/1') },
    { role: 'source', what: to('Goal/secret-goal/_history/1') },
  ],
}
const stay = {
  ...{ resourceType: 'Encounter', id: 'stay', status: 'finished', class: { code: 'IMP' } },
  ...{ subject: grace, diagnosis: [{ condition: to('Condition/secret-need'), rank: 1 }] },
}
const seen = {
  ...{ resourceType: 'Observation', id: 'seen', status: 'final', code: { text: 'Pain' } },
  ...{ subject: grace, valueString: 'Some' },
  encounter: { ...to('Encounter/secret-stay'), display: 'Ward 7', identifier: { value: 'w7' } },
}

eachStore('A withheld link', (open) => {
  const started = async (...more: readonly object[]) =>
    await relationsServer(
      await open(),
      ...[goal(grace), secret, condition('secret-need', { meta: restricted })],
      ...[plan, covered, stay, { ...stay, id: 'secret-stay', meta: restricted }, seen],
      ...more,
    )
  type House = Awaited<ReturnType<typeof started>>

  const text = async (server: House, who: string, path: string, init = {}) =>
    await (await server.send(who, path, init)).text()
  const read = async (server: House, who: string) =>
    JSON.parse(await text(server, who, '/CarePlan/walks')) as CarePlan

  const ways = [
    ...['/CarePlan/walks', '/CarePlan/walks/_history/1', '/CarePlan/walks/_history'],
    ...['/Provenance/agreed', '/Encounter/stay', '/Observation/seen', '/CarePlan/_history'],
    ...[`/CarePlan?patient=${graceId}`, `/CarePlan?patient=${graceId}&_include=CarePlan:goal`],
    ...[`/Goal?patient=${graceId}&_revinclude=Provenance:target&_revinclude=CarePlan:goal`],
    ...[`/Patient/${graceId}/$everything`],
  ]
  const batch = {
    ...{ resourceType: 'Bundle', type: 'batch' },
    entry: ways.slice(0, 4).map((url) => ({ request: { method: 'GET', url: url.slice(1) } })),
  }
  const copy = { resourceType: 'Parameters', parameter: [] }

  test.each([
    ['patel', false],
    ['amina', true],
    ['grace', true],
  ] as const)('is in no answer: %s', async (who, isKnown) => {
    const server = await started()
    const answers = await Promise.all(ways.map((path) => text(server, who, path)))
    const both = { method: 'POST', json: batch }
    const taken = { method: 'POST', json: copy }
    const wholes = [
      await text(server, who, '', both),
      await text(server, who, `/Patient/${graceId}/$export-record`, taken),
    ]
    for (const [at, answer] of [...answers, ...wholes].entries())
      expect([at, /secret-(goal|need|stay)/.test(answer)]).toEqual([at, isKnown])
  })

  test('leaves no empty list or entry, and references to missing records are shown', async () => {
    const server = await started()
    expect(await read(server, 'patel')).toMatchObject({
      goal: [to('Goal/goal-1')],
      activity: [{ reference: to('Task/none') }, { detail: { goal: [to('Goal/goal-1')] } }],
    })
    expect(await read(server, 'patel')).not.toHaveProperty('addresses')
    const encounter = JSON.parse(await text(server, 'patel', '/Encounter/stay'))
    expect(encounter).not.toHaveProperty('diagnosis')
    const observation = JSON.parse(await text(server, 'patel', '/Observation/seen'))
    expect(observation).not.toHaveProperty('encounter')
  })

  const asRead = (whole: CarePlan) => ({ ...whole, meta: undefined })

  test('stays in the record on update, patch and transaction', async () => {
    const server = await started()
    const shown = await read(server, 'patel')
    const titled = { ...shown, title: 'Walking' } as never
    expect(await server.put('patel', titled, 1)).toBe(200)
    const steps = [
      { op: 'test', path: '/goal/0/reference', value: 'Goal/goal-1' },
      { op: 'replace', path: '/title', value: 'Walking out' },
    ]
    const patched = await server.send('patel', '/CarePlan/walks', {
      method: 'PATCH',
      headers: { 'If-Match': 'W/"2"', 'Content-Type': 'application/json-patch+json' },
      body: JSON.stringify(steps),
    })
    expect(await patched.text()).not.toContain('secret')
    const request = { method: 'PUT', url: 'CarePlan/walks', ifMatch: 'W/"3"' }
    const entry = [{ resource: { ...shown, title: 'Walking far' }, request }]
    const json = { resourceType: 'Bundle', type: 'transaction', entry }
    const headers = { Prefer: 'return=representation' }
    const sent = await text(server, 'patel', '', { method: 'POST', headers, json })
    expect(sent).toContain('Walking far')
    expect(sent).not.toContain('secret')
    const kept = await read(server, 'amina')
    expect(asRead(kept)).toEqual({
      ...asRead(plan as never),
      title: 'Walking far',
      goal: [to('Goal/goal-1'), to('Goal/secret-goal/_history/1')],
    })
  })

  test('stays in the record on a repeated import, a conditional update and a batch', async () => {
    const server = await started(request(to('Organization/elsewhere-clinic')))
    const seenBy = async (who: string) =>
      JSON.parse(await text(server, who, '/CarePlan/file')) as CarePlan
    await server.importAs('amina', { ...plan, id: 'file', identifier: [{ value: 'file' }] })
    const { meta: _, ...shown } = await seenBy('else')
    expect(JSON.stringify(shown)).not.toContain('secret')
    const added = (id: string) => [{ reference: to(`Task/${id}`) }, ...(shown.activity ?? [])]
    await server.importAs('else', { ...shown, activity: added('more') })
    const whole = (id: string) => ({
      goal: [to('Goal/goal-1'), to('Goal/secret-goal/_history/1')],
      addresses: plan.addresses,
      activity: [{ reference: to(`Task/${id}`) }, ...plan.activity],
    })
    expect(await seenBy('amina')).toMatchObject(whole('more'))
    expect((await seenBy('else')).activity).toEqual(added('more'))
    const json = { ...shown, activity: added('other') }
    const found = await server.send('else', '/CarePlan?identifier=file', { method: 'PUT', json })
    expect(found.status).toBe(200)
    expect(await seenBy('amina')).toMatchObject(whole('other'))
    const entry = [
      {
        resource: { ...shown, activity: added('third') },
        request: { method: 'PUT', url: 'CarePlan/file', ifMatch: 'W/"3"' },
      },
    ]
    const bundle = { resourceType: 'Bundle', type: 'batch', entry }
    await server.send('else', '', { method: 'POST', json: bundle })
    expect(await seenBy('amina')).toMatchObject(whole('third'))
  })

  test('is removed by users who see it', async () => {
    const server = await started()
    const shown = await read(server, 'amina')
    expect(await server.put('amina', { ...shown, goal: [to('Goal/goal-1')] } as never, 1)).toBe(200)
    expect((await read(server, 'amina')).goal).toEqual([to('Goal/goal-1')])
  })

  const other = { ...plan, id: 'other', addresses: [to('Condition/open-need')], goal: [] }
  const tied = { ...seen, id: 'tied', encounter: undefined, derivedFrom: [to('Observation/note')] }
  const note = { ...seen, id: 'note', encounter: undefined, meta: { security: [because(between)] } }

  const found = async (server: House, who: string, path: string) => {
    const bundle = JSON.parse(await text(server, who, path)) as Bundle
    return (bundle.entry ?? []).map(({ resource }) => resource?.id)
  }

  test.each([
    ['CarePlan?goal=Goal/secret-goal', 'patel', [], ['walks']],
    ['CarePlan?goal=secret-goal', 'patel', [], ['walks']],
    ['CarePlan?goal:Goal=secret-goal', 'patel', [], ['walks']],
    ['CarePlan?goal=Goal/secret-goal,Goal/goal-1', 'patel', ['walks'], ['walks']],
    ['CarePlan?condition=https://x.example/fhir/Condition/secret-need', 'patel', [], ['walks']],
    ['Encounter?diagnosis:missing=false', 'patel', [], ['secret-stay', 'stay']],
    ['Encounter?diagnosis:missing=true', 'patel', ['stay'], []],
    ['Observation?encounter:missing=false&_id=seen', 'patel', [], ['seen']],
    ['Observation?encounter:identifier=w7', 'patel', [], ['seen']],
    ['Observation?encounter:text=ward', 'patel', [], ['seen']],
    ['Provenance?entity=secret-goal', 'patel', [], ['agreed']],
    ['Goal?_has:CarePlan:goal:condition=Condition/secret-need', 'patel', [], undefined],
    ['CarePlan?_id=walks,other&_sort=-condition', 'patel', ['other', 'walks'], ['walks', 'other']],
    ['Observation?derived-from=Observation/note', 'grace', [], ['tied']],
    ['Observation?derived-from:missing=false', 'grace', [], ['tied']],
    ['CarePlan?activity-reference=Task/none&_id=walks', 'patel', ['walks'], ['walks']],
    ['CarePlan?activity-reference:missing=false&_id=walks', 'patel', ['walks'], ['walks']],
  ] as const)('is found by no search: %s', async (path, who, hidden, known) => {
    const server = await started(other, condition('open-need'), tied, note)
    expect(await found(server, who, `/${path}`)).toEqual(hidden)
    const total = JSON.parse(await text(server, who, `/${path}&_summary=count`)) as Bundle
    expect(total.total).toBe(hidden.length)
    if (known) expect(await found(server, 'amina', `/${path}`)).toEqual(known)
  })

  test('is found by no condition of a write', async () => {
    const server = await started()
    const headers = { 'Content-Type': 'application/json-patch+json' }
    const body = JSON.stringify([{ op: 'replace', path: '/title', value: 'Mine' }])
    const patching = { method: 'PATCH', headers, body }
    const path = '/CarePlan?goal=Goal/secret-goal'
    expect((await server.send('patel', path, patching)).status).toBe(404)
    const json = { ...plan, id: undefined }
    const made = await server.send('patel', '/CarePlan', {
      ...{ method: 'POST', json, headers: { 'If-None-Exist': 'goal=Goal/secret-goal' } },
    })
    expect(made.status).toBe(201)
  })
})
