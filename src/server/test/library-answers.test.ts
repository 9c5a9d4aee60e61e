import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { allQuestions, type FormAnswers } from '#domain/assessment/form.ts'
import { libraryQuestionnaires } from '#domain/assessment/instruments/library-questionnaires.ts'
import {
  acknowledgeLicenceRequest,
  withLicenceAcknowledgement,
} from '#domain/assessment/instruments/licence-acknowledgement.ts'
import { packQuestionnaires } from '#domain/assessment/instruments/pack-questionnaires.ts'
import { toResponse } from '#domain/assessment/response.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { answersServer, scoreSeenBy, writeAnswers } from '#test-support/worlds/answers-server.ts'
import { bringIn, reasonsOf } from '#test-support/worlds/import-answer.ts'

const formOf = (id: string) => {
  const found = [...libraryQuestionnaires, ...packQuestionnaires].find((each) => each.id === id)
  if (!found) throw new Error(id)
  return formFromFhir(found)
}

const answersTo = (
  id: string,
  answers: FormAnswers,
  status: 'completed' | 'in-progress' = 'completed',
) =>
  toResponse({
    ...{ id: 'q', form: formOf(id), answers, status, person: 'p' },
    author: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
    authored: '2026-03-01T10:00:00Z',
  }) as QuestionnaireResponse & { id: string }

const option = (id: string, linkId: string, place: number) => {
  const question = allQuestions(formOf(id).items).find((each) => each.linkId === linkId)
  return [question?.options[place]?.answer ?? '']
}

const frailty = (more: FormAnswers = {}): FormAnswers => ({
  version: option('clinical-frailty-scale', 'version', 1),
  ...{ score: [6], day: ['2026-02-27'], assessor: ['Tom Price, physiotherapist'] },
  ...more,
})
const must: FormAnswers = {
  ...{ height: [160], weight: [45], 'weight-before': [50], 'acutely-ill': [false] },
}

