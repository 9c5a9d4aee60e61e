import { expect, test } from 'vitest'
import { mergeRecords } from './merge-records.ts'
import { wordChanges } from './word-diff.ts'
import { mergeWords } from './word-merge.ts'

const bus = 'The minibus leaves at 9.30, so carers come at 8.00.'

test.each([
  ['mine alone changed', bus, bus.replace('9.30', '9.15'), bus, bus.replace('9.30', '9.15')],
  ['theirs alone changed', bus, bus, bus.replace('8.00', '7.30'), bus.replace('8.00', '7.30')],
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
  ['both wrote into an empty place', '', 'Tea', 'Coffee', undefined],
  ['one took out what the other changed', 'a b c', 'a c', 'a x c', undefined],
  [
    'each changed one half of a dose',
    'take 2 tablets',
    'take 3 tablets',
    'take 2 capsules',
    undefined,
  ],
  ['both added at the end', 'a b', 'a b c', 'a b d', undefined],
])('%s', (_title, base, mine, theirs, expected) => {
  expect(mergeWords(base, mine, theirs)).toBe(expected)
})

test('a text beside its older self gives both back', () => {
  const after = 'I want to walk on a Sunday or a feast day.'
  const stretches = wordChanges('I want to walk on a Sunday.', after)
  const without = (kind: string) =>
    stretches
      .filter((each) => each.kind !== kind)
      .map((each) => each.text)
      .join('')
  expect(without('removed')).toBe(after)
  expect(without('added')).toBe('I want to walk on a Sunday.')
})

type Note = { id: string; version: string; text: string; day?: string; names: readonly string[] }
const base: Note = {
  id: '1',
  version: '1',
  text: 'one two three four',
  day: 'Monday',
  names: ['a', 'b'],
}
const merge = (mine: Partial<Note>, theirs: Partial<Note>) =>
  mergeRecords<Note>({
    ...{ base, mine: { ...base, ...mine }, theirs: { ...base, version: '2', ...theirs } },
    ...{ prose: ['text'], kept: ['id', 'version'] },
  })

test('different fields merge by themselves', () => {
  const { merged, conflicts } = merge({ day: 'Tuesday' }, { text: 'one two three five' })
  expect(conflicts).toEqual([])
  expect(merged).toMatchObject({ day: 'Tuesday', text: 'one two three five', version: '2' })
})

test('what either adds to a list of names stays, what either takes out goes', () => {
  const { merged } = merge({ names: ['a', 'c'] }, { names: ['a', 'b', 'd'] })
  expect(merged.names).toEqual(['a', 'd', 'c'])
})

test('the same field in two ways is for a person to choose, with mine kept meanwhile', () => {
  const { merged, conflicts } = merge({ day: 'Tuesday' }, { day: 'Friday' })
  expect(conflicts).toEqual([{ field: 'day', base: 'Monday', mine: 'Tuesday', theirs: 'Friday' }])
  expect(merged.day).toBe('Tuesday')
})

test('a field that one took out and the other left is gone', () => {
  const { day: _day, ...without } = base
  const { merged, conflicts } = mergeRecords<Note>({
    ...{ base, mine: without, theirs: base, prose: [], kept: ['id', 'version'] },
  })
  expect(conflicts).toEqual([])
  expect(merged).not.toHaveProperty('day')
})
