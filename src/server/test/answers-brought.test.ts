import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  answersServer,
  bright,
  bundle,
  put,
  scoreSeenBy,
  subject,
  writeAnswers,
} from '#test-support/worlds/answers-server.ts'
import { bringIn, reasonsOf } from '#test-support/worlds/import-answer.ts'
import {
  calculated,
  said,
  scale,
  scoreOn,
  sdcQuestionnaire,
  total,
} from '#test-support/worlds/sdc-form.ts'

const sum = "%resource.item.where(linkId = 'a').answer.value.weight().sum()"
const own = sdcQuestionnaire([scale('a'), total(sum)], {
  ...{ id: 'own-1', extension: [scoreOn('total', [['low', 0, 3]])] },
})
const json = 'application/fhir+ndjson'

eachStore('What a file brings of assessments', (open) => {
  const server = async () => {
    const { as } = await answersServer((await open()).sql, demoQuestionnaires)
    return { admin: await as('admin'), amina: await as('amina') }
  }
  const lines = (...records: readonly object[]) =>
    records.map((each) => JSON.stringify(each)).join('\n')

  test('is published by the same rules as on the page', async () => {
    const { admin } = await server()
    const bad = sdcQuestionnaire([
      { linkId: 'b', type: 'integer', text: 'B', extension: [calculated('%nowhere')] },
    ])
    const refused = await bringIn(admin, lines(bad), json)
    expect(reasonsOf(refused.answer)).toEqual([expect.stringContaining('names %nowhere')])
    expect(reasonsOf((await bringIn(admin, lines(own), json)).answer)).toEqual([])
    const second = { ...own, id: 'own-2', version: '2' }
    expect(reasonsOf((await bringIn(admin, lines(second), json)).answer)).toEqual([
      'Version 1 is asked now: retire it in the same transaction.',
    ])
    const edited = await bringIn(admin, lines({ ...own, title: 'Another' }), json)
    expect(reasonsOf(edited.answer)).toEqual([expect.stringContaining('is published')])
    const retired = { ...own, status: 'retired' }
    expect(reasonsOf((await bringIn(admin, lines(retired, second), json)).answer)).toEqual([])
  })

  test('has the values that its questionnaire works out, or is refused', async () => {
    const { admin, amina } = await server()
    await bringIn(admin, lines(own), json)
    const answers = (points: number): QuestionnaireResponse => ({
      ...{ resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', subject },
      ...{ questionnaire: 'https://example.org/q|1', authored: '2026-03-01T10:00:00Z' },
      item: [
        { linkId: 'a', answer: said('much').map((valueCoding) => ({ valueCoding })) },
        { linkId: 'total', answer: [{ valueInteger: points }] },
      ],
    })
    const wrong = await bringIn(amina, lines(answers(1)), json)
    expect(reasonsOf(wrong.answer)).toEqual(['“Total” is 1, but these answers give 3.'])
    expect(reasonsOf((await bringIn(amina, lines(answers(3)), json)).answer)).toEqual([])
    expect((await scoreSeenBy(amina)).valueInteger).toBe(3)
  })

  test('and an own id do not let another number pass as the score of answers, on any way in', async () => {
    const { amina } = await server()
    await writeAnswers(amina, bright)
    const { meta: _, ...score } = await scoreSeenBy(amina)
    const forged = { ...score, id: 'mine', valueInteger: 1 }
    const sent = await amina('/fhir/Observation/mine', { method: 'PUT', json: forged })
    expect(sent.status).toBe(422)
    const posted = await amina('/fhir/Observation', {
      ...{ method: 'POST', json: { ...forged, id: undefined } },
    })
    expect(posted.status).toBe(422)
    const versioned = {
      ...forged,
      derivedFrom: [{ reference: 'QuestionnaireResponse/q/_history/1' }],
    }
    expect((await amina('/fhir/Observation/mine', { method: 'PUT', json: versioned })).status).toBe(
      422,
    )
    expect(reasonsOf((await bringIn(amina, lines(forged), json)).answer)).toEqual([
      expect.stringContaining('Correct the answers'),
    ])
    const right = { ...score, id: 'same' }
    expect(reasonsOf((await bringIn(amina, lines(right), json)).answer)).toEqual([])
    // with its answers in one request: taken back when the answers are there
    const other = { ...bright, id: 'q2' }
    const late = { ...forged, derivedFrom: [{ reference: 'QuestionnaireResponse/q2' }] }
    for (const entries of [
      [put(other), put(late)],
      [put({ ...late, id: 'first' }), put({ ...other, id: 'q2' })],
    ])
      await amina('/fhir', { method: 'POST', json: bundle('transaction', entries) })
    const found = await amina('/fhir/Observation?patient=Patient/p&code=44261-6&_count=50')
    const { entry = [] } = (await found.json()) as { entry?: { resource: typeof score }[] }
    const standing = entry.filter(({ resource }) => resource.status === 'final')
    expect(standing.map(({ resource }) => resource.valueInteger)).toEqual([24, 24, 24])
  })
})