eachStore('Answers to the library', (open) => {
  async function started() {
    const server = await answersServer((await open()).sql, demoQuestionnaires)
    const say = async (change: object = {}, who = 'admin') => {
      const asked = { instrument: 'must', words: 'Permission of BAPEN, 2026', takeBack: false }
      const json = acknowledgeLicenceRequest.write({ ...asked, version: 0, ...change })
      const path = '/fhir/Questionnaire/$acknowledge-licence'
      const answer = await (await server.as(who))(path, { method: 'POST', json })
      return { status: answer.status, text: await answer.text() }
    }
    return { ...server, say }
  }

  test('of a licensed questionnaire are refused, also as a draft, until an administrator says that it may be used', async () => {
    const { amina, say } = await started()
    for (const status of ['completed', 'in-progress'] as const) {
      const refused = await writeAnswers(amina, answersTo('must', must, status))
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain('An administrator has to say first')
    }
    for (const who of ['amina', 'ruth', 'grace']) expect((await say({}, who)).status, who).toBe(403)
    expect((await say({ words: ' ' })).status).toBe(422)
    expect((await say({ words: 'x'.repeat(1001) })).status).toBe(422)
    expect((await say({ instrument: 'phq-9' })).status).toBe(422)
    expect((await say({ takeBack: true })).text).toContain('nothing can be taken back')
    expect((await say()).status).toBe(200)
    expect((await say()).status, 'somebody was first').toBe(409)
    const stored = (await (await amina('/fhir/Questionnaire/must')).json()) as Questionnaire
    expect(JSON.stringify(stored.extension)).toContain('Permission of BAPEN, 2026')
    expect((await writeAnswers(amina, answersTo('must', must))).status).toBe(201)
    expect(await scoreSeenBy(amina)).toMatchObject({
      ...{ valueInteger: 3, interpretation: [{ coding: [{ code: 'high' }] }] },
    })
  })

  test('of a licensed questionnaire stay readable when it is taken back, and nobody begins it any more', async () => {
    const { amina, say, as } = await started()
    await say()
    await writeAnswers(amina, answersTo('must', must))
    expect((await say({ takeBack: true, version: 1, words: 'It ran out' })).status).toBe(200)
    expect((await amina('/fhir/QuestionnaireResponse/q')).status).toBe(200)
    const more = { ...answersTo('must', must), id: 'q2' }
    const second = await amina('/fhir/QuestionnaireResponse/q2', { method: 'PUT', json: more })
    expect(second.status).toBe(422)
    const history = await (await as('admin'))('/fhir/Questionnaire/must/_history')
    expect(((await history.json()) as { total: number }).total, 'all of it stays').toBe(2)
  })

  test('cannot be made possible by a plain write, a bundle or a file', async () => {
    const { amina, as } = await started()
    const [pack] = packQuestionnaires
    if (!pack) throw new Error('No packs')
    const said = { by: 'Somebody', at: '2026-03-01T09:00:00Z', words: 'x' }
    const forged = withLicenceAcknowledgement(pack, said, false)
    const other = { ...forged, id: 'another-id' }
    for (const who of ['admin', 'amina'])
      for (const json of [forged, other]) {
        const url = `Questionnaire/${json.id}`
        const call = await as(who)
        expect((await call(`/fhir/${url}`, { method: 'PUT', json })).status, who).toBe(403)
        const entry = [{ resource: json, request: { method: 'PUT', url } }]
        const bundle = { resourceType: 'Bundle', type: 'transaction', entry }
        expect((await call('/fhir', { method: 'POST', json: bundle })).status, who).toBe(403)
      }
    const admin = await as('admin')
    const { answer } = await bringIn(admin, JSON.stringify(forged), 'application/fhir+ndjson')
    expect(reasonsOf(answer).join()).toContain('licensed')
    expect((await writeAnswers(amina, answersTo('must', must))).status).toBe(422)
  })

  test('with a score from a licensed form keep its version, its day and who did it', async () => {
    const { amina } = await started()
    expect((await writeAnswers(amina, answersTo('clinical-frailty-scale', frailty()))).status).toBe(
      201,
    )
    expect(await scoreSeenBy(amina)).toMatchObject({
      ...{ valueInteger: 6, effectiveDateTime: '2026-02-27' },
      code: { coding: [{ code: '763264000' }] },
      method: { text: expect.stringContaining('version 2.0') },
      note: [{ text: expect.stringContaining('Tom Price, physiotherapist') }],
    })
  })

  test.each<[string, FormAnswers, string]>([
    ['a level that does not exist', { score: [10] }, 'is from 1 to 9'],
    ['a level of nought', { score: [0] }, 'is from 1 to 9'],
    ['half a level', { score: [4.5] }, 'must be a integer'],
    ['no version', { version: [] }, 'is not answered'],
    [
      'a version that does not exist',
      { version: [{ code: 'x', display: '3.0' }] },
      'not one of its options',
    ],
    ['no day', { day: [] }, 'is not answered'],
    ['a day in the future', { day: ['2027-01-01'] }, 'in the future'],
    ['nobody who did it', { assessor: [] }, 'is not answered'],
  ])('with %s are refused in words', async (_name, more, words) => {
    const { amina } = await started()
    const refused = await writeAnswers(amina, answersTo('clinical-frailty-scale', frailty(more)))
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(words)
  })

  test('to NEWS2 put each part beside the total', async () => {
    const { amina } = await started()
    const answers: FormAnswers = {
      ...{ suitable: [true], breathing: [24], scale: option('news-2', 'scale', 1) },
      ...{ 'scale-2-by': ['Dr Patel'], oxygen: [95] },
      'air-or-oxygen': option('news-2', 'air-or-oxygen', 1),
      ...{ pressure: [110], pulse: [90], consciousness: option('news-2', 'consciousness', 0) },
      temperature: [38.1],
    }
    expect((await writeAnswers(amina, answersTo('news-2', answers))).status).toBe(201)
    const score = await scoreSeenBy(amina)
    expect(score).toMatchObject({
      ...{ valueInteger: 8, code: { coding: [{ code: '1104051000000101' }] } },
      interpretation: [{ coding: [{ code: 'high' }] }],
    })
    expect(score.component?.map(({ valueInteger }) => valueInteger)).toEqual([2, 2, 2, 1, 0, 0, 1])
  })

  test('to ONS4 put each of its four values on the record, and no total', async () => {
    const { amina } = await started()
    const answers: FormAnswers = { satisfied: [7], worthwhile: [8], happy: [4], anxious: [6] }
    expect((await writeAnswers(amina, answersTo('ons-4', answers))).status).toBe(201)
    const saved = await Promise.all(
      ['score-q', 'score-q-worthwhile', 'score-q-happy', 'score-q-anxious'].map(
        async (id) => await scoreSeenBy(amina, id),
      ),
    )
    expect(saved.map(({ valueInteger }) => valueInteger)).toEqual([7, 8, 4, 6])
    expect(saved.map(({ interpretation }) => interpretation?.[0]?.coding?.[0]?.code)).toEqual([
      ...['high', 'high', 'low', 'high'],
    ])
  })

  test('can be given where an administrator has added the library, which leaves what is there as it is', async () => {
    const server = await answersServer((await open()).sql)
    const { amina, as } = server
    const add = async (who: string) => {
      const json = { resourceType: 'Parameters' }
      return await (await as(who))('/fhir/Questionnaire/$add-library', { method: 'POST', json })
    }
    for (const who of ['amina', 'ruth', 'grace']) expect((await add(who)).status, who).toBe(403)
    const many = { name: 'added', valueInteger: libraryQuestionnaires.length }
    expect(await (await add('admin')).json()).toMatchObject({ parameter: [many] })
    expect(await (await add('admin')).json()).toMatchObject({ parameter: [{ valueInteger: 0 }] })
    const phq9 = (await (await amina('/fhir/Questionnaire/phq-9')).json()) as Questionnaire
    expect(phq9.title).toBe('PHQ-9: mood over the last two weeks')
    expect((await amina('/fhir/Questionnaire/must')).status, 'no licensed one').toBe(404)
  })
})
