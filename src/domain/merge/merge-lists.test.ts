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
  ['notes that both began stand beside each other', {}, notes('a'), notes('b'), notes('b', 'a')],
  ['steps that both added too', steps('1'), steps('1', '2'), steps('1', '3'), steps('1', '3', '2')],
  [
    'values changed at one place too',
    { a: [1, 2] },
    { a: [1, 3] },
    { a: [1, 4] },
    { a: [1, 4, 3] },
  ],
  ['and where one value stands twice', { a: [1] }, { a: [1, 1] }, { a: [1, 2] }, { a: [1, 2] }],
  ['notes of a plan that had none', { note: 'x' }, notes('a'), notes('b'), notes('b', 'a')],
  [
    'two extensions of one kind, the one changed and the other taken out',
    { extension: [colour('pain'), { url: place }] },
    { extension: [colour('falls'), { url: place }] },
    { extension: [colour('pain')] },
    { extension: [colour('falls')] },
  ],
  [
    'two of one kind without parts, and one more of each',
    { extension: [{ url: 'a' }, { url: 'a', valueCode: 'x' }] },
    { extension: [{ url: 'a' }, { url: 'a', valueCode: 'x' }, { url: 'b' }] },
    { extension: [{ url: 'a' }] },
    { extension: [{ url: 'a' }, { url: 'b' }] },
  ],
]

test.each(alone)('%s', (_title, base, mine, theirs, expected) => {
  const { merged, twice } = mergeJson({ base, mine, theirs })
  expect(twice).toEqual([])
  expect(merged).toStrictEqual(expected)
})

test.each(['level', 'code', 'kind', 'at'])(
  'extensions of one kind are told apart by their part “%s”, however many there are',
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
  ['its question', 'item', { linkId: 'q' }, 'item[q].status'],
  ['its address', 'extension', { url: 'w' }, 'extension[w].status'],
  ['what it points at', 'goal', { reference: 'Goal/1' }, 'goal[Goal/1]'],
  ['its id', 'contained', { id: 'c' }, 'contained[c].status'],
  ['its place', 'note', {}, 'note[0].status'],
  ['its place, whatever marks it has', 'note', { extension: [{ url: 'by' }] }, 'note[0].status'],
])('an entry that both changed is found by %s', (_title, list, name, path) => {
  const say = (status: string) => ({ [list]: [{ ...name, status }] })
  const sides = { base: say('a'), mine: say('b'), theirs: say('c') }
  expect(mergeJson(sides).twice.map((each) => each.path)).toEqual([path])
})
