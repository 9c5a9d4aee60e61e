import { expect, test } from 'vitest'
import { chartTicks } from './chart-ticks.ts'

test.each([
  ['of a weight', 68.2, 74.6, [70, 72, 74]],
  ['of tenths', 36.1, 36.9, [36.2, 36.4, 36.6, 36.8]],
  ['of one value', 70, 70, [70]],
  ['at both ends', 0, 8, [0, 2, 4, 6, 8]],
])('The axis has round numbers: %s', (_title, low, high, ticks) => {
  expect(chartTicks(low, high)).toEqual(ticks)
})
