import { expect, test } from 'vitest'
import { mergeRecords } from './merge-records.ts'

type Note = { id: string; version: string; text?: string; day?: string; names?: readonly string[] }
const base: Note = {
  ...{ id: '1', version: '1', text: 'one two three four', day: 'Monday', names: ['a', 'b'] },
}
const merge = (mine: object, theirs: object, before: object = {}) =>
  mergeRecords<Note>({
    base: { ...base, ...before },
    mine: { ...base, ...before, ...mine },
    theirs: { ...base, ...before, version: '2', ...theirs },
    ...{ prose: ['text'], kept: ['id', 'version'] },
  })

type Change = Partial<Record<keyof Note, unknown>>
type Row = [title: string, mine: Change, theirs: Change, merged: Change, before?: Change]
const alone: Row[] = [
  ['what I changed alone is mine', { day: 'Tuesday' }, {}, { day: 'Tuesday' }],
  ['what they changed alone is theirs', {}, { day: 'Friday' }, { day: 'Friday' }],
  ['what both changed alike is one', { day: 'Friday' }, { day: 'Friday' }, { day: 'Friday' }],
  [
    'different fields merge by themselves',
    { day: 'Tuesday' },
    { text: 'one two three five' },
    { day: 'Tuesday', text: 'one two three five' },
  ],
  [
    'running text merges word by word',
    { text: 'ONE two three four' },
    { text: 'one two three FOUR' },
    { text: 'ONE two three FOUR' },
  ],
  ['words that both took out are gone', { text: undefined }, { text: '' }, { text: '' }],
  ['what I took out is gone', { day: undefined }, {}, { day: undefined }],
  ['what they took out is gone', {}, { day: undefined }, { day: undefined }],
  [
    'what either adds to a list stays, what either takes out goes',
    { names: ['a', 'c'] },
    { names: ['a', 'b', 'd'] },
    { names: ['a', 'd', 'c'] },
  ],
  [
    'what they took out of a list does not come back with what I add',
    { names: ['a', 'b', 'c'] },
    { names: ['a'] },
    { names: ['a', 'c'] },
  ],
  [
    'what both add to a list stands there once',
    { names: ['a', 'b', 'c'] },
    { names: ['b', 'c'] },
    { names: ['b', 'c'] },
  ],
  [
    'a list that both began has both',
    { names: ['a'] },
    { names: ['b'] },
    { names: ['b', 'a'] },
    { names: undefined },
  ],
  ['what the store keeps is theirs', { id: '8', version: '9' }, {}, { id: '1', version: '2' }],
]

test.each(alone)('%s', (_title, mine, theirs, expected, before) => {
  const { merged, conflicts } = merge(mine, theirs, before)
  expect(conflicts).toEqual([])
  const whole = { ...base, ...before, version: '2', ...expected }
  const said = Object.entries(whole).filter(([, value]) => value !== undefined)
  expect(merged).toStrictEqual(Object.fromEntries(said))
})

type Choice = [title: string, mine: Change, theirs: Change, field: keyof Note, before?: Change]
const quarrels: Choice[] = [
  ['one field', { day: 'Tuesday' }, { day: 'Friday' }, 'day'],
  ['text that is no prose', { day: 'Monday or so' }, { day: 'on Monday' }, 'day'],
  ['the same words', { text: 'one 2 three four' }, { text: 'one too three four' }, 'text'],
  ['words that I took out', { text: undefined }, { text: 'one two three five' }, 'text'],
  ['words that they took out', { text: 'one two three five' }, { text: undefined }, 'text'],
  ['an empty place', { text: 'Tea' }, { text: 'Coffee' }, 'text', { text: undefined }],
  ['a list that I took out', { names: undefined }, { names: ['a'] }, 'names'],
  ['a list that they took out', { names: ['a'] }, { names: undefined }, 'names'],
]

test.each(quarrels)(
  '%s that both changed is for a person to choose, with mine kept meanwhile',
  (_title, mine, theirs, field, before) => {
    const { merged, conflicts } = merge(mine, theirs, before)
    const was = { ...base, ...before }[field]
    expect(conflicts).toEqual([{ field, base: was, mine: mine[field], theirs: theirs[field] }])
    expect(merged[field]).toEqual(mine[field])
  },
)
