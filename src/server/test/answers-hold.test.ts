import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import { gableCodeSystem, snomedSystem } from '#domain/fhir/codes.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  answersServer,
  bright,
  bundle,
  phq9,
  put,
  scoreSeenBy,
  subject,
  writeAnswers,
} from '#test-support/worlds/answers-server.ts'
import { said, scale, scoreOn, sdcQuestionnaire, total } from '#test-support/worlds/sdc-form.ts'

const given = (linkId: string, ...answer: readonly object[]) => ({ linkId, answer })
const number = (linkId: string, valueDecimal: number) => given(linkId, { valueDecimal })
const whole = (linkId: string, valueInteger: number) => given(linkId, { valueInteger })
const yes = (linkId: string, valueBoolean: boolean) => given(linkId, { valueBoolean })
const code = (linkId: string, text: string, system = gableCodeSystem) =>
  given(linkId, { valueCoding: { system, code: text } })

const ours = (id: string) => `https://gable.example/fhir/Questionnaire/${id}|1.0`
const nobodys = 'https://example.org/none|1'
const answersTo = (questionnaire: string, item: readonly object[]) =>
  ({
    ...{ resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', subject },
    ...{ questionnaire, authored: '2026-03-01T10:00:00Z', item },
  }) as QuestionnaireResponse & { id: string }

const must = [
  ...[number('height', 160), number('weight', 45), number('weight-before', 50)],
  yes('acutely-ill', false),
]
const news2 = (more: readonly object[]) => [
  ...[yes('suitable', true), whole('breathing', 16), whole('oxygen', 88)],
  ...[whole('pressure', 120), whole('pulse', 70)],
  ...[code('consciousness', '248234008', snomedSystem), number('temperature', 37), ...more],
]

const sum = "%resource.item.where(linkId = 'a').answer.value.weight().sum()"
const formOf = (id: string, more: Partial<Questionnaire>, band: string, times = '') =>
  sdcQuestionnaire([scale('a'), total(`${sum} ${times}`)], {
    ...{ id, ...more, extension: [scoreOn('total', [[band, 0, 9]])] },
  })
const limits = sdcQuestionnaire(
  [
    {
      ...{ linkId: 'a', type: 'integer', text: 'Level', required: true },
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/minValue', valueInteger: 0 },
        { url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueInteger: 9 },
      ],
    },
    { linkId: 'b', type: 'string', text: 'Who', required: true },
  ],
  { url: 'https://example.org/typed', extension: [scoreOn('a', [['low', undefined, 9]])] },
)

