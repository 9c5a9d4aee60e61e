import { describe, expect, test } from 'vitest'
import {
  correctedLeavings,
  type KnownRegistration,
  registrationChanges,
  whyOf,
} from './registration-changes.ts'
import { rosterMonths } from './roster-months.ts'
import { wholeListFault } from './whole-list.ts'

const today = '2026-03-10'
const brook = { organisation: 'brook' }
const on: KnownRegistration = {
  ...brook,
  ...{ kind: 'joined', why: 'first-known', onDay: '2025-01-01', since: '2025-01-01' },
  ...{ source: 'record', joinedDays: ['2025-01-01'] },
}
const off = (why: KnownRegistration['why'], source: KnownRegistration['source'] = 'record') =>
  [{ ...on, kind: 'left', why, onDay: '2026-01-05', source }] as const
const told = (facts: Partial<Parameters<typeof registrationChanges>[0]>) =>
  registrationChanges({ registrations: [brook], died: undefined, known: [], today, ...facts }).map(
    ({ organisation, kind, why, onDay }) => `${organisation} ${kind} ${onDay} ${why}`,
  )

describe('What a record says about the list of a practice', () => {
  test.each([
    ['a practice for the first time: joined today', {}, ['brook joined 2026-03-10 first-known']],
    [
      'with a date: joined then',
      { registrations: [{ ...brook, joined: '2019-03-01' }] },
      ['brook joined 2019-03-01 registered'],
    ],
    ['the same again: nothing', { known: [on] }, []],
    [
      'an earlier date than was known: it is added',
      { known: [on], registrations: [{ ...brook, joined: '2019-03-01' }] },
      ['brook joined 2019-03-01 registered'],
    ],
    [
      'another practice: moved',
      { known: [on], registrations: [{ organisation: 'mill' }] },
      ['mill joined 2026-03-10 first-known', 'brook left 2026-03-10 moved-practice'],
    ],
    [
      'no practice any more',
      { known: [on], registrations: [] },
      ['brook left 2026-03-10 taken-off'],
    ],
    ['a death', { known: [on], died: '2026-03-01' }, ['brook left 2026-03-01 died']],
    [
      'a date of leaving, with its reason',
      { known: [on], registrations: [{ ...brook, left: '2026-02-01', why: 'EMB' }] },
      ['brook left 2026-02-01 moved-abroad'],
    ],
    [
      'joined and left, of which nothing was known',
      { registrations: [{ ...brook, joined: '2020-01-01', left: '2021-01-01', why: 'x' }] },
      ['brook joined 2020-01-01 registered', 'brook left 2021-01-01 other'],
    ],
    [
      'a date of leaving that is ahead: on that day',
      { known: [on], registrations: [{ ...brook, left: '2026-12-01' }] },
      ['brook left 2026-12-01 other'],
    ],
    [
      'the day and the reason for which they left, still: nothing',
      {
        known: off('moved-practice').map((each) => ({ ...each, words: 'Transfer' })),
        registrations: [{ ...brook, left: '2026-01-05', why: 'Transfer' }],
      },
      [],
    ],
    [
      'the practice again, after it was taken off: back today',
      { known: off('taken-off') },
      ['brook joined 2026-03-10 first-known'],
    ],
    [
      'the practice still, after a whole list left them out: nothing',
      { known: off('not-on-list', 'list') },
      [],
    ],
    [
      'a later date than that list: back then',
      { known: off('not-on-list', 'list'), registrations: [{ ...brook, joined: '2026-02-01' }] },
      ['brook joined 2026-02-01 registered'],
    ],
  ] as const)('%s', (_what, facts, lines) => {
    expect(told(facts)).toEqual(lines)
  })

  test('the same day of joining again, after one list left them out and the next had them: nothing', () => {
    const joinedDays = ['2019-03-01', '2026-03-01']
    const back: KnownRegistration = {
      ...{ ...on, why: 'on-list', onDay: '2026-03-01', since: '2026-03-01' },
      ...{ source: 'list', joinedDays },
    }
    const registrations = [{ ...brook, joined: '2019-03-01' }]
    expect(told({ registrations, known: [back] })).toEqual([])
  })

  test.each([
    ['the same day and reason: it stands', { left: '2026-01-05', why: 'EMB' }, 0],
    ['no day of leaving any more', {}, 1],
    ['another day', { left: '2026-01-06', why: 'EMB' }, 1],
    ['another reason', { left: '2026-01-05', why: 'SCT' }, 1],
    ['joined again later: they had left', { joined: '2026-02-01' }, 0],
  ])('a leaving that the record said, and now says %s', (_what, said, corrected) => {
    const known = off('moved-abroad').map((each) => ({ ...each, words: 'EMB' }))
    const registrations = [{ ...brook, ...said }]
    const facts = { registrations, today: '2026-03-10', died: undefined }
    expect(correctedLeavings({ ...facts, known })).toHaveLength(corrected)
    expect(correctedLeavings({ ...facts, known, registrations: [] })).toEqual([])
    expect(correctedLeavings({ ...facts, known: off('not-on-list', 'list') })).toEqual([])
  })

  test.each([
    ['DEA', 'died'],
    ['Patient deceased', 'died'],
    ['EMB', 'moved-abroad'],
    ['SCT', 'moved-area'],
    ['Moved away', 'moved-area'],
    ['Registered at another practice', 'moved-practice'],
    ['Removed by request', 'other'],
    [undefined, 'other'],
  ])('the reason %s is %s', (words, why) => {
    expect(whyOf(words)).toBe(why)
  })
})

