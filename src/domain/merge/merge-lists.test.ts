import { expect, test } from 'vitest'
import { mergeJson } from './merge-json.ts'

const place = 'https://gable.example/fhir/what-if'
const notes = (...texts: string[]) => ({ note: texts.map((text) => ({ text })) })
const steps = (...ids: string[]) => ({
  activity: ids.map((id) => ({ reference: { reference: `Task/${id}` } })),
})
const colour = (words: string) => ({
  url: place,
  extension: [
    { url: 'level', valueCode: 'red' },
    { url: 'sign', valueString: words },
  ],
})

type Row = [title: string, base: object, mine: object, theirs: object, merged: object]
const alone: Row[] = [
  ['notes that both added are both kept', {}, notes('a'), notes('b'), notes('b', 'a')],
  [
    'steps that both added are both kept',
    steps('1'),
    steps('1', '2'),
    steps('1', '3'),
    steps('1', '3', '2'),
  ],
  [
    'values changed at one place are both kept',
    { a: [1, 2] },
    { a: [1, 3] },
    { a: [1, 4] },
    { a: [1, 4, 3] },
  ],
  [
    'a value that one side repeats is kept once',
    { a: [1] },
    { a: [1, 1] },
    { a: [1, 2] },
    { a: [1, 2] },
  ],
  [
    'notes that both added in place of another value are both kept',
    { note: 'x' },
    notes('a'),
    notes('b'),
    notes('b', 'a'),
  ],
  [
    'two extensions with one url, one changed and the other removed',
    { extension: [colour('pain'), { url: place }] },
    { extension: [colour('falls'), { url: place }] },
    { extension: [colour('pain')] },
    { extension: [colour('falls')] },
  ],
  [
    'two extensions with one url without parts, one removed and another added',
    { extension: [{ url: 'a' }, { url: 'a', valueCode: 'x' }] },
    { extension: [{ url: 'a' }, { url: 'a', valueCode: 'x' }, { url: 'b' }] },
    { extension: [{ url: 'a' }] },
    { extension: [{ url: 'a' }, { url: 'b' }] },
  ],
]

test.each(alone)('merging lists: %s', (_title, base, mine, theirs, expected) => {
  const { merged, twice } = mergeJson({ base, mine, theirs })
  expect(twice).toEqual([])
  expect(merged).toStrictEqual(expected)
})

test.each(['level', 'code', 'kind', 'at'])(
  'extensions with one url are told apart by their part “%s”',
  (part) => {
    const entry = (name: string, sign: string, doWhat: string) => ({
      url: place,
      extension: [
        { url: part, valueCode: name },
        { url: 'sign', valueString: sign },
        { url: 'doWhat', valueString: doWhat },
      ],
    })
    const { merged, twice } = mergeJson({
      base: { extension: [entry('1', 'pain', 'rest'), entry('2', 'fall', 'ring')] },
      mine: { extension: [entry('1', 'ache', 'rest'), entry('2', 'fall', 'ring')] },
      theirs: {
        extension: [entry('0', 'a', 'b'), entry('1', 'pain', 'sit'), entry('2', 'fall', 'ring')],
      },
    })
    expect(twice).toEqual([])
    expect(merged).toEqual({
      extension: [entry('0', 'a', 'b'), entry('1', 'ache', 'sit'), entry('2', 'fall', 'ring')],
    })
  },
)

test.each([
  ['its linkId', 'item', { linkId: 'q' }, 'item[q].status'],
  ['its url', 'extension', { url: 'w' }, 'extension[w].status'],
  ['its reference', 'goal', { reference: 'Goal/1' }, 'goal[Goal/1]'],
  ['its id', 'contained', { id: 'c' }, 'contained[c].status'],
  ['its place', 'note', {}, 'note[0].status'],
  [
    'its place, when its extension does not identify it',
    'note',
    { extension: [{ url: 'by' }] },
    'note[0].status',
  ],
])('an entry that both changed is found by %s', (_title, list, name, path) => {
  const say = (status: string) => ({ [list]: [{ ...name, status }] })
  const sides = { base: say('a'), mine: say('b'), theirs: say('c') }
  expect(mergeJson(sides).twice.map((each) => each.path)).toEqual([path])
})

test('extensions of one kind that name different people do not hide a text that two people changed', () => {
  const helper = (name: string) => ({ url: 'helper', valueReference: { reference: name } })
  const goal = (why: string, ...helpers: readonly string[]) => ({
    extension: [{ url: 'why', valueString: why }, ...helpers.map(helper)],
  })
  const { merged, twice } = mergeJson({
    base: goal('It was so', 'Practitioner/tom', 'RelatedPerson/chidi'),
    mine: goal('We sing there', 'Practitioner/tom', 'RelatedPerson/chidi', 'Practitioner/karen'),
    theirs: goal('The week has a shape', 'Practitioner/tom', 'RelatedPerson/chidi'),
  })
  expect(twice.map(({ path }) => path)).toEqual(['extension[why].valueString'])
  expect(merged.extension).toHaveLength(4)
})
