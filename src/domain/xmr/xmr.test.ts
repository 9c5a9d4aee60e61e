import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type XmrKind, type XmrOptions, xmr } from './xmr.ts'
import { xmrFault } from './xmr-fault.ts'
import { type XmrValue, xmrLimits } from './xmr-limits.ts'

const increase: XmrOptions = { direction: 'increase' }
const limitsOf = (values: readonly XmrValue[], more: Partial<XmrOptions> = {}) =>
  xmr(values, { ...increase, ...more }).groups.at(-1)?.limits

/** What each value is: its rule and side, or a dot. */
const drawn = (values: readonly XmrValue[], more: Partial<XmrOptions> = {}) =>
  xmr(values, { ...increase, ...more })
    .points.map(({ signal }) => (signal ? `${signal.rule} ${signal.side}` : '.'))
    .join(' | ')

const times = <T>(count: number, each: T): readonly T[] => Array.from({ length: count }, () => each)
/** Mean 10 and moving range 2: limits 4.68 and 15.32, near limits 6.4534 and 13.5466. */
const calm = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? 9 : 11))
const afterCalm = (...more: readonly XmrValue[]) =>
  drawn([...calm, ...more], { fixAfter: 12 })
    .split(' | ')
    .slice(12)

describe('limits', () => {
  test('are the mean and 2.66 times the mean moving range, near limits two thirds of the way', () => {
    expect(limitsOf(calm)).toEqual({
      ...{ mean: 10, movingRange: 2, screenedOut: 0, isTrial: true },
      ...{ upper: 10 + 2.66 * 2, lower: 10 - 2.66 * 2 },
      ...{ nearUpper: 10 + 1.7733 * 2, nearLower: 10 - 1.7733 * 2 },
    })
  })

  test('leave out moving ranges of at least 3.267 times their mean, unless that is switched off', () => {
    // ranges: thirteen of 1 and one of 20; their mean is 33/14
    const values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 21]
    expect(limitsOf(values)).toMatchObject({ movingRange: 1, screenedOut: 1 })
    expect(limitsOf(values, { screening: false })).toMatchObject({
      ...{ movingRange: 33 / 14, screenedOut: 0 },
    })
  })

  test('of equal values are that value, and nothing is special', () => {
    expect(limitsOf(times(20, 5))).toMatchObject({ upper: 5, lower: 5, movingRange: 0 })
    expect(drawn(times(20, 0.1))).not.toContain('|  ')
    expect(new Set(drawn(times(20, 0.1)).split(' | '))).toEqual(new Set(['.']))
  })

  test.each([
    [2, true],
    [12, true],
    [13, false],
    [24, false],
  ])('of %i values are trial limits: %s', (count, isTrial) => {
    expect(limitsOf(Array.from({ length: count }, (_, at) => at % 3))?.isTrial).toBe(isTrial)
  })

  test('come from the first so many values of each group, if that was asked for', () => {
    const values = [...calm, ...times(12, 30)]
    expect(limitsOf(values, { fixAfter: 12 })).toMatchObject({ mean: 10, isTrial: false })
    expect(limitsOf(values)).toMatchObject({ mean: 20 })
    expect(limitsOf(calm, { fixAfter: 20 }), 'fewer than that').toMatchObject({ mean: 10 })
    const rebased = xmr([...values, ...times(2, 40)], {
      ...increase,
      ...{ fixAfter: 12, rebases: [{ at: 13, reason: 'Read back aloud' }] },
    })
    expect(rebased.groups.map(({ limits }) => limits?.mean)).toEqual([10, 30])
  })

  test('begin again where a group begins, with its reason', () => {
    const { groups, points } = xmr([...calm, ...calm.map((each) => each + 50)], {
      ...increase,
      rebases: [{ at: 13, reason: 'A second nurse' }],
    })
    expect(groups).toMatchObject([
      { at: 1, count: 12, limits: { mean: 10 } },
      { at: 13, count: 12, limits: { mean: 60 }, reason: 'A second nurse' },
    ])
    expect(points.map(({ group }) => group)).toEqual([...times(12, 0), ...times(12, 1)])
    expect(points.every(({ kind }) => kind === 'common')).toBe(true)
  })

  test('take no moving range across a value that is not shown', () => {
    expect(limitsOf([9, 11, null, 40, 42])).toMatchObject({ movingRange: 2, mean: 25.5 })
    expect(limitsOf([9, null, 11, null, 9])).toBeUndefined()
    expect(drawn([9, null, 900])).toBe('. | . | .')
  })

  test('from the first 12 known values count gaps as nothing', () => {
    const values = [...calm.slice(0, 6), null, ...calm.slice(6), 30]
    expect(xmrLimits(values, { screening: true, fixAfter: 12 })).toMatchObject({ mean: 10 })
  })
})

