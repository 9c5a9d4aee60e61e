import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hunksBetween, wordChanges, wordsOf } from './word-diff.ts'

test.each([
  ['', []],
  ['a', ['a']],
  ['Grace is 92', ['Grace', ' ', 'is', ' ', '92']],
  ['at 9.30, or 10', ['at', ' ', '9.30', ',', ' ', 'or', ' ', '10']],
  ['well-known (O’Brien’s)', ['well-known', ' ', '(', 'O’Brien’s', ')']],
  ['two  spaces\n\nand lines', ['two', '  ', 'spaces', '\n\n', 'and', ' ', 'lines']],
  ['été 5 mg/día – ß', ['été', ' ', '5', ' ', 'mg/día', ' ', '–', ' ', 'ß']],
  ['?! 👵', ['?', '!', ' ', '👵']],
])('%j is taken as words, spaces and marks', (text, words) => {
  expect(wordsOf(text)).toEqual(words)
})

test.each([
  ['nothing changed', 'a b', 'a b', []],
  ['nothing at all', '', '', []],
  ['all is new', '', 'a b', [{ from: 0, to: 0, words: ['a', ' ', 'b'] }]],
  ['all is gone', 'a b', '', [{ from: 0, to: 3, words: [] }]],
  ['the first word', 'a b', 'x b', [{ from: 0, to: 1, words: ['x'] }]],
  ['the last word', 'a b', 'a x', [{ from: 2, to: 3, words: ['x'] }]],
  ['a word between', 'a b', 'a x b', [{ from: 2, to: 2, words: ['x', ' '] }]],
  [
    'two places',
    'a b c d',
    'x b c',
    [
      { from: 0, to: 1, words: ['x'] },
      { from: 5, to: 7, words: [] },
    ],
  ],
])('%s: the stretches that were replaced', (_title, before, after, hunks) => {
  expect(hunksBetween(wordsOf(before), wordsOf(after))).toEqual(hunks)
})

/** By trying everything: the most words that both have in order. */
function mostInCommon([word, ...rest]: readonly string[], other: readonly string[]): number {
  if (word === undefined) return 0
  const at = other.indexOf(word)
  const without = mostInCommon(rest, other)
  return at < 0 ? without : Math.max(without, 1 + mostInCommon(rest, other.slice(at + 1)))
}

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 })

test('the replaced stretches make the new words of the old, and are as few words as can be', () => {
  const holds = (before: readonly string[], after: readonly string[]) => {
    const hunks = hunksBetween(before, after)
    const made = [...before]
    for (const { from, to, words } of hunks.toReversed()) made.splice(from, to - from, ...words)
    expect(made).toEqual(after)
    const gone = hunks.reduce((sum, { from, to }) => sum + to - from, 0)
    expect(before.length - gone).toBe(mostInCommon(before, after))
  }
  fc.assert(fc.property(words, words, holds), { seed: 3, numRuns: 300 })
})

test('a text beside its older self is drawn as what stayed, what went and what is new', () => {
  expect(wordChanges('I want to walk, on a Sunday.', 'We want to walk on a feast day.')).toEqual([
    { kind: 'removed', text: 'I' },
    { kind: 'added', text: 'We' },
    { kind: 'same', text: ' want to walk' },
    { kind: 'removed', text: ',' },
    { kind: 'same', text: ' on a ' },
    { kind: 'removed', text: 'Sunday' },
    { kind: 'added', text: 'feast day' },
    { kind: 'same', text: '.' },
  ])
  expect(wordChanges('', '')).toEqual([])
  expect(wordChanges('as it was', 'as it was')).toEqual([{ kind: 'same', text: 'as it was' }])
  expect(wordChanges('a b', 'a b or so c')).toEqual([
    { kind: 'same', text: 'a b' },
    { kind: 'added', text: ' or so c' },
  ])
  expect(wordChanges('or so a b', 'a b')).toEqual([
    { kind: 'removed', text: 'or so ' },
    { kind: 'same', text: 'a b' },
  ])
})
