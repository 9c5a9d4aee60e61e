import { expect, test } from 'vitest'
import { tScore } from './attainment.ts'

const goals = (scores: readonly (number | undefined)[], weights: readonly number[]) =>
  scores.map((score, at) => ({ score, weight: weights[at] ?? 1 }))

test.each([
  ['six goals with their weights', [-2, 0, -1, 2, 0, 1], [3, 5, 1, 4, 2, 6], 55.0],
  ['goals that all came out as expected', [0, 0, 0], [1, 1, 1], 50],
  ['three equal goals, each one step better', [1, 1, 1], [1, 1, 1], 63.693],
  ['three equal goals, each one step worse', [-1, -1, -1], [1, 1, 1], 36.307],
  ['one goal, two steps better', [2], [1], 70],
  ['weights that are all 0, which count as 1', [1, 1, 1], [0, 0, 0], 63.693],
] as const)('the T-score of %s', (_title, scores, weights, expected) => {
  expect(tScore(goals(scores, weights)).t).toBeCloseTo(expected, expected === 55 ? 1 : 3)
})

test('a goal that is not scored is left out, and is not a 0', () => {
  const all = tScore(goals([2, undefined, undefined], [1, 1, 1]))
  expect(all).toEqual({ t: 70, scored: 1, missing: 2, evenly: false })
})

test('without any score there is no T-score', () => {
  expect(tScore(goals([undefined, undefined], [1, 1]))).toEqual({
    ...{ t: undefined, scored: 0, missing: 2, evenly: false },
  })
  expect(tScore([]).t).toBeUndefined()
})
