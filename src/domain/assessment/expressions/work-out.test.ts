import type { QuestionnaireItem } from '@medplum/fhirtypes'
import { beforeAll, describe, expect, test } from 'vitest'
import { enabledIds } from '#domain/assessment/enabled.ts'
import type { FormAnswers } from '#domain/assessment/form.ts'
import { fromResponse, toResponse } from '#domain/assessment/response.ts'
import {
  calculated,
  enableWhen,
  said,
  scale,
  sdcForm,
  total,
  variable,
} from '#test-support/worlds/sdc-form.ts'
import { loadFhirPath } from './load-fhir-path.ts'
import { formWorker, workOut } from './work-out.ts'

beforeAll(async () => {
  await loadFhirPath()
})

const facts = { day: '2026-03-01', patient: { id: 'p', birthDate: '1940-05-01', gender: 'female' } }
describe('A calculated value', () => {
  const sum = "%resource.item.where(linkId != 'total').answer.value.weight().sum()"
  const sumForm = sdcForm([scale('a'), scale('b'), { linkId: 'note', type: 'string' }, total(sum)])

  test('adds the weights of all answers, wherever they are asked', () => {
    const { answers } = workOut(sumForm, { a: said('some'), b: said('much') }, facts)
    expect(answers['total']).toEqual([4])
  })

  test('is not worked out from a part: what is missing is named', () => {
    const worked = workOut(sumForm, { a: said('some') }, facts)
    expect(worked.answers['total']).toEqual([])
    expect(worked.form.worked?.missing.get('total')).toEqual(['b'])
  })

  test('is not worked out from an answer that has no weight', () => {
    const worked = workOut(sumForm, { a: said('some'), b: said('other') }, facts)
    expect(worked.answers['total']).toEqual([])
    expect(worked.form.worked?.faults.get('total')).toMatchObject({
      ...{ kind: 'failed', detail: 'The answer to “b” has no weight' },
    })
  })

  test.each([
    ['itself wrong', 'foo(', 'failed'],
    ['of a language that is not read', undefined, 'not-supported'],
    ['with the clock of the machine', 'today().toString().length()', 'failed'],
    ['with a function that asks elsewhere', "'x'.memberOf('http://vs')", 'failed'],
    ['with an unknown variable', '%nowhere', 'failed'],
    ['of another kind', "'many'", 'wrong-kind'],
    ['not a whole number', '5 / 2', 'wrong-kind'],
  ])('that is %s gives words and no number', (_title, expression, kind) => {
    const extension = expression
      ? [calculated(expression)]
      : [
          {
            ...calculated('1'),
            valueExpression: { language: 'text/cql' as const, expression: '1' },
          },
        ]
    const worked = workOut(sdcForm([{ linkId: 't', type: 'integer', extension }]), {}, facts)
    expect(worked.answers['t']).toEqual([])
    expect(worked.form.worked?.faults.get('t')?.kind).toBe(kind)
  })

  test('can use others, variables, and the age of the person', () => {
    const both = sdcForm(
      [
        total('%subtotal * 2 + %age'),
        {
          linkId: 'half',
          type: 'integer',
          extension: [calculated("%resource.item.where(linkId = 'n').answer.value + 1")],
        },
        { linkId: 'n', type: 'integer' },
      ],
      { extension: [variable('subtotal', "%resource.item.where(linkId = 'half').answer.value")] },
    )
    // born in May 1940: 85 in March 2026
    expect(workOut(both, { n: [4] }, facts).answers['total']).toEqual([95])
    expect(workOut(both, {}, facts).answers['total']).toEqual([])
  })

  test('that depends on itself through another is said to be circular', () => {
    const circle = sdcForm([
      {
        ...{ linkId: 'x', type: 'integer' },
        extension: [calculated("iif(%resource.item.where(linkId='y').answer.value > 0, 0, 1)")],
      },
      {
        ...{ linkId: 'y', type: 'integer' },
        extension: [calculated("iif(%resource.item.where(linkId='x').answer.value > 0, 1, 0)")],
      },
    ])
    const { answers, form: after } = workOut(circle, {}, facts)
    expect([answers['x'], answers['y']]).toEqual([[], []])
    expect(
      [...(after.worked?.faults.values() ?? []), ...(after.worked?.missing ?? [])].length > 0,
    ).toBe(true)
  })

  test('is the same number with or without binary fractions', () => {
    const decimal = sdcForm([
      { linkId: 'd', type: 'decimal', extension: [calculated('0.1 + 0.2')] },
    ])
    expect(workOut(decimal, {}, facts).answers['d']).toEqual([0.3])
  })
})