test('months add up: who was there, came, left, moved and died', () => {
  const months = rosterMonths(
    [
      { month: '2020-05', kind: 'joined', why: 'registered', people: 10 },
      { month: '2026-01', kind: 'left', why: 'died', people: 1 },
      { month: '2026-02', kind: 'left', why: 'moved-practice', people: 2 },
      { month: '2026-02', kind: 'joined', why: 'on-list', people: 4 },
      { month: '2026-02', kind: 'said-no', why: '', people: 1 },
    ],
    '2026-02-15',
  )
  expect(months).toHaveLength(12)
  expect(months[0]).toMatchObject({ month: '2025-03', people: 10, joined: 0 })
  expect(months.slice(-2)).toEqual([
    { month: '2026-01', people: 9, joined: 0, left: 1, moved: 0, died: 1, saidNo: 0 },
    { month: '2026-02', people: 11, joined: 4, left: 2, moved: 2, died: 0, saidNo: 1 },
  ])
})

const sound = {
  ...{ date: '2026-03-01', today, count: 100, rows: 100, latest: '2026-02-01', missing: 0 },
  ...{ refused: 0, knownSince: 0 },
  ...{ leaving: 10, onRoster: 100, confirm: 10, reason: '' },
}

test.each([
  ['a tenth leaves', {}, undefined],
  ['more than a tenth leaves, without a reason', { leaving: 11, confirm: 11 }, 'reason-needed'],
  [
    'more than a tenth leaves, with a reason',
    { leaving: 11, confirm: 11, reason: 'The practice was split' },
    undefined,
  ],
  ['it is only looked at', { leaving: 90, confirm: undefined }, undefined],
  ['it has fewer rows than its system says: cut between two lines', { rows: 99 }, 'count-differs'],
  ['it has no rows', { rows: 0, count: 0 }, 'empty'],
  ['it is of tomorrow', { date: '2026-03-11' }, 'date-ahead'],
  ['it is older than the one before', { date: '2026-01-31' }, 'later-list'],
  ['it is more than a month old', { date: '2026-02-06', latest: undefined }, 'too-old'],
  ['it is a month old', { date: '2026-02-07', latest: undefined }, undefined],
  ['something later is known about somebody', { knownSince: 1 }, 'known-since'],
  ['a row has the number of somebody else', { refused: 1 }, 'rows-refused'],
  ['some rows were not imported', { missing: 1 }, 'rows-missing'],
  ['somebody joined since it was looked at', { leaving: 9 }, 'changed-since'],
] as const)('A whole list: %s gives %j', (_what, facts, fault) => {
  expect(wholeListFault({ ...sound, ...facts })).toBe(fault)
})
