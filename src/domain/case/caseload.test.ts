import { expect, test } from 'vitest'
import { type CaseloadRow, houseOfRow } from './caseload.ts'
import { type CaseloadAsk, caseloadList, wholeCaseload } from './caseload-list.ts'

const today = '2026-03-02'
const row: CaseloadRow = {
  ...{ person: 'p-1', caseId: 'case-1', family: 'Okafor', given: 'Grace' },
  ...{
    birthDate: '1944-01-01',
    nhsNumber: '9991001018',
    state: 'open',
    coordinator: 'Amina Yusuf',
  },
  ...{ planVersion: '2', planEmpty: false, agreed: true, reviewOn: '2026-04-01' },
  ...{ lastContact: '2026-02-20', died: '', since: '2025-01-01', whose: 'mine', pausedWhy: '' },
  ...{ isInHospital: false, planOn: '2026-02-01', segment: 'long-term', programmes: [] },
}
const listed = (rows: readonly CaseloadRow[], asked: Partial<CaseloadAsk> = {}) =>
  caseloadList(rows, { ...wholeCaseload, ...asked }, today)
const people = (rows: readonly CaseloadRow[], asked: Partial<CaseloadAsk>) =>
  listed(rows, asked).rows.map(({ person }) => person)

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

const need = (kind: 'promise' | 'home' | 'review', due = today) => ({
  ...{ band: 'today' as const, need: { kind, person: '', reference: '', due, text: '' } },
})

test.each([
  ['review', [{ reviewOn: '' }, { reviewOn: '2026-02-01' }, { reviewOn: '2026-05-01' }], [1, 2, 0]],
  ['contact', [{ lastContact: '2026-02-01' }, { lastContact: '' }, {}], [1, 0, 2]],
  ['risk', [{}, { chance: 9 }, { chance: 64 }, { chance: 0 }], [2, 1, 3, 0]],
  ['name', [{ family: 'Öz' }, { family: 'Ady' }, { family: 'Zeta' }], [1, 0, 2]],
  [
    'need',
    [
      { band: 'steady' },
      need('review'),
      need('home'),
      { band: 'week' },
      need('home', '2026-03-01'),
      {},
    ],
    [4, 2, 1, 3, 0, 5],
  ],
] as const)('sorted by %s, what is asked for stands first', (sort, facts, order) => {
  const rows = facts.map((each, place): CaseloadRow => ({ ...row, ...each, person: `${place}` }))
  expect(people(rows, { sort }).map(Number)).toEqual(order)
})

test('a person who has died is in no list of reviews, agreements, contacts or plans', () => {
  const rows = [
    {
      ...{ ...row, died: 'true', agreed: false, planEmpty: true, reviewOn: '2026-01-01' },
      ...{ lastContact: '2020-01-01', planOn: '2020-01-01' },
    },
  ]
  for (const show of ['review', 'waiting', 'no-plan', 'silent', 'untouched'] as const)
    expect(people(rows, { show }), show).toEqual([])
  expect(people(rows, {})).toHaveLength(1)
})

test.each([
  ['silent', { lastContact: '2026-01-01' }, true],
  ['silent', { lastContact: '2026-01-02' }, false],
  ['silent', { lastContact: '', since: '2026-01-01' }, true],
  ['silent', { lastContact: '2026-01-01', isInHospital: true }, false],
  ['silent', { lastContact: '2026-01-01', state: 'paused' }, false],
  ['untouched', { planOn: '2025-09-03' }, true],
  ['untouched', { planOn: '2025-09-04' }, false],
  ['untouched', { planOn: '' }, false],
] as const)('%s with %o: %s', (show, facts, isThere) => {
  expect(people([{ ...row, ...facts }], { show })).toHaveLength(isThere ? 1 : 0)
})

test.each([
  ...['gra', 'OKAFOR grace', '999 100 1018', '1944', 'oka', '1944-01-01'],
  ...['01/01/1944', '1.1.1944', '1 January 1944', '01-Jan-1944'],
])('%s finds Grace', (text) => {
  expect(
    people(
      [
        row,
        { ...row, person: 'other', given: 'Ann', family: 'Hill', nhsNumber: '', birthDate: '' },
      ],
      { text },
    ),
  ).toEqual(['p-1'])
})

test('each filter says how many it would leave under all the others', () => {
  const rows = [
    row,
    { ...row, person: 'p-2', whose: 'team' as const, state: 'paused' as const },
    { ...row, person: 'p-3', segment: 'frailty-dementia', programmes: ['Falls'] },
    { ...row, person: 'p-4', reviewOn: '2026-01-01', programmes: ['Falls'] },
  ]
  const { counts } = listed(rows, { programme: 'Falls' })
  const of = (facet: string, value: string) =>
    counts.find((each) => each.facet === facet && each.value === value)?.count ?? 0
  expect([of('show', 'all'), of('show', 'review'), of('show', 'paused')]).toEqual([2, 1, 0])
  expect([of('whose', 'mine'), of('whose', 'team'), of('programme', 'Falls')]).toEqual([2, 0, 2])
  expect([of('segment', 'long-term'), of('segment', 'frailty-dementia')]).toEqual([1, 1])
})
