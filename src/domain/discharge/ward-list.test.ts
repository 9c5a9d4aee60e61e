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
  ).toEqual([
    { name: 'Furosemide', ward: { says: 'has', how: '40 mg in the morning' } },
    { name: 'Ramipril', ward: { says: 'not', how: '' } },
  ])
})

test.each(['', '{', 'null', '[]', '{"resourceType":"Patient"}', '{"resourceType":"Bundle"}'])(
  'nothing is read from %s',
  (text) => {
    expect(wardList(text)).toEqual([])
  },
)

test('it stands beside the row of the same substance, or in a row of its own', () => {
  const listed = wardList(
    document(medicine('FUROSEMIDE', '40 mg'), medicine('Doxycycline', '100 mg')),
  )
  expect(
    rowsForWardList([row('Furosemide 20 mg tablets'), row('Aspirin')], listed, 's').map(
      ({ name, before, ward }) => [name, before.says, ward.how],
    ),
  ).toEqual([
    ['Furosemide 20 mg tablets', 'has', '40 mg'],
    ['Doxycycline', 'not', '100 mg'],
  ])
})

test('two of one substance are not told apart, and what somebody wrote stays', () => {
  const listed = wardList(document(medicine('Insulin aspart', '4 units')))
  const two = [row('Insulin glargine'), row('Insulin aspart')]
  expect(rowsForWardList(two, listed, 's').map(({ id }) => id)).toEqual(['s.0'])
  const said = row('Insulin aspart', { ward: { says: 'not', how: '' } })
  expect(rowsForWardList([said], listed, 's')).toEqual([])
  // the second time nothing is new
  const again = [...two, ...rowsForWardList(two, listed, 's')]
  expect(rowsForWardList(again, listed, 's')).toEqual([])
})
