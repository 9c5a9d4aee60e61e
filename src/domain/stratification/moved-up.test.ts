import { expect, test } from 'vitest'
import { movedUp } from './moved-up.ts'

test.each([
  [41, '1/mild/65', 64, '2/mild/65', 'stays'],
  [41, '1/mild/65', 50, '1/moderate/65', 'frailty'],
  [41, '1/mild/65', 45, '1/mild/80', 'age'],
  [41, '1/mild/65', 43, '1/mild/65', 'counted-anew'],
  [41, '1/mild/65', 41, '2/mild/65', undefined],
  [41, '2/mild/65', 30, '1/mild/65', undefined],
  [undefined, '1/mild/65', 41, '1/mild/65', undefined],
] as const)('from %s (%s) to %s (%s): %s', (was, like, now, likeNow, reason) => {
  expect(movedUp({ chance: was, likeness: like }, { chance: now, likeness: likeNow })).toBe(reason)
})
