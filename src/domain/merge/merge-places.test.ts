import { expect, test } from 'vitest'
import { canonical, isProse, mergeJson, saysTheSame } from './merge-json.ts'

const whyUrl = 'https://gable.example/fhir/why-it-matters'
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
  ['a change only I made is kept', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 1 }, { a: 2, b: 1 }],
  ['a change only they made is kept', { a: 1 }, { a: 1 }, { a: 3 }, { a: 3 }],
  ['different fields merge', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 3 }, { a: 2, b: 3 }],
  ['the same change by both is one change', { a: 1 }, { a: 2 }, { a: 2 }, { a: 2 }],
  ['a field I removed is gone', { a: 1, b: 1 }, { a: 1 }, { a: 1, b: 1 }, { a: 1 }],
  ['a field they removed is gone', { a: 1, b: 1 }, { a: 1, b: 1 }, { a: 1 }, { a: 1 }],
  ['fields that each side added are both kept', {}, { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
  [
    'the version is the server’s',
    { meta: { versionId: '1' } },
    { meta: { versionId: '9' } },
    { meta: { versionId: '2' } },
    { meta: { versionId: '2' } },
  ],
  ['meta that only I have is kept', {}, { meta: { tag: 1 } }, {}, { meta: { tag: 1 } }],
  [
    'prose merges word by word',
    { description: { text: 'one two three four five' } },
    { description: { text: 'ONE two three four five' } },
    { description: { text: 'one two three four FIVE' } },
    { description: { text: 'ONE two three four FIVE' } },
  ],
  [
    'every kind of prose merges word by word',
    { valueString: 'a b c d e', description: 'a b c d e', contentString: 'a b c d e' },
    { valueString: 'A b c d e', description: 'A b c d e', contentString: 'A b c d e' },
    { valueString: 'a b c d E', description: 'a b c d E', contentString: 'a b c d E' },
    { valueString: 'A b c d E', description: 'A b c d E', contentString: 'A b c d E' },
  ],
  [
    'two marks of who wrote are no conflict: the last writer’s is kept',
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
    'fields within a field that each side added are both kept',
    {},
    { period: { start: '2' } },
    { period: { end: '3' } },
    { period: { end: '3', start: '2' } },
  ],
  [
    'a phone number, whose value has no unit, merges by field',
    { phone: { value: '1', use: 'home' } },
    { phone: { value: '2', use: 'home' } },
    { phone: { value: '1', use: 'work' } },
    { phone: { value: '2', use: 'work' } },
  ],
  ['a null field counts as absent', { a: null }, {}, { a: 1 }, { a: 1 }],
  [
    'a list keeps what either side added and loses what either removed',
    { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/2' }] },
    { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/3' }] },
    { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/2' }, { reference: 'Goal/4' }] },
    { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/4' }, { reference: 'Goal/3' }] },
  ],
  [
    'a list of plain values merges too',
    { a: ['x', 'y'] },
    { a: ['x'] },
    { a: ['x', 'y', 'z'] },
    { a: ['x', 'z'] },
  ],
  [
    'a list that both sides began has the entries of both',
    {},
    { a: ['x'] },
    { a: ['z'] },
    { a: ['z', 'x'] },
  ],
  [
    'different extensions that each side changed are both kept',
    {
      extension: [
        { url: whyUrl, valueString: 'a' },
        { url: 'x', valueCode: 'a' },
      ],
    },
    {
      extension: [
        { url: whyUrl, valueString: 'b' },
        { url: 'x', valueCode: 'a' },
      ],
    },
    {
      extension: [
        { url: whyUrl, valueString: 'a' },
        { url: 'x', valueCode: 'c' },
      ],
    },
    {
      extension: [
        { url: whyUrl, valueString: 'b' },
        { url: 'x', valueCode: 'c' },
      ],
    },
  ],
  [
    'extensions with one url are told apart by their level',
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
    'entries without an id merge by place while the lists are of equal length',
    { note: [{ text: 'a b c d e' }] },
    { note: [{ text: 'A b c d e' }] },
    { note: [{ text: 'a b c d E' }] },
    { note: [{ text: 'A b c d E' }] },
  ],
]

test.each(alone)('merging values: %s', (_title, base, mine, theirs, expected) => {
  const { merged, twice } = mergeJson({ base, mine, theirs })
  expect(twice).toEqual([])
  expect(merged).toStrictEqual(expected)
})

test('a list that both sides emptied between them is absent, not empty', () => {
  const sides = { base: { a: [1, 2] }, mine: { a: [1] }, theirs: { a: [2] } }
  expect(mergeJson(sides)).toEqual({ merged: {}, twice: [] })
})

test('lists of different lengths, whose entries have no id, keep what either side added', () => {
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
  ['text in an empty field', {}, { text: 'Tea' }, { text: 'Coffee' }, 'text'],
  ['text that I removed', { text: 'a b' }, {}, { text: 'a c' }, 'text'],
  ['text that they removed', { text: 'a b' }, { text: 'a c' }, {}, 'text'],
  [
    'text that is not prose',
    { title: 'a b c d e' },
    { title: 'A b c d e' },
    { title: 'a b c d E' },
    'title',
  ],
  ['a reference, which is one value', { owner: {} }, { owner: amina }, { owner: karen }, 'owner'],
  [
    'an amount with its unit',
    { valueQuantity: { value: 1, unit: 'kg' } },
    { valueQuantity: { value: 2, unit: 'kg' } },
    { valueQuantity: { value: 1, unit: 'lb' } },
    'valueQuantity',
  ],
  [
    'a list that I cleared and they added to',
    { addresses: ['a'] },
    {},
    { addresses: ['a', 'b'] },
    'addresses',
  ],
  ['a list that I added to and they cleared', { a: [1] }, { a: [1, 2] }, {}, 'a'],
  ['a coding, which is one value', { coding: [1] }, { coding: [2] }, { coding: [3] }, 'coding'],
  ['a field I changed and they removed', { a: { b: 1 } }, { a: { b: 2 } }, {}, 'a'],
  ['a field they changed and I removed', { a: { b: 1 } }, {}, { a: { b: 2 } }, 'a'],
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
    // until the user chooses, the merge has my value
    expect(canonical(merged)).toBe(canonical(mine))
    const chosen = mergeJson({ base, mine, theirs }, (place) => place.theirs)
    expect(canonical(chosen.merged)).toBe(canonical(theirs))
  },
)

test('a conflict contains the base, my value and theirs', () => {
  const sides = { base: { a: 1 }, mine: { a: 2 }, theirs: { a: 3 } }
  expect(mergeJson(sides).twice).toEqual([{ path: 'a', base: 1, mine: 2, theirs: 3 }])
})

test.each([
  ['the order of fields', { a: 1, b: [1] }, { b: [1], a: 1 }, true],
  ['a field without a value', { a: 1, b: undefined }, { a: 1 }, true],
  ['the meta of the server', { a: 1, meta: { versionId: '1' } }, { a: 1 }, true],
  ['another value', { a: 1 }, { a: 2 }, false],
  ['the order of a list', { a: [1, 2] }, { a: [2, 1] }, false],
  ['null', { a: null }, { a: {} }, false],
])('two records that differ in %s say the same or do not', (_title, one, other, expected) => {
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
])('two texts of %s, “%s” and “%s”, can be made into one: %s', (path, mine, theirs, expected) => {
  expect(isProse({ path, base: 'to rest', mine, theirs })).toBe(expected)
})
