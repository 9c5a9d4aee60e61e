import { describe, expect, test } from 'vitest'
import { caseloadsAfter, type WeightInput, weightInputs, weightOf } from './caseload-weight.ts'

describe('The weight of a caseload', () => {
  const table: readonly (readonly [readonly WeightInput[], number])[] = [
    [[], 1],
    ...weightInputs.map((each) => [[each], 2] as const),
    [weightInputs, 6],
  ]
  test.each(table)('%j counts %i', (inputs, weight) => {
    expect(weightOf(inputs)).toBe(weight)
  })

  test('moves with each person, and the sum stays', () => {
    const before = [
      { who: 'a', people: 3, weight: 7 },
      { who: 'b', people: 1, weight: 1 },
      { who: 'c', people: 0, weight: 0 },
    ]
    const after = caseloadsAfter(before, [
      { from: 'a', to: 'b', weight: 2 },
      { from: 'a', to: 'c', weight: 3 },
      { from: 'a', to: 'a', weight: 2 },
    ])
    expect(after).toEqual([
      { who: 'a', people: 1, weight: 2 },
      { who: 'b', people: 2, weight: 3 },
      { who: 'c', people: 1, weight: 3 },
    ])
    expect(caseloadsAfter(before, [])).toEqual(before)
  })
})
