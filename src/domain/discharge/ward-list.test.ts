import { expect, test } from 'vitest'
import { nothingListed } from './medicine-row.ts'
import type { ReconciledRow } from './reconciled-row.ts'
import { rowsForWardList, wardList } from './ward-list.ts'

const medicine = (name: string, how: string, status = 'active') => ({
  resource: {
    ...{ resourceType: 'MedicationStatement', status, subject: {} },
    ...{ medicationCodeableConcept: { text: name }, dosage: how ? [{ text: how }] : [] },
  },
})
const document = (...entry: readonly object[]) =>
  JSON.stringify({ resourceType: 'Bundle', type: 'document', entry })
const listedIn = (...entry: readonly object[]) => wardList(document(...entry)).medicines
const row = (name: string, more: Partial<ReconciledRow> = {}): ReconciledRow => ({
  ...{ id: name, name, before: { says: 'has', how: '' }, ward: nothingListed },
  ...{ hand: nothingListed, why: '', knows: '', ...more },
})

test('a document lists what is taken, and what was stopped', () => {
  expect(
    wardList(
      document(
        medicine('Furosemide', '40 mg in the morning'),
        medicine('Ramipril', '', 'stopped'),
        medicine('Aspirin', '', 'entered-in-error'),
        { resource: { resourceType: 'Patient' } },
        {},
      ),
    ),
  ).toEqual({
    medicines: [
      { entry: 0, name: 'Furosemide', ward: { says: 'has', how: '40 mg in the morning' } },
      { entry: 1, name: 'Ramipril', ward: { says: 'not', how: '' } },
    ],
    skipped: [{ name: 'Aspirin', why: 'not-in-force' }],
  })
})

test.each(['', '{', 'null', '[]', '{"resourceType":"Patient"}', '{"resourceType":"Bundle"}'])(
  'nothing is read from %s',
  (text) => {
    expect(wardList(text)).toEqual({ medicines: [], skipped: [] })
  },
)

test('it stands beside the row of the same substance, or in a row of its own', () => {
  const listed = listedIn(medicine('FUROSEMIDE', '40 mg'), medicine('Doxycycline', '100 mg'))
  expect(
    rowsForWardList([row('Furosemide 20 mg tablets'), row('Aspirin')], listed, 's').rows.map(
      ({ name, before, ward }) => [name, before.says, ward.how],
    ),
  ).toEqual([
    ['Furosemide 20 mg tablets', 'has', '40 mg'],
    ['Doxycycline', 'not', '100 mg'],
  ])
})

test('two of one substance are not told apart, and what somebody wrote stays', () => {
  const listed = listedIn(medicine('Insulin aspart', '4 units'))
  const two = [row('Insulin aspart 100 units/ml'), row('Insulin aspart 200 units/ml')]
  const first = rowsForWardList(two, listed, 's')
  expect(first.rows.map(({ id }) => id)).toEqual(['s.0'])
  const said = row('Insulin aspart', { ward: { says: 'not', how: '' } })
  expect(rowsForWardList([said], listed, 's')).toEqual({
    rows: [],
    skipped: [{ name: 'Insulin aspart', why: 'otherwise' }],
  })
  // the second time nothing is new
  expect(rowsForWardList([...two, ...first.rows], listed, 's')).toEqual({
    rows: [],
    skipped: [{ name: 'Insulin aspart', why: 'same' }],
  })
})

test.each([
  ['Co-amoxiclav', 'Co-codamol'],
  ['Insulin aspart', 'Insulin glargine'],
  ['Co-amoxiclav 500 mg/125 mg tablets', 'Co-codamol 8 mg/500 mg tablets'],
  ['NovoMix 30', 'NovoMix 50'],
  ['Metformin 500 mg modified-release tablets', 'Metformin 500 mg tablets'],
  ['Sodium valproate', 'Sodium bicarbonate'],
  ['5 mg tablets', '10 mg tablets'],
])('the ward’s %s never lands on the row of %s: it stands in a row of its own', (ward, other) => {
  const { rows } = rowsForWardList([row(other)], listedIn(medicine(ward, 'one a day')), 'l')
  expect(rows.map(({ id, name, before }) => [id, name, before.says])).toEqual([
    ['l.0', ward, 'not'],
  ])
})

test.each([
  ['Furosemide 40mg tablets', 'Furosemide 40 mg tablets', 'one'],
  ['co-amoxiclav', 'Co-amoxiclav 500 mg/125 mg tablets', 'one'],
  ['Insulin aspart', 'Insulin aspart 100 units/ml', 'one'],
  // another strength stands in the words about the ward, and is not lost
  ['Furosemide 40 mg tablets', 'Furosemide 20 mg tablets', 'Furosemide 40 mg tablets: one'],
])('the ward’s %s stands beside %s', (ward, name, how) => {
  const { rows } = rowsForWardList([row(name)], listedIn(medicine(ward, 'one')), 'l')
  expect(rows).toMatchObject([{ id: name, name, ward: { says: 'has', how } }])
})

test('a later letter’s medicine is never lost, and what is skipped is named with the reason', () => {
  const first = rowsForWardList([], listedIn(medicine('Apixaban', '5 mg')), 'letter-1')
  const later = listedIn(medicine('Furosemide', '40 mg'), medicine('Apixaban', '5 mg'))
  const second = rowsForWardList(first.rows, later, 'letter-2')
  expect(second.rows.map(({ id, name }) => [id, name])).toEqual([['letter-2.0', 'Furosemide']])
  expect(second.skipped).toEqual([{ name: 'Apixaban', why: 'same' }])
  const other = listedIn(medicine('Apixaban', '2.5 mg'))
  expect(rowsForWardList(first.rows, other, 'letter-3').skipped).toEqual([
    { name: 'Apixaban', why: 'otherwise' },
  ])
})
