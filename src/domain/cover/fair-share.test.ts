import { expect, test } from 'vitest'
import { fairShare } from './fair-share.ts'

const one = (
  id: string,
  weight: number,
  ...inputs: readonly ('alert' | 'in-hospital' | 'new')[]
) => ({
  ...{ id, weight, inputs },
})
const colleague = (who: string, weight: number) => ({ who, weight })

test.each([
  ['gives until the caseloads are alike', 6, [2, 2, 1, 1], [1], { a: 'm' }],
  ['gives nobody if it would only turn the difference round', 3, [2, 1], [2], {}],
  ['gives nobody if the others have more', 2, [1, 1], [5], {}],
  [
    'gives each to whoever has least by then',
    6,
    [1, 1, 1, 1, 1, 1],
    [1, 1],
    {
      ...{ a: 'm', b: 'n', c: 'm' },
    },
  ],
] as const)('Whoever has too much %s', (_what, weight, weights, others, expected) => {
  const people = weights.map((each, at) => one('abcdef'[at] ?? '', each))
  const colleagues = others.map((each, at) => colleague('mn'[at] ?? '', each))
  expect(fairShare({ weight, people, colleagues, isLeaving: false })).toEqual(expected)
})

test('Somebody in hospital or with an open alert stays with whoever knows them, unless they leave', () => {
  const people = [one('a', 2, 'alert'), one('b', 2, 'in-hospital'), one('c', 2, 'new')]
  const facts = { weight: 6, people, colleagues: [colleague('m', 0), colleague('n', 1)] }
  expect(fairShare({ ...facts, isLeaving: false })).toEqual({ c: 'm' })
  expect(fairShare({ ...facts, isLeaving: true })).toEqual({ a: 'm', b: 'n', c: 'm' })
})

test('Without colleagues nobody is proposed', () => {
  expect(fairShare({ weight: 1, people: [one('a', 1)], colleagues: [], isLeaving: true })).toEqual(
    {},
  )
})
