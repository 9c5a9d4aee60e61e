import { expect, test } from 'vitest'
import { type CaseloadRow, chosenRows, houseOfRow } from './caseload.ts'

const today = '2026-03-02'
const row: CaseloadRow = {
  ...{ person: 'p-1', caseId: 'case-1', family: 'Okafor', given: 'Grace' },
  ...{ birthDate: '1944-01-01', nhsNumber: '', state: 'open', coordinator: 'Amina Yusuf' },
  ...{ planVersion: '2', planEmpty: false, agreed: true, reviewOn: '2026-04-01' },
  lastContact: '2026-02-20',
  died: '',
}

test.each([
  [{ planVersion: '' }, 'none'],
  [{ planEmpty: true }, 'writing'],
  [{ agreed: false }, 'waiting'],
  [{ agreed: false, reviewOn: '2026-01-01' }, 'waiting'],
  [{ reviewOn: '2026-03-01' }, 'review-due'],
  [{ reviewOn: '2026-03-02' }, 'agreed'],
  [{ reviewOn: '' }, 'agreed'],
  [{ died: '2026-02-28', agreed: false, reviewOn: '2026-01-01' }, 'died'],
  [{ died: 'true', planVersion: '' }, 'died'],
] as const)('a row with %o shows the house %s', (facts, house) => {
  expect(houseOfRow({ ...row, ...facts }, today)).toBe(house)
})

test('rows are sorted by review date, and those without one come last', () => {
  const rows = [
    { ...row, person: 'none', reviewOn: '' },
    { ...row, person: 'late', reviewOn: '2026-02-01' },
    { ...row, person: 'soon', state: 'paused' as const },
  ]
  expect(chosenRows(rows, 'all', today).map((each) => each.person)).toEqual([
    'late',
    'soon',
    'none',
  ])
  expect(chosenRows(rows, 'review', today).map((each) => each.person)).toEqual(['late'])
  const steady = rows.map((each) => ({ ...each, band: 'steady' as const }))
  expect(chosenRows(steady, 'steady', today)).toHaveLength(3)
  expect(chosenRows(steady, 'today', today)).toEqual([])
  expect(chosenRows(rows, 'paused', today).map((each) => each.person)).toEqual(['soon'])
})

test('a person who has died is in no list of reviews, agreements or plans that are due', () => {
  const rows = [{ ...row, died: 'true', agreed: false, planEmpty: true, reviewOn: '2026-01-01' }]
  for (const filter of ['review', 'waiting', 'no-plan'] as const)
    expect(chosenRows(rows, filter, today)).toEqual([])
  expect(chosenRows(rows, 'all', today)).toHaveLength(1)
})
