import { beforeAll, describe, expect, test } from 'vitest'
import { scoresOf } from '#domain/assessment/score.ts'
import { said, scale, scoreOn, sdcForm, total } from '#test-support/worlds/sdc-form.ts'
import { loadFhirPath } from './load-fhir-path.ts'
import { workOut } from './work-out.ts'

beforeAll(async () => {
  await loadFhirPath()
})

const facts = { day: '2026-03-01' }
const sum = "%resource.item.where(linkId != 'total').answer.value.weight().sum()"
const items = [scale('a'), scale('b'), total(sum)]
const bands = [
  ['low', 0, 2],
  ['high', 3, 6],
] as const

const scoresFor = (form: ReturnType<typeof sdcForm>, answers: Parameters<typeof workOut>[1]) => {
  const worked = workOut(form, answers, facts)
  return scoresOf(worked.form, worked.answers)
}

describe('A score that a questionnaire carries', () => {
  const form = sdcForm(items, { extension: [scoreOn('total', bands)] })

  test.each([
    ['none', 'none', 0, 'low'],
    ['some', 'some', 2, 'low'],
    ['much', 'none', 3, 'high'],
    ['much', 'much', 6, 'high'],
  ] as const)('of %s and %s is %i, in the band %s', (a, b, value, band) => {
    const [score, ...more] = scoresFor(form, { a: said(a), b: said(b) })
    expect(score).toMatchObject({
      state: 'complete',
      value,
      band: { code: band, name: `Name of ${band}` },
    })
    expect(more).toEqual([])
  })

  test('is incomplete while an answer is missing, and never low', () => {
    const [score] = scoresFor(form, { a: said('none') })
    expect(score).toMatchObject({ state: 'partial', answered: 1, missing: [{ linkId: 'b' }] })
  })

  test('needs only the answers that it names, if it names any', () => {
    const named = scoreOn('total', bands, [{ url: 'needs', valueString: 'a' }])
    const [score] = scoresFor(sdcForm(items, { extension: [named] }), { a: said('much') })
    expect(score).toMatchObject({ state: 'complete', value: 3 })
  })

  test('is no score outside all bands', () => {
    const narrow = sdcForm(items, { extension: [scoreOn('total', [['low', 0, 2]])] })
    const [score] = scoresFor(narrow, { a: said('much'), b: said('much') })
    expect(score).toMatchObject({ state: 'failed', why: { kind: 'no-band', detail: '6' } })
  })

  test('is no score if its expression cannot be worked out', () => {
    const broken = sdcForm([scale('a'), total('%nowhere')], {
      extension: [scoreOn('total', bands)],
    })
    const [score] = scoresFor(broken, { a: said('much') })
    expect(score).toMatchObject({ state: 'failed', why: { kind: 'failed' } })
  })

  test('is not taken from an answer that was sent, without working it out', () => {
    const [score] = scoresOf(form, { total: [0] })
    expect(score).toMatchObject({ state: 'failed', why: { kind: 'not-loaded' } })
  })

  test('can be typed in, with bands that a condition narrows, and decimals', () => {
    const isBad = "%resource.item.where(linkId = 'worst').answer.value = true"
    const typed = sdcForm(
      [
        { linkId: 'seconds', type: 'decimal' },
        { linkId: 'worst', type: 'boolean' },
      ],
      {
        extension: [
          scoreOn('seconds', [
            ['urgent', undefined, 4, isBad],
            ['low', undefined, 11.9],
            ['high', 12, undefined],
          ]),
        ],
      },
    )
    const bandFor = (seconds: number, worst: boolean) => {
      const [score] = scoresFor(typed, { seconds: [seconds], worst: [worst] })
      return score?.state === 'complete' ? score.band.code : score?.state
    }
    expect([bandFor(3, false), bandFor(3, true), bandFor(12, true)]).toEqual([
      'low',
      'urgent',
      'high',
    ])
    expect(scoresFor(typed, {})[0]).toMatchObject({
      state: 'partial',
      missing: [{ linkId: 'seconds' }],
    })
  })

  test('can stand beside others', () => {
    const two = sdcForm(
      [
        { linkId: 'one', type: 'integer' },
        { linkId: 'two', type: 'integer' },
      ],
      { extension: [scoreOn('one', bands), scoreOn('two', bands)] },
    )
    expect(
      scoresFor(two, { one: [1], two: [5] }).map(
        (each) => each.state === 'complete' && each.band.code,
      ),
    ).toEqual(['low', 'high'])
  })
})
