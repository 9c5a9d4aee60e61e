import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isShownAlone, type Result, resultSum, shownParts } from './shown-results.ts'

const result = (numerator: number, denominator: number): Result => ({ numerator, denominator })

describe('results that may be shown', () => {
  test.each([
    ['five of ten', result(5, 10), true],
    ['four of ten', result(4, 10), false],
    ['all but four', result(96, 100), false],
    ['none of many', result(0, 100), false],
    ['everybody', result(100, 100), false],
  ])('of a share: %s', (_name, each, isShown) => {
    expect(isShownAlone(each, 'percent')).toBe(isShown)
  })

  test('of a rate, who has none is not few', () => {
    expect(isShownAlone(result(5, 7), 'per-1000')).toBe(true)
    expect(isShownAlone(result(4, 700), 'per-1000')).toBe(false)
  })

  test('of a mean, only how many were counted says something', () => {
    expect(isShownAlone(result(0, 5), 'points')).toBe(true)
    expect(isShownAlone(result(30, 4), 'days')).toBe(false)
  })

  test('one small part takes the next smallest with it, so that it cannot be worked out', () => {
    const parts = [result(3, 40), result(20, 50), result(60, 120)]
    expect(shownParts(parts, 'percent')).toEqual([false, false, true])
  })

  test('two small parts take another with them while they are small together', () => {
    const parts = [result(1, 40), result(2, 40), result(20, 50), result(60, 120)]
    expect(shownParts(parts, 'percent')).toEqual([false, false, false, true])
  })

  test('nothing small can be worked out from what is shown and the whole', () => {
    const part = fc
      .tuple(fc.nat(60), fc.nat(60))
      .map(([numerator, rest]) => result(numerator, numerator + rest))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const shown = shownParts(parts, 'percent')
        const told = parts.filter((_, place) => shown[place])
        const hidden = parts.filter((_, place) => !shown[place])
        expect(told.every((each) => isShownAlone(each, 'percent'))).toBe(true)
        expect(isUntold(hidden) || told.length === 0).toBe(true)
      }),
    )
  })
})

const isUntold = (hidden: readonly Result[]) =>
  hidden.length === 0 || (hidden.length > 1 && isShownAlone(resultSum(hidden), 'percent'))
