import { expect, test } from 'vitest'
import { inTimedParts, nextSize } from './in-timed-parts.ts'

test('a part that took long is followed by a smaller one, a quick one by at most twice as many', () => {
  expect(nextSize(200, { took: 600, most: 30 })).toBe(20)
  expect(nextSize(100, { took: 60, most: 30 })).toBe(50)
  expect(nextSize(100, { took: 30, most: 30 })).toBe(100)
  expect(nextSize(100, { took: 0, most: 30 })).toBe(200)
  expect(nextSize(400, { took: 1, most: 30 })).toBe(500)
})

test('work ends when there is no more of it, or after the part during which its time was over', async () => {
  let left = 3
  const part = async () => {
    left -= 1
    return left > 0
  }
  expect(await inTimedParts({}, { part, within: 0 })).toBe(false)
  expect(left).toBe(2)
  expect(await inTimedParts({}, { part })).toBe(true)
  expect(left).toBe(0)
})
