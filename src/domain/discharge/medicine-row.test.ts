import { expect, test } from 'vitest'
import {
  type ListedMedicine,
  type MedicineChange,
  type MedicineMatch,
  type MedicineRow,
  medicineChange,
  medicineFault,
  medicineMatch,
  medicinesInOrder,
  needsSorting,
  nothingListed,
} from './medicine-row.ts'

const has = (how = ''): ListedMedicine => ({ says: 'has', how })
const not: ListedMedicine = { says: 'not', how: '' }
const unknown = nothingListed
const row = (
  before: ListedMedicine,
  ward: ListedMedicine,
  hand: ListedMedicine,
  name = 'Ramipril',
): MedicineRow => ({ id: name, name, before, ward, hand, why: '', knows: '' })

test.each<[string, ListedMedicine, ListedMedicine, MedicineChange]>([
  ['new on the ward’s list', not, has('100 mg'), 'started'],
  ['stopped by the ward', has('5 mg'), not, 'stopped'],
  ['another dose', has('20 mg'), has('40 mg'), 'changed'],
  ['the same dose', has('20 mg'), has('20 mg'), 'same'],
  ['the same dose in other letters', has('20 mg  Once'), has(' 20 MG once'), 'same'],
  ['not on the ward’s list, and nobody has said', has('5 mg'), unknown, 'not-known'],
  ['nobody knows what was before', unknown, has('5 mg'), 'not-known'],
  ['a dose on one list only', has(), has('5 mg'), 'not-known'],
  ['no dose on either', has(), has(), 'same'],
  ['on neither list', not, not, 'not-known'],
  ['nothing is known', unknown, unknown, 'not-known'],
])('%s', (_title, before, ward, change) => {
  expect(medicineChange(row(before, ward, unknown))).toBe(change)
})

test.each<[string, ListedMedicine, ListedMedicine, MedicineMatch, boolean]>([
  ['takes it as the ward says', has('5 mg'), has('5 mg'), 'matches', false],
  ['only says that they take it', has('5 mg'), has(), 'matches', false],
  ['takes another dose', has('5 mg'), has('10 mg'), 'does-not-match', true],
  ['still takes what was stopped', not, has('5 mg'), 'does-not-match', true],
  ['does not take it', has('5 mg'), not, 'does-not-match', true],
  ['stopped, and does not take it', not, not, 'matches', false],
  ['nobody has asked', has('5 mg'), unknown, 'not-asked', false],
  ['the ward has not said', unknown, has('5 mg'), 'not-asked', true],
])('%s', (_title, ward, hand, match, needs) => {
  const each = row(has('5 mg'), ward, hand)
  expect([medicineMatch(each), needsSorting(each)]).toEqual([match, needs])
})

test('what needs somebody comes first, what stayed the same last', () => {
  const rows = [
    row(has('1'), has('1'), has(), 'Same'),
    row(has('1'), not, not, 'Stopped'),
    row(not, has('1'), has(), 'Started'),
    row(has('1'), has('2'), has('2'), 'Changed'),
    row(has('1'), has('2'), unknown, 'Unasked'),
    row(has('1'), unknown, unknown, 'Unknown'),
    row(has('1'), not, has('1'), 'Mismatch'),
  ]
  expect(medicinesInOrder(rows).map(({ name }) => name)).toEqual([
    ...['Mismatch', 'Unknown', 'Unasked', 'Changed', 'Started', 'Stopped', 'Same'],
  ])
})

test('a row has a name, and nothing in it is endless', () => {
  const fine = row(has('1'), has('1'), unknown)
  expect(medicineFault(fine)).toBeUndefined()
  expect(medicineFault({ ...fine, name: ' ' })).toBe('no-name')
  expect(medicineFault({ ...fine, why: 'x'.repeat(401) })).toBe('too-long')
})
