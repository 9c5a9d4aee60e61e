import { describe, expect, test } from 'vitest'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { allQuestions, type FormAnswers } from '#domain/assessment/form.ts'
import { scoreOf } from '#domain/assessment/score.ts'
import { news2Questionnaire } from './shipped/news2-form.ts'

const form = formFromFhir(news2Questionnaire)
const optionOf = (linkId: string, at: number) => [
  allQuestions(form.items).find((each) => each.linkId === linkId)?.options[at]?.answer ?? '',
]

/** Everything at nought, on air, scale 1. */
const well: FormAnswers = {
  suitable: [true],
  breathing: [16],
  scale: optionOf('scale', 0),
  oxygen: [97],
  'air-or-oxygen': optionOf('air-or-oxygen', 0),
  pressure: [120],
  pulse: [70],
  consciousness: optionOf('consciousness', 0),
  temperature: [37],
}
const scale2 = { scale: optionOf('scale', 1), 'scale-2-by': ['Dr Patel'] }
const onOxygen = { 'air-or-oxygen': optionOf('air-or-oxygen', 1) }

const totalOf = (changed: FormAnswers) => {
  const score = scoreOf(form, { ...well, ...changed })
  return score?.state === 'complete' ? score.value : undefined
}

/** The chart of the Royal College of Physicians, written out: `[up to and including, points]`. */
type Chart = readonly (readonly [number, number])[]
const charts: readonly (readonly [string, string, FormAnswers, number, number, Chart])[] = [
  [
    'breaths a minute',
    'breathing',
    {},
    0,
    40,
    [
      [8, 3],
      [11, 1],
      [20, 0],
      [24, 2],
      [99, 3],
    ],
  ],
  [
    'oxygen on scale 1',
    'oxygen',
    {},
    80,
    100,
    [
      [91, 3],
      [93, 2],
      [95, 1],
      [100, 0],
    ],
  ],
  [
    'oxygen on scale 2, on air',
    'oxygen',
    scale2,
    78,
    100,
    [
      [83, 3],
      [85, 2],
      [87, 1],
      [100, 0],
    ],
  ],
  [
    ...(['oxygen on scale 2, on oxygen', 'oxygen', { ...scale2, ...onOxygen }, 78, 100] as const),
    [
      [83, 3],
      [85, 2],
      [87, 1],
      [92, 0],
      [94, 1],
      [96, 2],
      [100, 3],
    ],
  ],
  [
    'upper blood pressure',
    'pressure',
    {},
    60,
    240,
    [
      [90, 3],
      [100, 2],
      [110, 1],
      [219, 0],
      [300, 3],
    ],
  ],
  [
    'pulse',
    'pulse',
    {},
    30,
    150,
    [
      [40, 3],
      [50, 1],
      [90, 0],
      [110, 1],
      [130, 2],
      [300, 3],
    ],
  ],
]

describe('NEWS2 as a form', () => {
  test.each(charts)(
    'gives %s the points of the chart, one by one',
    (_name, linkId, also, from, to, chart) => {
      const forOxygen = 'air-or-oxygen' in also ? 2 : 0
      for (let value = from; value <= to; value += 1) {
        const points = chart.find(([upTo]) => value <= upTo)?.[1]
        const given = (totalOf({ ...also, [linkId]: [value] }) ?? -1) - forOxygen
        expect([value, given]).toEqual([value, points])
      }
    },
  )

  test.each([
    [340, 350, 3],
    [351, 360, 1],
    [361, 380, 0],
    [381, 390, 1],
    [391, 400, 2],
  ])('gives temperatures from %i to %i tenths of a degree %i points', (from, to, points) => {
    const tenths = Array.from({ length: to - from + 1 }, (_each, at) => from + at)
    const given = tenths.map((each) => totalOf({ temperature: [each / 10] }))
    expect(new Set(given)).toEqual(new Set([points]))
  })

  test.each([
    ['Alert', 0, 0],
    ['New confusion', 1, 3],
    ['Responds to voice', 2, 3],
    ['Responds to pain', 3, 3],
    ['Unresponsive', 4, 3],
  ])('counts %s', (_name, at, points) => {
    expect(totalOf({ consciousness: optionOf('consciousness', at) })).toBe(points)
  })

  test('counts two for oxygen', () => expect(totalOf(onOxygen)).toBe(2))

  test.each([
    ['nothing', {}, 'low', 0],
    ['four small parts', { breathing: [24], oxygen: [93] }, 'low', 4],
    ['a single three', { pulse: [40] }, 'low-medium', 3],
    ['a single three and a one', { pulse: [40], oxygen: [95] }, 'low-medium', 4],
    ['five without a three', { breathing: [24], oxygen: [93], pulse: [91] }, 'medium', 5],
    ['six with a three', { pulse: [40], breathing: [24], oxygen: [95] }, 'medium', 6],
    ['seven', { pulse: [40], breathing: [24], oxygen: [93] }, 'high', 7],
  ] as const)('calls %s by its band', (_name, changed, code, value) => {
    expect(scoreOf(form, { ...well, ...changed })).toMatchObject({ value, band: { code } })
  })

  test('reaches 20 at most', () => {
    const worst = {
      ...{ breathing: [30], oxygen: [80], ...onOxygen, pressure: [80], pulse: [140] },
      ...{ consciousness: optionOf('consciousness', 4), temperature: [34.5] },
    }
    expect(scoreOf(form, { ...well, ...worst })).toMatchObject({
      value: 20,
      band: { code: 'high' },
    })
  })

  test.each([
    'breathing',
    'scale',
    'oxygen',
    'air-or-oxygen',
    'pressure',
    'pulse',
    'consciousness',
    'temperature',
  ])('has no score without %s, and says so', (linkId) => {
    expect(scoreOf(form, { ...well, [linkId]: [] })).toMatchObject({
      ...{ state: 'partial', missing: [{ linkId }] },
    })
  })

  test('has no score for somebody under 16 or pregnant', () => {
    expect(scoreOf(form, { ...well, suitable: [false] })).toMatchObject({ state: 'partial' })
  })

  test('says the points of each part by its SNOMED code', () => {
    expect(scoreOf(form, { ...well, ...scale2, oxygen: [84] })).toMatchObject({
      parts: expect.arrayContaining([
        expect.objectContaining({
          code: expect.objectContaining({ code: '1104321000000108' }),
          value: 2,
        }),
      ]),
    })
  })
})
