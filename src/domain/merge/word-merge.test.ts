import { expect, test } from 'vitest'
import { mergeWords } from './word-merge.ts'

const bus = 'The minibus leaves at 9.30, so carers come at 8.00.'

test.each([
  ['only mine changed', bus, bus.replace('9.30', '9.15'), bus, bus.replace('9.30', '9.15')],
  ['only theirs changed', bus, bus, bus.replace('8.00', '7.30'), bus.replace('8.00', '7.30')],
  [
    'both changed words that lie apart',
    bus,
    bus.replace('minibus', 'taxi'),
    bus.replace('8.00', '7.30'),
    bus.replace('minibus', 'taxi').replace('8.00', '7.30'),
  ],
  ['both made the same change', bus, `${bus} Yes.`, `${bus} Yes.`, `${bus} Yes.`],
  [
    'both changed the same word',
    bus,
    bus.replace('8.00', '7.30'),
    bus.replace('8.00', '8.15'),
    undefined,
  ],
  ['both wrote into an empty field', '', 'Tea', 'Coffee', undefined],
  ['one removed what the other changed', 'a b c', 'a c', 'a x c', undefined],
  [
    'each changed one half of a dose',
    'take 2 tablets',
    'take 3 tablets',
    'take 2 capsules',
    undefined,
  ],
  ['both added at the end', 'a b', 'a b c', 'a b d', undefined],
  ['both changed neighbours', 'a b', 'x b', 'a y', undefined],
  ['both changed words with one word between', 'a b c', 'x b c', 'a b y', 'x b y'],
  [
    'both removed one word, and each changed another',
    'a b c d e f g',
    'x b c e f g',
    'a b c e f y',
    'x b c e f y',
  ],
  ['each changed the same word at another place', 'a b c a', 'x b c a', 'a b c x', 'x b c x'],
  [
    'both replaced from the same place, to different ends',
    'a\nb\nc d',
    'x d',
    'x\nb\nc d',
    undefined,
  ],
  ['both replaced to the same end, from different places', 'a b c d', 'a x', 'a b c x', undefined],
  [
    'one made it longer and the other shorter',
    'a b c d e',
    'one two b c d e',
    'a b c d',
    'one two b c d',
  ],
])('%s, in either order', (_title, base, mine, theirs, expected) => {
  expect(mergeWords(base, mine, theirs)).toBe(expected)
  expect(mergeWords(base, theirs, mine)).toBe(expected)
})
