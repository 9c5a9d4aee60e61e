import { expect, test } from 'vitest'
import { canonical, isProse, mergeJson, saysTheSame } from './merge-json.ts'

const said = 'https://gable.example/fhir/why-it-matters'
const level = (code: string, doWhat: string) => ({
  url: 'https://gable.example/fhir/what-if',
  extension: [
    { url: 'level', valueCode: code },
    { url: 'doWhat', valueString: doWhat },
  ],
})
const amina = { reference: 'Practitioner/amina', display: 'Amina' }
const karen = { reference: 'Practitioner/karen', display: 'Karen' }

type Row = [title: string, base: object, mine: object, theirs: object, merged: object]
const alone: Row[] = [
  ['what I changed alone is mine', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 1 }, { a: 2, b: 1 }],
  ['what they changed alone is theirs', { a: 1 }, { a: 1 }, { a: 3 }, { a: 3 }],
  ['different fields merge', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 3 }, { a: 2, b: 3 }],
  ['the same change of both is one', { a: 1 }, { a: 2 }, { a: 2 }, { a: 2 }],
  ['what I took away is gone', { a: 1, b: 1 }, { a: 1 }, { a: 1, b: 1 }, { a: 1 }],
  ['what they took away is gone', { a: 1, b: 1 }, { a: 1, b: 1 }, { a: 1 }, { a: 1 }],
  ['what both added stands beside each other', {}, { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
  [
    'the version is what the store says',
    { meta: { versionId: '1' } },
    { meta: { versionId: '9' } },
    { meta: { versionId: '2' } },
    { meta: { versionId: '2' } },
  ],
  ['a version that only I have stays', {}, { meta: { tag: 1 } }, {}, { meta: { tag: 1 } }],
  [
    'running text merges word by word',
    { description: { text: 'one two three four five' } },
    { description: { text: 'ONE two three four five' } },
    { description: { text: 'one two three four FIVE' } },
    { description: { text: 'ONE two three four FIVE' } },
  ],
  [
    'so does each other kind of running text',
    { valueString: 'a b c d e', description: 'a b c d e', contentString: 'a b c d e' },
    { valueString: 'A b c d e', description: 'A b c d e', contentString: 'A b c d e' },
    { valueString: 'a b c d E', description: 'a b c d E', contentString: 'a b c d E' },
    { valueString: 'A b c d E', description: 'A b c d E', contentString: 'A b c d E' },
  ],
  [
    'two marks of who wrote are no quarrel: the last writer’s stands',
    { authored: '1', recorded: '1', 'x/written': 'g', lastUpdated: '1' },
    { authored: '2', recorded: '2', 'x/written': 'a', lastUpdated: '2' },
    { authored: '3', recorded: '3', 'x/written': 'k', lastUpdated: '3' },
    { authored: '2', recorded: '2', 'x/written': 'a', lastUpdated: '2' },
  ],
  [
    'fields within a field merge',
    { period: { start: '1', end: '1' } },
    { period: { start: '2', end: '1' } },
    { period: { start: '1', end: '3' } },
    { period: { start: '2', end: '3' } },
  ],
  [
    'fields within a field that both began stand beside each other',
    {},
    { period: { start: '2' } },
    { period: { end: '3' } },
    { period: { end: '3', start: '2' } },
  ],
  [
    'a number to ring, whose value has no unit, merges within',
    { phone: { value: '1', use: 'home' } },
    { phone: { value: '2', use: 'home' } },
    { phone: { value: '1', use: 'work' } },
    { phone: { value: '2', use: 'work' } },
  ],
  ['a field that says null says no more than none', { a: null }, {}, { a: 1 }, { a: 1 }],
  [
    'a list keeps what either added, and loses what either took away',
    { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/2' }] },
    { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/3' }] },
    { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/2' }, { reference: 'Goal/4' }] },
    { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/4' }, { reference: 'Goal/3' }] },
  ],
  [
    'plain values in lists too',
    { a: ['x', 'y'] },
    { a: ['x'] },
    { a: ['x', 'y', 'z'] },
    { a: ['x', 'z'] },
  ],
  ['a list that both began has both', {}, { a: ['x'] }, { a: ['z'] }, { a: ['z', 'x'] }],
  [
    'an extension that I changed merges with another that they changed',
    {
      extension: [
        { url: said, valueString: 'a' },
        { url: 'x', valueCode: 'a' },
      ],
    },
    {
      extension: [
        { url: said, valueString: 'b' },
        { url: 'x', valueCode: 'a' },
      ],
    },
    {
      extension: [
        { url: said, valueString: 'a' },
        { url: 'x', valueCode: 'c' },
      ],
    },
    {
      extension: [
        { url: said, valueString: 'b' },
        { url: 'x', valueCode: 'c' },
      ],
    },
  ],
  [
    'extensions of one kind are told apart by their level',
    { extension: [level('red', 'Ring me'), level('green', 'Rest')] },
    { extension: [level('red', 'Ring Chidi'), level('green', 'Rest')] },
    { extension: [level('red', 'Ring me'), level('green', 'Walk')] },
    { extension: [level('red', 'Ring Chidi'), level('green', 'Walk')] },
  ],
  [
    'answers are told apart by their question',
    {
      item: [
        { linkId: '1', answer: 1 },
        { linkId: '2', answer: 1 },
      ],
    },
    {
      item: [
        { linkId: '1', answer: 2 },
        { linkId: '2', answer: 1 },
      ],
    },
    {
      item: [
        { linkId: '1', answer: 1 },
        { linkId: '2', answer: 3 },
      ],
    },
    {
      item: [
        { linkId: '1', answer: 2 },
        { linkId: '2', answer: 3 },
      ],
    },
  ],
  [
    'entries without a name are merged by their place while the lists are as long',
    { note: [{ text: 'a b c d e' }] },
    { note: [{ text: 'A b c d e' }] },
    { note: [{ text: 'a b c d E' }] },
    { note: [{ text: 'A b c d E' }] },
  ],
]

test.each(alone)('%s', (_title, base, mine, theirs, expected) => {
  const { merged, twice } = mergeJson({ base, mine, theirs })
  expect(twice).toEqual([])
  expect(merged).toStrictEqual(expected)
})

test('of a list that both emptied between them nothing is left, not an empty list', () => {
  const sides = { base: { a: [1, 2] }, mine: { a: [1] }, theirs: { a: [2] } }
  expect(mergeJson(sides)).toEqual({ merged: {}, twice: [] })
})

test('lists of other lengths, whose entries have no name, keep what either added', () => {
  const { merged, twice } = mergeJson({
    base: { note: [{ text: 'a' }] },
    mine: { note: [{ text: 'a' }, { text: 'b' }] },
    theirs: { note: [{ text: 'a' }, { text: 'c' }, { text: 'd' }] },
  })
  expect(twice).toEqual([])
  expect(merged).toEqual({ note: [{ text: 'a' }, { text: 'c' }, { text: 'd' }, { text: 'b' }] })
})

type Twice = [title: string, base: object, mine: object, theirs: object, path: string]
const quarrels: Twice[] = [
  ['one value', { status: 'a' }, { status: 'b' }, { status: 'c' }, 'status'],
  ['the same words', { text: 'a b c' }, { text: 'a x c' }, { text: 'a y c' }, 'text'],
  ['words in an empty place', {}, { text: 'Tea' }, { text: 'Coffee' }, 'text'],
  ['words that I took out', { text: 'a b' }, {}, { text: 'a c' }, 'text'],
  ['words that they took out', { text: 'a b' }, { text: 'a c' }, {}, 'text'],
  [
    'text that is no prose',
    { title: 'a b c d e' },
    { title: 'A b c d e' },
    { title: 'a b c d E' },
    'title',
  ],
  ['a reference, which is one', { owner: {} }, { owner: amina }, { owner: karen }, 'owner'],
  [
    'an amount with its unit',
    { valueQuantity: { value: 1, unit: 'kg' } },
    { valueQuantity: { value: 2, unit: 'kg' } },
    { valueQuantity: { value: 1, unit: 'lb' } },
    'valueQuantity',
  ],
  [
    'a list that one cleared and the other added to',
    { addresses: ['a'] },
    {},
    { addresses: ['a', 'b'] },
    'addresses',
  ],
  ['a list that the one changed and the other cleared', { a: [1] }, { a: [1, 2] }, {}, 'a'],
  ['codes, which are one', { coding: [1] }, { coding: [2] }, { coding: [3] }, 'coding'],
  ['what I changed and they took away', { a: { b: 1 } }, { a: { b: 2 } }, {}, 'a'],
  ['what they changed and I took away', { a: { b: 1 } }, {}, { a: { b: 2 } }, 'a'],
  [
    'a field within a field',
    { period: { end: '1' } },
    { period: { end: '2' } },
    { period: { end: '3' } },
    'period.end',
  ],
]

test.each(quarrels)(
  '%s that both changed is for a person to choose',
  (_t, base, mine, theirs, path) => {
    const { merged, twice } = mergeJson({ base, mine, theirs })
    expect(twice.map((each) => each.path)).toEqual([path])
    // mine stands meanwhile
    expect(canonical(merged)).toBe(canonical(mine))
    const chosen = mergeJson({ base, mine, theirs }, (place) => place.theirs)
    expect(canonical(chosen.merged)).toBe(canonical(theirs))
  },
)

test('a choice says what stood before, what is mine and what is theirs', () => {
  const sides = { base: { a: 1 }, mine: { a: 2 }, theirs: { a: 3 } }
  expect(mergeJson(sides).twice).toEqual([{ path: 'a', base: 1, mine: 2, theirs: 3 }])
})

test.each([
  ['the order of fields', { a: 1, b: [1] }, { b: [1], a: 1 }, true],
  ['a field without a value', { a: 1, b: undefined }, { a: 1 }, true],
  ['what the store notes', { a: 1, meta: { versionId: '1' } }, { a: 1 }, true],
  ['another value', { a: 1 }, { a: 2 }, false],
  ['the order of a list', { a: [1, 2] }, { a: [2, 1] }, false],
  ['null', { a: null }, { a: {} }, false],
])('%s: whether two records say the same', (_title, one, other, expected) => {
  expect(saysTheSame(one, other)).toBe(expected)
})

test.each([
  ['description.text', 'to walk', 'to sing', true],
  ['text', 'to walk', 'to sing', true],
  ['extension.valueString', 'to walk', 'to sing', true],
  ['status', 'active', 'on-hold', false],
  ['description.text', undefined, 'to sing', false],
  ['description.text', 'to walk', undefined, false],
  ['', 'to walk', 'to sing', false],
])('of two texts one can be made: %s, “%s” and “%s”: %s', (path, mine, theirs, expected) => {
  expect(isProse({ path, base: 'to rest', mine, theirs })).toBe(expected)
})