describe('rules', () => {
  test.each([
    ['above the upper limit', [15.33], ['outside high']],
    ['below the lower limit', [4.67], ['outside low']],
    ['equal to the upper limit: chance', [15.32], ['.']],
    ['equal to the lower limit: chance', [4.68], ['.']],
    ['one beyond a near limit: chance', [13.6], ['.']],
    ['two of three beyond a near limit', [14, 11, 14], [twoHigh, '.', twoHigh]],
    ['two beside each other after one above', [11, 14, 14], ['.', twoHigh, twoHigh]],
    ['two at the end, with the mean before them: chance', [14, 14], ['.', '.']],
    ['two low of three', [6, 9, 6], [twoLow, '.', twoLow]],
    ['the third on the other side of the mean', [14, 9, 14], times(3, '.')],
    ['the third equal to the mean', [14, 10, 14], times(3, '.')],
    ['equal to the near limit: chance', [13.5466, 11, 13.5466], times(3, '.')],
    ['one outside and one near: the near one is alone', [16, 11, 14], ['outside high', '.', '.']],
    ['too far apart', [14, 11, 11, 14], times(4, '.')],
    ['a gap between', [14, null, 14], times(3, '.')],
  ])('%s', (_, values, found) => {
    // 10 in front: the last calm value is above the mean
    expect(afterCalm(10, ...values).slice(1)).toEqual(found)
  })

  test.each([
    ['seven above', times(7, 11.5), times(7, 'one-side high')],
    ['six above', times(6, 11.5), times(6, '.')],
    ['seven below', times(7, 8.5), times(7, 'one-side low')],
    ['eight above', times(8, 11.5), times(8, 'one-side high')],
    ['equal to the mean breaks it', [...times(4, 11.5), 10, ...times(4, 11.5)], times(9, '.')],
    ['a gap breaks it', [...times(4, 11.5), null, ...times(4, 11.5)], times(9, '.')],
  ])('one side of the mean: %s', (_, values, found) => {
    expect(afterCalm(10, ...values).slice(1)).toEqual(found)
  })

  test.each([
    ['six steps up', [8, 8.5, 9, 9.5, 10.5, 11, 11.5], times(7, 'trend high')],
    ['five steps up', [8, 8.5, 9, 9.5, 10.5, 11], times(6, '.')],
    ['six steps down', [12, 11.5, 11, 10.5, 9.5, 9, 8.5], times(7, 'trend low')],
    ['a step that is none', [8, 8.5, 9, 9, 9.5, 10.5, 11, 11.5], times(8, '.')],
    ['a gap', [8, 8.5, 9, null, 9.5, 10.5, 11, 11.5], times(8, '.')],
  ])('trend: %s', (_, values, found) => {
    const [first = 10] = values
    // the value in front steps the other way
    const front = (values[1] ?? 0) > Number(first) ? Number(first) + 0.5 : Number(first) - 0.5
    expect(afterCalm(10, front, ...values).slice(2)).toEqual(found)
  })

  test('where a rise meets a fall, the top belongs to the fall, and the last to what went before', () => {
    const peak = [7, 8, 9, 9.5, 10.5, 11, 12, 11, 10.5, 9.5, 9, 8, 7]
    expect(afterCalm(10, ...peak).slice(1)).toEqual([
      ...times(6, 'trend high'),
      ...times(7, 'trend low'),
    ])
  })

  test('outside goes before a trend, a trend before two of three, two of three before one side', () => {
    expect(afterCalm(10, 9, 10.5, 11, 12, 13, 14, 16).slice(1)).toEqual([
      ...times(6, 'trend high'),
      'outside high',
    ])
    expect(afterCalm(10, 11, 11, 14, 14, 11, 11, 11).slice(1)).toEqual([
      ...['one-side high', 'one-side high', twoHigh, twoHigh],
      ...times(3, 'one-side high'),
    ])
  })

  test('hold in decimals: sums that differ in their last digits are equal', () => {
    // 0.1 + 0.2 is not 0.3 in binary
    const values = times(12, 0.3).map((each, at) => (at % 2 ? 0.1 + 0.2 : each))
    expect(drawn([...values, 0.1 + 0.2, 0.3])).toBe(times(14, '.').join(' | '))
    const big = calm.map((each) => each * 1e6)
    const upper = 10 * 1e6 + 2.66 * 2 * 1e6
    expect(
      drawn([...big, upper + 1e-4], { fixAfter: 12 })
        .split(' | ')
        .at(-1),
    ).toBe('.')
    expect(
      drawn([...big, upper + 1], { fixAfter: 12 })
        .split(' | ')
        .at(-1),
    ).toBe('outside high')
  })
})

const twoHigh = 'two-of-three high'
const twoLow = 'two-of-three low'

