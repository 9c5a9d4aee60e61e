import type { Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { minutesBefore, testNow } from '#test-support/clock.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  aboutMe,
  agreement,
  amina,
  chidi,
  condition,
  goal,
  grace,
  message,
  share,
  standing,
} from '#test-support/worlds/grace-records.ts'

eachStore('Access to records', (open) => {
  async function started(
    consent: ReturnType<typeof share> = share(['me', 'roof'], ['read', 'write']),
  ) {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(
      standing.filter((each) => each.id !== 'other'),
      'brook-surgery',
    )
    await server.seed(
      standing.filter((each) => each.id === 'other'),
      'somewhere-else',
    )
    await server.seed([consent])
    return server
  }

  test.each([
    ['amina', `Patient/${graceId}`, 200],
    ['patel', `Patient/${graceId}`, 200],
    ['grace', `Patient/${graceId}`, 200],
    ['chidi', `Patient/${graceId}`, 200],
    ['admin', `Patient/${graceId}`, 200],
    ['ruth', `Patient/${graceId}`, 404],
    ['stranger', `Patient/${graceId}`, 404],
    ['karen', `Patient/${graceId}`, 404],
    ['amina', 'Patient/other', 404],
    ['grace', 'Patient/other', 404],
    ['chidi', 'Condition/condition-1', 404],
    ['grace', 'Condition/condition-1', 200],
    ['grace', 'RiskAssessment/risk-1', 404],
    ['grace', 'Communication/whisper-1', 404],
    ['amina', 'Communication/whisper-1', 200],
    ['stranger', 'Organization/brook-surgery', 200],
    ['ruth', 'Organization/brook-surgery', 200],
  ])('%s reading %s gets %i', async (identity, path, status) => {
    const server = await started()
    const call = await server.as(identity)
    expect((await call(`/fhir/${path}`)).status).toBe(status)
    const [type = '', id = ''] = path.split('/')
    const found = (await (await call(`/fhir/${type}?_id=${id}`)).json()) as Bundle
    expect(found.entry?.length ?? 0).toBe(status === 200 ? 1 : 0)
    const versions = await call(`/fhir/${path}/_history/1`)
    expect(versions.status).toBe(status)
  })

  test.each([
    ['grace', 'her own words', aboutMe(grace), 201],
    ['grace', 'words in Chidi’s name', aboutMe(chidi), 403],
    ['chidi', 'words in his own name', aboutMe(chidi), 201],
    ['chidi', 'words in Grace’s name', aboutMe(grace), 403],
    ['amina', 'words in Grace’s name', aboutMe(grace), 403],
    [
      'amina',
      'words that Amina wrote down for Grace, named as the writer',
      aboutMe(grace, {
        extension: [{ url: 'https://gable.example/fhir/supported-by', valueReference: amina }],
      }),
      201,
    ],
    ['stranger', 'words', aboutMe({ reference: 'Practitioner/robin-vale' }), 404],
    ['ruth', 'words', aboutMe(amina), 404],
    ['grace', 'a goal of her own', goal(grace), 201],
    ['grace', 'a goal in Amina’s name', goal(amina), 403],
    ['chidi', 'a goal in a room that is not shared', goal(chidi), 404],
    ['grace', 'her agreement', agreement(grace), 201],
    ['amina', 'Grace’s agreement', agreement(grace), 403],
    ['chidi', 'his agreement', agreement(chidi), 201],
    ['stranger', 'an agreement', agreement({ reference: 'Practitioner/robin-vale' }), 422],
    ['grace', 'a message', message(grace), 201],
    ['grace', 'a message from Amina', message(amina), 403],
    ['grace', 'a diagnosis', condition, 403],
    ['amina', 'a diagnosis', condition, 201],
    ['grace', 'an organisation', { resourceType: 'Organization', id: 'o1', name: 'Mine' }, 403],
    ['admin', 'an organisation', { resourceType: 'Organization', id: 'o1', name: 'Ours' }, 201],
    [
      'amina',
      'a record about another person',
      { ...condition, subject: { reference: 'Patient/other' } },
      404,
    ],
    [
      'amina',
      'a record that refers to another person',
      { ...condition, asserter: { reference: 'Patient/other' } },
      403,
    ],
    ['amina', 'a record about nobody', { ...goal(amina), subject: { display: 'nobody' } }, 422],
  ])('%s writing %s', async (identity, _what, json, status) => {
    const server = await started()
    const call = await server.as(identity)
    const path = `/fhir/${json.resourceType}/${json.id}`
    const response = await call(path, { method: 'PUT', json, headers: { 'If-None-Match': '*' } })
    expect([response.status, response.status === status ? '' : await response.text()]).toEqual([
      status,
      '',
    ])
  })

  test('an expired share gives no access', async () => {
    const server = await started(share(['me'], ['read'], '2020-02-01'))
    const call = await server.as('chidi')
    expect((await call(`/fhir/Patient/${graceId}`)).status).toBe(404)
  })

  test('a share ended a minute ago gives no access at the next request', async () => {
    const server = await started()
    const call = await server.as('chidi')
    expect((await call(`/fhir/Patient/${graceId}`)).status).toBe(200)
    const ended = minutesBefore(testNow, 1).toISOString()
    await server.seed([share(['me', 'roof'], ['read', 'write'], ended)])
    expect((await call(`/fhir/Patient/${graceId}`)).status).toBe(404)
  })

  test('a share for reading does not allow writing', async () => {
    const server = await started(share(['me'], ['read']))
    const call = await server.as('chidi')
    const init = { method: 'PUT', json: aboutMe(chidi) }
    expect((await call('/fhir/Observation/about-1', init)).status).toBe(403)
  })

  test('a person may add a goal to the plan, but not close the plan', async () => {
    const server = await started()
    const call = await server.as('grace')
    await call('/fhir/Goal/goal-1', { method: 'PUT', json: goal(grace) })
    const plan = await (await call('/fhir/CarePlan/plan-1')).json()
    const change = (more: object) =>
      call('/fhir/CarePlan/plan-1', {
        method: 'PUT',
        json: { ...plan, ...more },
        headers: { 'If-Match': 'W/"1"' },
      })
    expect((await change({ status: 'revoked' })).status).toBe(403)
    expect((await change({ goal: [{ reference: 'Goal/goal-1' }] })).status).toBe(200)
  })

  test('only the writer and the administrator delete a record', async () => {
    const server = await started()
    const grace = await server.as('grace')
    await grace('/fhir/Goal/goal-1', {
      method: 'PUT',
      json: goal({ reference: `Patient/${graceId}` }),
    })
    const of = async (identity: string) =>
      (await (await server.as(identity))('/fhir/Goal/goal-1', { method: 'DELETE' })).status
    expect([await of('stranger'), await of('amina'), await of('grace')]).toEqual([404, 403, 204])
  })

  test('a missing record and one without access give the same answer', async () => {
    const server = await started()
    const call = await server.as('stranger')
    const texts = await Promise.all(
      [`/fhir/Patient/${graceId}`, '/fhir/Patient/never-was'].map(async (p) =>
        (await call(p)).text(),
      ),
    )
    expect(texts[0]).toBe(texts[1])
  })

  test('answers to a questionnaire and their score are shared with no carer', async () => {
    const server = await started(share(['me', 'roof', 'record'], ['read']))
    const subject = { reference: `Patient/${graceId}` }
    const answers = {
      ...{ resourceType: 'QuestionnaireResponse', id: 'answers-1', status: 'completed' },
      ...{ questionnaire: 'Questionnaire/phq-9', subject },
    }
    const score = {
      ...{ resourceType: 'Observation', id: 'score-1', status: 'final', subject },
      code: { coding: [{ system: 'http://loinc.org', code: '44261-6' }] },
      valueInteger: 17,
      derivedFrom: [{ reference: 'QuestionnaireResponse/answers-1' }],
    }
    const writer = await server.as('amina')
    for (const json of [answers, score]) {
      const put = await writer(`/fhir/${json.resourceType}/${json.id}`, { method: 'PUT', json })
      expect(put.status).toBe(201)
    }
    const statuses = async (identity: string) => {
      const call = await server.as(identity)
      const paths = [
        'QuestionnaireResponse/answers-1',
        'Observation/score-1',
        'Condition/condition-1',
      ]
      return await Promise.all(paths.map(async (path) => (await call(`/fhir/${path}`)).status))
    }
    expect(await statuses('grace')).toEqual([200, 200, 200])
    expect(await statuses('chidi')).toEqual([404, 404, 200])
  })

  test('the person sees who read, who wrote and who was refused', async () => {
    const server = await started()
    await (await server.as('amina'))(`/fhir/Patient/${graceId}`)
    await (await server.as('stranger'))(`/fhir/Patient/${graceId}`)
    await (await server.as('amina'))('/fhir/Condition/condition-2', {
      method: 'PUT',
      json: condition,
    })
    const asked = { method: 'GET', url: `Patient/${graceId}` }
    await (await server.as('karen'))('/fhir', {
      method: 'POST',
      json: { resourceType: 'Bundle', type: 'batch', entry: [{ request: asked }] },
    })
    const call = await server.as('grace')
    const log = (await (await call(`/fhir/Patient/${graceId}/$who-looked`)).json()) as Bundle
    const entries = log.entry?.map(({ resource }) =>
      resource?.resourceType === 'AuditEvent'
        ? `${resource.agent[0]?.name} ${resource.action} ${resource.outcome}`
        : '',
    )
    expect(entries).toEqual([
      'Karen Lee R 4',
      ...['Amina Yusuf C 0', 'Dr Robin Vale R 4', 'Amina Yusuf R 0'],
    ])
    const stranger = await server.as('stranger')
    expect((await stranger(`/fhir/Patient/${graceId}/$who-looked`)).status).toBe(404)
  })
})
