import { expect, test } from 'vitest'
import { binomialLimits } from './binomial-limits.ts'

// ten tosses: 0 or 1 has a chance of 11/1024 = 0.0107, up to 2 of 56/1024 = 0.0547
test.each([
  [10, 0.5, 0.05, 2, 8],
  // 1/1024 = 0.00098 is under 0.001
  [10, 0.5, 0.002, 1, 9],
  [10, 0, 0.05, 0, 0],
  [10, 1, 0.05, 10, 10],
  [0, 0.5, 0.05, 0, 0],
  // 0.9 to the power of 10 is 0.349
  [10, 0.1, 0.05, 0, 3],
])('of %i with a share of %d, all but %d: %i to %i', (of, share, outside, low, high) => {
  expect(binomialLimits(of, share, outside)).toEqual({ low, high })
})

test('of many it is near the normal limits, and wider for less left over', () => {
  const { low, high } = binomialLimits(1000, 0.5, 0.05)
  expect(Math.abs(low - (500 - 1.96 * Math.sqrt(250)))).toBeLessThan(1.5)
  expect(Math.abs(high - (500 + 1.96 * Math.sqrt(250)))).toBeLessThan(1.5)
  expect(binomialLimits(1000, 0.5, 0.002).low).toBeLessThan(low)
})