describe('what it means', () => {
  test.each<[XmrOptions['direction'], number, XmrKind]>([
    ['increase', 20, 'improvement'],
    ['increase', 0, 'concern'],
    ['increase', 11, 'common'],
    ['decrease', 20, 'concern'],
    ['decrease', 0, 'improvement'],
    ['neutral', 20, 'high'],
    ['neutral', 0, 'low'],
    ['neutral', 11, 'common'],
  ])('better is %s, and the last value is %i: %s', (direction, value, kind) => {
    expect(xmr([...calm, value], { direction, fixAfter: 12 }).variation).toBe(kind)
  })

  test('the last known value decides where the last is not shown', () => {
    expect(xmr([...calm, 20, null], { ...increase, fixAfter: 12 }).variation).toBe('improvement')
  })

  test.each([
    ['increase', 15.33, 'fail'],
    ['increase', 15.32, 'inconsistent'],
    ['increase', 10, 'inconsistent'],
    ['increase', 4.68, 'inconsistent'],
    ['increase', 4.67, 'pass'],
    ['decrease', 15.33, 'pass'],
    ['decrease', 4.67, 'fail'],
    ['decrease', 10, 'inconsistent'],
    ['neutral', 10, 'none'],
    ['increase', undefined, 'none'],
  ] as const)('better is %s, target %s: %s', (direction, target, assurance) => {
    expect(xmr(calm, { direction, target }).assurance).toBe(assurance)
  })

  test('the limits of the last group decide about the target', () => {
    const values = [...calm, ...calm.map((each) => each + 50)]
    const rebases = [{ at: 13, reason: 'A second nurse' }]
    expect(xmr(values, { ...increase, target: 40, rebases }).assurance).toBe('pass')
  })
})

describe('always', () => {
  const series = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 60 })
  const plain = { ...increase, screening: false }

  test('each value has one answer, and turned upside down the sides change and nothing else', () => {
    fc.assert(
      fc.property(series, (values) => {
        const { points } = xmr(values, plain)
        const turned = xmr(
          values.map((each) => -each),
          plain,
        ).points
        expect(points).toHaveLength(values.length)
        points.forEach(({ signal }, at) => {
          expect(turned[at]?.signal?.rule).toBe(signal?.rule)
          if (signal) expect(turned[at]?.signal?.side).not.toBe(signal.side)
        })
      }),
    )
  })

  test('moving and stretching all values changes no rule', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: -50, max: 50 }), (values, by) => {
        const rules = (each: readonly number[]) =>
          xmr(each, plain).points.map(({ signal }) => signal)
        expect(rules(values.map((each) => each * 4 + by))).toEqual(rules(values))
      }),
    )
  })

  test('what is special is marked by a rule that holds, seen another way', () => {
    fc.assert(
      fc.property(series, (values) => {
        const { points, groups } = xmr(values, plain)
        const limits = groups[0]?.limits
        if (!limits) return
        points.forEach(({ value, signal }) => {
          const isOutside = value !== null && (value > limits.upper || value < limits.lower)
          if (signal?.rule === 'outside') expect(isOutside).toBe(true)
        })
        const longest = Math.max(0, ...runsOf(values.map((each) => Math.sign(each - limits.mean))))
        if (points.some(({ signal }) => signal?.rule === 'one-side'))
          expect(longest).toBeGreaterThanOrEqual(7)
      }),
    )
  })
})

/** Lengths of runs of equal signs. */
function runsOf(signs: readonly number[]): readonly number[] {
  const text = signs.map((sign) => (sign > 0 ? '+' : sign < 0 ? '-' : ' ')).join('')
  return (text.match(/\++|-+/g) ?? []).map(({ length }) => length)
}

test.each<[string, readonly XmrValue[], Partial<XmrOptions>]>([
  ['A value is not a number', [1, Number.NaN, 3], {}],
  ['A value is not a number', [1, Number.POSITIVE_INFINITY], {}],
  ['A chart needs at least 2 values', [1], {}],
  ['A chart needs at least 2 values', [1, null, null], {}],
  ['A chart takes at most 1000 values', times(1001, 1), {}],
  ['The target is not a number', calm, { target: Number.NaN }],
  ['fixAfter must be a whole number of 12 or more', calm, { fixAfter: 11 }],
  ['fixAfter must be a whole number of 12 or more', calm, { fixAfter: 12.5 }],
  ['A new group begins at a value from 2 to 12', calm, { rebases: [{ at: 1, reason: 'x' }] }],
  ['A new group begins at a value from 2 to 12', calm, { rebases: [{ at: 13, reason: 'x' }] }],
  ['Two new groups begin at the same value', calm, { rebases: times(2, { at: 4, reason: 'x' }) }],
  [
    'Say for each new group why the limits are worked out again',
    calm,
    { rebases: [{ at: 4, reason: ' ' }] },
  ],
])('refused: %s', (words, values, more) => {
  expect(xmrFault(values, { ...increase, ...more })).toBe(words)
})