eachStore('Answers', (open) => {
  const server = async (more: readonly object[] = []) =>
    await answersServer((await open()).sql, [...demoQuestionnaires, ...more])
  const changed = { 'If-Match': 'W/"1"' }

  test('of another questionnaire are checked again when they are moved to a licensed one', async () => {
    const { amina } = await server()
    expect((await writeAnswers(amina, answersTo(nobodys, must))).status).toBe(201)
    const moved = await amina('/fhir/QuestionnaireResponse/q', {
      ...{ method: 'PUT', json: answersTo(ours('must'), must), headers: changed },
    })
    expect(moved.status).toBe(422)
    expect(await moved.text()).toContain('An administrator has to say first')
    expect((await scoreSeenBy(amina)).resourceType).toBe('OperationOutcome')
  })

  test('have a score that no client changes, takes back or deletes', async () => {
    const { amina, as } = await server()
    await writeAnswers(amina, bright)
    const score = await scoreSeenBy(amina)
    expect(score.valueInteger).toBe(24)
    const admin = await as('admin')
    for (const more of [{ valueInteger: 1 }, { status: 'entered-in-error' as const }])
      for (const who of [amina, admin]) {
        const json = { ...score, ...more }
        const put = await who('/fhir/Observation/score-q', {
          method: 'PUT',
          json,
          headers: changed,
        })
        expect([403, 422]).toContain(put.status)
      }
    const refused = await amina('/fhir/Observation/score-q', {
      ...{ method: 'PUT', json: { ...score, valueInteger: 1 }, headers: changed },
    })
    expect(await refused.text()).toContain('Correct the answers')
    const gone = await amina('/fhir/Observation/score-q', { method: 'DELETE', headers: changed })
    expect([403, 422]).toContain(gone.status)
    expect(await scoreSeenBy(amina)).toMatchObject({ status: 'final', valueInteger: 24 })
  })

  test('that are not whole keep no score that came with them or after them', async () => {
    const { amina } = await server()
    const draft = { ...phq9([0, 0]), status: 'in-progress' }
    await writeAnswers(amina, bright)
    const { meta: _, ...score } = await scoreSeenBy(amina)
    const other = { ...draft, id: 'q2' }
    const forged = {
      ...{ ...score, id: 'score-q2', valueInteger: 1 },
      derivedFrom: [{ reference: 'QuestionnaireResponse/q2' }],
    }
    const together = bundle('transaction', [put(other), put(forged)])
    expect((await amina('/fhir', { method: 'POST', json: together })).status).toBe(200)
    expect((await scoreSeenBy(amina, 'score-q2')).status).toBe('entered-in-error')
    const third = { ...draft, id: 'q3' }
    await amina('/fhir/QuestionnaireResponse/q3', { method: 'PUT', json: third })
    const json = {
      ...{ ...forged, id: 'score-q3' },
      derivedFrom: [{ reference: 'QuestionnaireResponse/q3' }],
    }
    const late = await amina('/fhir/Observation/score-q3', { method: 'PUT', json })
    expect(late.status).toBe(422)
  })

  test('are scored by the published form, never by a draft, and a draft of a published version is refused', async () => {
    const { amina, as } = await server()
    const admin = await as('admin')
    const send = async (json: Questionnaire & { id: string }) =>
      (await admin(`/fhir/Questionnaire/${json.id}`, { method: 'PUT', json })).status
    expect(await send(formOf('own-0', { status: 'draft' }, 'draft', '* 0'))).toBe(201)
    for (const questionnaire of ['https://example.org/q|1', 'https://example.org/q'])
      await writeAnswers(amina, {
        ...answersTo(questionnaire, [given('a', { valueCoding: said('much')[0] })]),
      })
    expect((await scoreSeenBy(amina)).resourceType, 'a draft').toBe('OperationOutcome')
    expect(await send(formOf('own-a', {}, 'right'))).toBe(201)
    expect(await send(formOf('own-b', { status: 'draft' }, 'again'))).toBe(422)
    expect(await send(formOf('own-c', {}, 'again'))).toBe(422)
    expect(await send(formOf('own-d', { status: 'draft', version: '2' }, 'next', '* 0'))).toBe(201)
    for (const [id, version] of [
      ['with', '|1'],
      ['without', ''],
    ]) {
      const item = [given('a', { valueCoding: said('much')[0] })]
      const json = { ...answersTo(`https://example.org/q${version}`, item), id }
      await amina(`/fhir/QuestionnaireResponse/${id}`, { method: 'PUT', json })
      expect(await scoreSeenBy(amina, `score-${id}`), id).toMatchObject({
        ...{ valueInteger: 3, interpretation: [{ coding: [{ code: 'right' }] }] },
      })
    }
  })

  test.each<[string, QuestionnaireResponse, string]>([
    [
      'with an oxygen code that is not one',
      answersTo(
        ours('news-2'),
        news2([code('scale', 'news2-scale-1'), code('air-or-oxygen', 'nonsense', snomedSystem)]),
      ),
      'not one of its options',
    ],
    [
      'on the second oxygen scale without the clinician who chose it',
      answersTo(
        ours('news-2'),
        news2([code('scale', 'news2-scale-2'), code('air-or-oxygen', '722742002', snomedSystem)]),
      ),
      'is not answered',
    ],
    [
      'with two answers to one question',
      {
        ...bright,
        item: [{ linkId: 'problems', item: [bright, bright].flatMap(itemsOf) }],
      },
      'more than one answer',
    ],
  ])('to a form of the library %s are refused in words', async (_name, answers, words) => {
    const { amina } = await server()
    const refused = await writeAnswers(amina, answers)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(words)
    const draft = await writeAnswers(amina, { ...answers, status: 'in-progress' })
    expect(draft.status, 'a draft is not final').toBe(201)
  })

  test('to a form of the organisation keep its limits and its required questions', async () => {
    const { amina } = await server([limits])
    const to = (item: readonly object[]) => answersTo('https://example.org/typed|1', item)
    const faults = async (item: readonly object[]) =>
      await (await writeAnswers(amina, to(item))).text()
    const who = given('b', { valueString: 'Amina' })
    expect(await faults([whole('a', -999), who])).toContain('“Level” is from 0 to 9')
    expect(await faults([whole('a', 3)])).toContain('“Who” is not answered')
    const twice = given('a', { valueInteger: 3 }, { valueInteger: 4 })
    expect(await faults([twice, who])).toContain('more than one answer')
    expect((await writeAnswers(amina, to([whole('a', 3), who]))).status).toBe(201)
  })
})

function itemsOf({ item = [] }: QuestionnaireResponse) {
  return item[0]?.item ?? []
}
