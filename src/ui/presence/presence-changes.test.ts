import { expect, test } from 'vitest'
import { presenceChangesAfter } from './presence-changes.ts'

const amina = { here: ['Amina'], came: ['Amina'] }

test.each([
  ['an arrival is announced', { here: [], came: [] }, ['Amina'], ['Amina']],
  ['only the new arrival is announced', amina, ['Amina', 'Tom'], ['Tom']],
  ['a departure is not announced', { here: ['Amina', 'Tom'], came: ['Tom'] }, ['Tom'], ['Tom']],
  ['somebody who left can be announced again', amina, [], []],
])('%s', (_title, before, here, came) => {
  expect(presenceChangesAfter(before, here)).toEqual({ here, came })
})

test('nothing is announced about people who stay', () => {
  expect(presenceChangesAfter(amina, ['Amina'])).toBe(amina)
})
