import type { OperationOutcome, Questionnaire } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { Caller } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { answersServer, bundle, subject } from '#test-support/worlds/answers-server.ts'
import {
  calculated,
  said,
  scale,
  scoreOn,
  sdcQuestionnaire,
  total,
} from '#test-support/worlds/sdc-form.ts'

const sum = "%resource.item.where(linkId = 'a').answer.value.weight().sum()"
const version = (name: string, more: Partial<Questionnaire> = {}) =>
  sdcQuestionnaire([scale('a'), total(sum)], {
    ...{ id: `own-${name}`, version: name, ...more },
    extension: [scoreOn('total', [[`band-${name}`, 0, 3]])],
  })

const entry = (resource: Questionnaire & { id: string }, ifMatch?: string) => ({
  resource,
  request: {
    ...{ method: 'PUT', url: `Questionnaire/${resource.id}`, ...(ifMatch ? { ifMatch } : {}) },
  },
})

eachStore('A questionnaire', (open) => {
  const server = async () => {
    const { as, amina } = await answersServer((await open()).sql)
    return { as, amina, admin: await as('admin') }
  }
  const put = async (call: Caller, resource: Questionnaire & { id: string }, ifMatch?: string) => {
    const headers: Record<string, string> = ifMatch ? { 'If-Match': ifMatch } : {}
    return await call(`/fhir/Questionnaire/${resource.id}`, {
      method: 'PUT',
      json: resource,
      headers,
    })
  }
  const faultsIn = async (answer: Response) => {
    const { issue } = (await answer.json()) as OperationOutcome
    return [answer.status, ...issue.map(({ details }) => details?.text)]
  }
  const together = async (call: Caller, ...entries: readonly object[]) =>
    await call('/fhir/', { method: 'POST', json: bundle('transaction', entries) })

  test('is published by an administrator, and by nobody else', async () => {
    const { admin, amina, as } = await server()
    expect((await put(amina, version('1'))).status).toBe(403)
    expect((await put(await as('ruth'), version('1'))).status).toBe(403)
    expect((await put(admin, version('1'))).status).toBe(201)
    const found = await amina('/fhir/Questionnaire?status=active&url=https://example.org/q')
    expect(((await found.json()) as { total?: number; entry?: unknown[] }).entry).toHaveLength(1)
  })

  test('with mistakes is refused with each of them, and may be kept as a draft', async () => {
    const { admin } = await server()
    const bad = sdcQuestionnaire([
      { linkId: 'a', type: 'choice', text: 'A', answerValueSet: 'http://vs' },
      { linkId: 'b', type: 'integer', text: 'B', extension: [calculated('%nowhere')] },
    ])
    expect(await faultsIn(await put(admin, bad))).toEqual([
      422,
      'Question a: It has no options. A list of answers elsewhere (answerValueSet) is not read.',
      'Question b: The calculated value: it names %nowhere, which is not known here.',
    ])
    expect((await put(admin, { ...bad, status: 'draft' })).status).toBe(201)
    expect(await faultsIn(await put(admin, bad, 'W/"1"'))).toHaveLength(3)
  })

  test('is never edited once it is published, only retired', async () => {
    const { admin } = await server()
    await put(admin, version('1'))
    expect(await faultsIn(await put(admin, version('1', { title: 'Another' }), 'W/"1"'))).toEqual([
      422,
      'Version 1 is published and cannot be changed (title). Publish a new version instead.',
    ])
    const gone = await admin('/fhir/Questionnaire/own-1', { method: 'DELETE' })
    expect(gone.status).toBe(403)
    expect((await put(admin, version('1', { status: 'retired' }), 'W/"1"')).status).toBe(200)
    expect(await faultsIn(await put(admin, version('1'), 'W/"2"'))).toEqual([
      422,
      'Version 1 was published: it can be retired, and nothing else. Publish a new version instead.',
    ])
  })

  test('has one version that is asked: the earlier one is retired with it', async () => {
    const { admin } = await server()
    await put(admin, version('1'))
    expect(await faultsIn(await put(admin, version('2')))).toEqual([
      422,
      'Version 1 is asked now: retire it in the same transaction.',
    ])
    const same = version('1', { id: 'another' })
    expect(await faultsIn(await put(admin, same))).toEqual([
      422,
      'Version 1 of this questionnaire is already published.',
    ])
    const retired = version('1', { status: 'retired' })
    const answer = await together(admin, entry(retired, 'W/"1"'), entry(version('2')))
    expect(answer.status).toBe(200)
  })

  test('that is retired leaves its answers readable, with the score of its own version', async () => {
    const { admin, amina } = await server()
    await put(admin, version('1'))
    const answers = {
      ...{ resourceType: 'QuestionnaireResponse', id: 'r', status: 'completed', subject },
      ...{ questionnaire: 'https://example.org/q|1', authored: '2026-03-01T10:00:00Z' },
      item: [{ linkId: 'a', answer: [{ valueCoding: said('much')[0] }] }],
    }
    const written = await amina('/fhir/QuestionnaireResponse/r', { method: 'PUT', json: answers })
    expect(written.status).toBe(201)
    await together(admin, entry(version('1', { status: 'retired' }), 'W/"1"'), entry(version('2')))
    // changed after the new version came: still counted by the old one
    const amended = {
      ...answers,
      status: 'amended',
      item: [{ linkId: 'a', answer: [{ valueCoding: said('some')[0] }] }],
    }
    const headers = { 'If-Match': 'W/"1"' }
    await amina('/fhir/QuestionnaireResponse/r', { method: 'PUT', json: amended, headers })
    const score = await amina('/fhir/Observation/score-r')
    expect(await score.json()).toMatchObject({
      ...{ valueInteger: 1, interpretation: [{ coding: [{ code: 'band-1' }] }] },
    })
    expect((await amina('/fhir/Questionnaire/own-1')).status).toBe(200)
  })
})
