import { expect, test } from 'vitest'
import { presenceChangesAfter } from './presence-changes.ts'

const amina = { here: ['Amina'], came: ['Amina'] }

test.each([
  ['who comes is told', { here: [], came: [] }, ['Amina'], ['Amina']],
  ['only who has come is told', amina, ['Amina', 'Tom'], ['Tom']],
  ['who leaves is not told', { here: ['Amina', 'Tom'], came: ['Tom'] }, ['Tom'], ['Tom']],
  ['who has left can be told again', amina, [], []],
])('%s', (_title, before, here, came) => {
  expect(presenceChangesAfter(before, here)).toEqual({ here, came })
})

test('nothing is said about those who keep access, whatever they do', () => {
  expect(presenceChangesAfter(amina, ['Amina'])).toBe(amina)
})