describe('A question with a condition as expression', () => {
  const falls = sdcForm([
    { linkId: 'falls', type: 'integer' },
    {
      ...{ linkId: 'where', type: 'string', required: true },
      extension: [enableWhen("%resource.item.where(linkId = 'falls').answer.value > 1")],
    },
  ])
  test.each([
    ['while it is true', [2], true],
    ['not while it is false', [1], false],
    ['not while it gives nothing', [], false],
  ])('is asked %s', (_title, given, asked) => {
    const { form: after, answers } = workOut(falls, { falls: given }, facts)
    expect(enabledIds(after, answers).has('where')).toBe(asked)
  })

  test('is asked if it cannot be worked out', () => {
    const broken = sdcForm([{ linkId: 'a', type: 'string', extension: [enableWhen('nonsense(')] }])
    const { form: after, answers } = workOut(broken, {}, facts)
    expect(enabledIds(after, answers).has('a')).toBe(true)
    expect(after.worked?.faults.get('a')?.kind).toBe('failed')
  })
})

describe('A group that repeats', () => {
  const visits = sdcForm([
    {
      ...{ linkId: 'visit', type: 'group', repeats: true },
      extension: [variable('here', "%context.item.where(linkId='minutes').answer.value")],
      item: [
        { linkId: 'minutes', type: 'integer' },
        { linkId: 'late', type: 'boolean' },
        {
          ...{ linkId: 'why', type: 'string' },
          enableWhen: [{ question: 'late', operator: '=', answerBoolean: true }],
        },
        {
          ...{ linkId: 'hours', type: 'decimal' },
          extension: [calculated('%here / 60')],
        },
      ],
    },
    {
      ...{ linkId: 'all', type: 'integer' },
      extension: [
        calculated(
          "%resource.item.where(linkId='visit').item.where(linkId='minutes').answer.value.sum()",
        ),
      ],
    },
  ])
  const answers: FormAnswers = {
    ...{ minutes: [30], late: [false], 'minutes~visit:1': [45], 'late~visit:1': [true] },
    'why~visit:1': ['Traffic'],
  }

  test('keeps the answers of each round together, in the record and back', () => {
    const worked = workOut(visits, answers, facts)
    const response = toResponse({
      ...worked,
      ...{ id: 'r', status: 'completed', person: 'p', author: {}, authored: facts.day },
    })
    expect(response.item?.map(({ linkId }) => linkId)).toEqual(['visit', 'visit', 'all'])
    expect(response.item?.[1]?.item?.map(({ linkId }) => linkId)).toEqual([
      ...['minutes', 'late', 'why', 'hours'],
    ])
    const hours = { hours: [0.5], 'hours~visit:1': [0.75] }
    expect(fromResponse(response)).toEqual({ ...answers, ...hours, all: [75] })
  })

  test('asks the condition of a round in that round', () => {
    const worked = workOut(visits, answers, facts)
    const asked = enabledIds(worked.form, worked.answers)
    expect([asked.has('why'), asked.has('why~visit:1')]).toEqual([false, true])
  })

  test('is worked out for the whole', () => {
    expect(workOut(visits, answers, facts).answers['all']).toEqual([75])
    expect(workOut(visits, { ...answers, minutes: [] }, facts).answers['all']).toEqual([])
  })
})

describe('A form of 200 questions', () => {
  const groups = Array.from({ length: 20 }, (_, at) => `g${at}`)
  const long = sdcForm([
    ...groups.map((group): QuestionnaireItem => {
      const parts = Array.from({ length: 9 }, (_, at) => `${group}.${at}`)
      const picked = parts.map((each) => `linkId='${each}'`).join(' or ')
      return {
        ...{ linkId: group, type: 'group' },
        item: [
          ...parts.map((each) => scale(each)),
          {
            ...{ linkId: `${group}.sum`, type: 'integer' },
            extension: [
              calculated(
                `%resource.item.where(linkId='${group}').item.where(${picked}).answer.value.weight().sum()`,
              ),
            ],
          },
        ],
      }
    }),
    total(
      groups
        .map(
          (each) =>
            `%resource.item.where(linkId='${each}').item.where(linkId='${each}.sum').answer.value`,
        )
        .join(' + '),
    ),
  ])
  const all: FormAnswers = Object.fromEntries(
    groups.flatMap((group) =>
      Array.from({ length: 9 }, (_, at) => [`${group}.${at}`, said('some')]),
    ),
  )

  test('evaluates what depends on the answer, not the whole form', () => {
    const worker = formWorker(long, facts)
    expect(worker.work(all).answers['total']).toEqual([180])
    const opened = worker.evaluations()
    expect(worker.work({ ...all, 'g7.3': said('much') }).answers['total']).toEqual([182])
    expect(worker.evaluations() - opened).toBeLessThanOrEqual(2)
  })

  test('evaluates nothing for an answer that nothing depends on', () => {
    const plain = sdcForm([
      scale('a'),
      total("%resource.item.where(linkId='a').answer.value.weight()"),
      { linkId: 'note', type: 'text' },
    ])
    const worker = formWorker(plain, facts)
    worker.work({ a: said('some') })
    const before = worker.evaluations()
    worker.work({ a: said('some'), note: ['x'] })
    const a = said('some')
    worker.work({ a })
    const again = worker.evaluations()
    worker.work({ a, note: ['xy'] })
    expect(worker.evaluations()).toBe(again)
    expect(before).toBe(1)
  })
})
