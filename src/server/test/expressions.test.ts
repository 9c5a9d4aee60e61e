import type { Observation, OperationOutcome, QuestionnaireResponse } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { eachStore } from '#test-support/servers/stores.ts'
import { answersServer, bundle, put, subject } from '#test-support/worlds/answers-server.ts'
import {
  constraint,
  said,
  scale,
  scoreOn,
  sdcQuestionnaire,
  total,
} from '#test-support/worlds/sdc-form.ts'

const sum = "%resource.item.where(linkId = 'a' or linkId = 'b').answer.value.weight().sum()"
const bands = [
  ['low', 0, 2],
  ['high', 3, 6],
] as const
const form = sdcQuestionnaire(
  [scale('a'), scale('b'), { linkId: 'age', type: 'integer' }, total(sum)],
  {
    extension: [
      scoreOn('total', bands),
      scoreOn('age', [['old', 80, undefined]]),
      constraint(
        'The age must be the age of this person.',
        "%resource.item.where(linkId = 'age').answer.value.empty() or %resource.item.where(linkId = 'age').answer.value = %age",
      ),
    ],
  },
)

type Given = Readonly<Record<string, object>>

const answersTo = (given: Given, more: object = {}) =>
  ({
    ...{ resourceType: 'QuestionnaireResponse', id: 'r', status: 'completed', subject },
    ...{ questionnaire: 'https://example.org/q|1', authored: '2026-03-01T10:00:00Z' },
    item: Object.entries(given).map(([linkId, answer]) => ({ linkId, answer: [answer] })),
    ...more,
  }) as QuestionnaireResponse & { id: string }

const picked = (code: 'none' | 'some' | 'much') => ({ valueCoding: said(code)[0] })
const both = { a: picked('much'), b: picked('some') }

eachStore('Answers to a form with expressions', (open) => {
  const server = async () => await answersServer((await open()).sql, [form])
  type Served = Awaited<ReturnType<typeof server>>
  const write = async ({ amina }: Served, answers: QuestionnaireResponse & { id: string }) =>
    await amina('/fhir/', { method: 'POST', json: bundle('transaction', [put(answers)]) })
  const scores = async ({ amina }: Served) => {
    const answer = await amina('/fhir/Observation?patient=Patient/p&category=survey')
    const { entry = [] } = (await answer.json()) as { entry?: { resource: Observation }[] }
    return Object.fromEntries(
      entry.map(({ resource }) => [
        resource.id,
        [resource.status, resource.valueInteger, resource.interpretation?.[0]?.coding?.[0]?.code],
      ]),
    )
  }
  const faultsIn = async (answer: Response) =>
    ((await answer.json()) as OperationOutcome).issue.map(({ details }) => details?.text)

  test('are scored by the server, whoever sends them', async () => {
    const served = await server()
    expect((await write(served, answersTo({ ...both, age: { valueInteger: 85 } }))).status).toBe(
      200,
    )
    expect(await scores(served)).toEqual({
      'score-r': ['final', 4, 'high'],
      'score-r-age': ['final', 85, 'old'],
    })
  })

  test('are not scored while one is missing', async () => {
    const served = await server()
    expect((await write(served, answersTo({ a: picked('much') }))).status).toBe(200)
    expect(await scores(served)).toEqual({})
  })

  test('take their score with them when one of them is taken back', async () => {
    const served = await server()
    await write(served, answersTo(both))
    const without = answersTo({ a: picked('much') }, { status: 'amended' })
    const headers = { 'If-Match': 'W/"1"' }
    await served.amina('/fhir/QuestionnaireResponse/r', { method: 'PUT', json: without, headers })
    expect(await scores(served)).toMatchObject({ 'score-r': ['entered-in-error', 4, 'high'] })
  })

  test('are refused with a total that they do not give', async () => {
    const served = await server()
    const answer = await write(served, answersTo({ ...both, total: { valueInteger: 1 } }))
    expect(answer.status).toBe(422)
    expect(await faultsIn(answer)).toEqual(['“Total” is 1, but these answers give 4.'])
    expect(await scores(served)).toEqual({})
  })

  test('are refused with a total that cannot be worked out', async () => {
    const answer = await write(
      await server(),
      answersTo({ a: picked('much'), total: { valueInteger: 3 } }),
    )
    expect(answer.status).toBe(422)
    expect(await faultsIn(answer)).toEqual([
      '“Total” is 3, but cannot be worked out from these answers. Send it without a value.',
    ])
  })

  test('are refused if they break a rule of the form, in its own words', async () => {
    const answer = await write(await server(), answersTo({ ...both, age: { valueInteger: 90 } }))
    expect(answer.status).toBe(422)
    expect(await faultsIn(answer)).toEqual(['The age must be the age of this person.'])
  })

  test('may be a draft with whatever is there', async () => {
    const served = await server()
    const draft = answersTo({ age: { valueInteger: 90 } }, { status: 'in-progress' })
    expect((await write(served, draft)).status).toBe(200)
  })
})
