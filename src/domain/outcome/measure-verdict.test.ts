import { expect, test } from 'vitest'
import { measureChart } from './measure-chart.ts'
import { measureVerdict, verdictReason } from './measure-verdict.ts'
import { addMonths } from './months.ts'

const calm = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? 49 : 51))
const chartOf = (
  values: readonly (number | null)[],
  direction: 'increase' | 'decrease' | 'neutral',
) =>
  measureChart({
    direction,
    target: 60,
    months: values.map((value, at) => ({
      month: addMonths('2025-01', at),
      hidden: value === null,
      ...(value === null ? {} : { value }),
    })),
  })

test.each([
  ['seven months above the mean, more is better', Array(7).fill(52), 'increase', 'better'],
  ['six months above the mean, with the one before', Array(5).fill(52), 'increase', 'same'],
  ['seven months above the mean, fewer is better', Array(7).fill(52), 'decrease', 'worse'],
  ['seven months above the mean, neither is better', Array(7).fill(52), 'neutral', 'moved'],
  ['one month outside the limits', [70], 'decrease', 'worse'],
  ['one month outside, then back', [70, 50], 'decrease', 'same'],
  ['the last month is hidden', [70, null], 'increase', 'better'],
  ['fewer than 13 months', [], 'increase', 'too-early'],
] as const)('%s: %s', (_, more, direction, verdict) => {
  expect(measureVerdict(chartOf([...calm, ...more], direction))).toBe(verdict)
})

test('without two months that can be shown there is no chart, and no verdict', () => {
  expect(chartOf([null, 50, null], 'increase')).toBeUndefined()
  expect(measureVerdict(undefined)).toBe('too-early')
})

test('the reason counts the months at the end, and those outside', () => {
  const chart = chartOf([...calm, 52, 52, 52, 52, 52, 70, 71], 'increase')
  expect(chart && verdictReason(chart)).toEqual({
    ...{ side: 'high', onSide: 8, outside: 2, isTrend: false },
  })
})

test('a month that nobody counted is a gap, and breaks a run', () => {
  const months = [...calm, 52, 52, 52, 52, 52, 52, 52].map((value, at) => ({
    ...{ month: addMonths('2025-01', at), hidden: false, value },
  }))
  const holed = measureChart({
    direction: 'increase',
    months: months.filter((_, at) => at !== 15),
  })
  expect(holed?.months).toHaveLength(19)
  expect(measureVerdict(holed)).toBe('same')
})
