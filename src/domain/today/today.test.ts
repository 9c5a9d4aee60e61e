import { describe, expect, test } from 'vitest'
import { itemsFor, priorityBandOf, type TodayFacts } from './today.ts'

const now = '2026-03-02T09:00:00.000Z'
const nothing: TodayFacts = {
  ...{ person: 'p', paused: false, lastContact: '2026-02-20T10:00:00Z' },
  ...{ actions: [], answers: [], stays: [], readings: [] },
  ...{ limits: [], closed: [], safety: [] },
}
const action = (dueOn: string, state: 'accepted' | 'done' = 'accepted') => ({
  ...{ id: 'a', person: 'p', what: 'Second stair rail', note: '', state, dueOn },
  owner: { reference: 'Practitioner/tom', name: 'Tom', voice: 'professional' as const },
  written: {
    by: { reference: 'Practitioner/tom', name: 'Tom', voice: 'professional' as const },
    at: '2026-02-01T10:00:00Z',
  },
})
const no = {
  ...{ id: 'c', action: 'a', person: 'p', happened: false, words: '', at: '2026-03-01T10:00:00Z' },
  by: { reference: 'Patient/p', name: 'P', voice: 'person' as const },
}
const stay = (from: string, until?: string) => ({
  ...{ id: 's', from, reason: 'Fall' },
  ...(until ? { until } : {}),
})
const weights = [82, 83, 85].map((value, place) => ({
  ...{ id: `w${place}`, person: 'p', kind: 'weight' as const, value },
  at: `2026-02-2${place + 6}T07:30:00Z`,
}))
const oxygen = (value: number, on: string) => ({
  ...{ id: `o-${on}`, person: 'p', kind: 'oxygen' as const, value, at: `${on}T07:30:00Z` },
})
const limits = [{ kind: 'weight' as const, riseOver: 2, riseDays: 3 }]
const home = stay('2026-02-24T10:00:00Z', '2026-03-01T14:15:00Z')
const flag = { id: 'f', at: '2026-03-01T10:00:00Z', text: '' }

const cases: [string, Partial<TodayFacts>, readonly string[]][] = [
  ['someone with nothing open needs nothing', {}, []],
  ['a promise past its day needs somebody', { actions: [action('2026-03-01')] }, ['promise']],
  ['a promise due today is not late yet', { actions: [action('2026-03-02')] }, []],
  ['a promise that was kept is quiet', { actions: [action('2026-03-01', 'done')] }, []],
  [
    'a promise ticked as done that the person says did not happen comes back',
    { actions: [action('2026-03-01', 'done')], answers: [no] },
    ['promise'],
  ],
  ['a review on its day is due', { review: { plan: 'x', on: '2026-03-02' } }, ['review']],
  ['a review tomorrow is not', { review: { plan: 'x', on: '2026-03-03' } }, []],
  ['home from hospital is to be rung', { stays: [home] }, ['home']],
  [
    'home from hospital and spoken to is done',
    { stays: [home], lastStaffContact: '2026-03-01T16:00:00Z' },
    [],
  ],
  [
    'home from hospital and heard from, but not spoken to, is still to be rung',
    { stays: [home], lastContact: '2026-03-01T16:00:00Z' },
    ['home'],
  ],
  [
    'a call before the discharge, written in another time zone, does not count as after it',
    { stays: [home], lastStaffContact: '2026-03-01T15:00:00+01:00' },
    ['home'],
  ],
  [
    'home three weeks ago and never reached is still to be rung',
    { stays: [stay('2026-02-01', '2026-02-09')] },
    ['home'],
  ],
  ['home and closed with a reason is done', { stays: [home], closed: ['s'] }, []],
  [
    'home long before the case began is history',
    { stays: [stay('2026-02-01', '2026-02-09')], caseSince: '2026-02-25T10:00:00Z' },
    [],
  ],
  [
    'home just before the case began is to be rung',
    { stays: [home], caseSince: '2026-03-02T08:00:00Z' },
    ['home'],
  ],
  ['gone into hospital is told', { stays: [stay('2026-02-28T17:40:00Z')] }, ['admitted']],
  ['a long stay is told once, not every day', { stays: [stay('2026-02-10T17:40:00Z')] }, []],
  ['a reading outside limits is told', { readings: weights, limits }, ['reading']],
  ['a reading without a limit is not', { readings: weights }, []],
  ['a reading dealt with is quiet', { readings: weights, limits, closed: ['w2'] }, []],
  [
    'a reading outside limits nobody dealt with is told sixteen days later',
    { readings: [{ ...oxygen(82, '2026-02-14'), id: 'o' }], limits: [{ kind: 'oxygen', low: 88 }] },
    ['reading'],
  ],
  ['60 days without a word is silence', { lastContact: '2026-01-01T10:00:00Z' }, ['silent']],
  ['59 days is not', { lastContact: '2026-01-02T10:00:00Z' }, []],
  [
    'nobody is called silent while in hospital',
    { lastContact: '2025-12-01', stays: [stay('2026-02-10')] },
    [],
  ],
  [
    'a paused case is quiet',
    { paused: true, actions: [action('2026-01-01')], lastContact: '2025-01-01' },
    [],
  ],
  ['a paused case is quiet about readings', { paused: true, readings: weights, limits }, []],
  [
    'home from hospital is told even when the case is paused',
    { paused: true, stays: [home] },
    ['home'],
  ],
  [
    'gone into hospital is told even when the case is paused',
    { paused: true, stays: [stay('2026-02-28T17:40:00Z')] },
    ['admitted'],
  ],
  ['safety is told even when the case is paused', { paused: true, safety: [flag] }, ['safety']],
]

describe('What needs me now', () => {
  test.each(cases)('%s', (_title, facts, kinds) => {
    expect(itemsFor({ ...nothing, ...facts }, now).map((item) => item.kind)).toEqual(kinds)
  })

  test('the call after a discharge is due 48 hours after it', () => {
    expect(itemsFor({ ...nothing, stays: [home] }, now)[0]?.due).toBe('2026-03-03T14:15:00.000Z')
  })

  test.each([
    ['who needs something stands on today', { safety: [flag] }, 'today'],
    [
      'who has something due within seven days on this week',
      { actions: [action('2026-03-09')] },
      'week',
    ],
    [
      'who has something due in eight days on steady',
      { actions: [action('2026-03-10')] },
      'steady',
    ],
    ['who is in hospital on in hospital', { stays: [stay('2026-02-28')] }, 'in-hospital'],
    ['who is paused on paused', { paused: true }, 'paused'],
  ] as const)('%s', (_title, facts, band) => {
    expect(priorityBandOf({ ...nothing, ...facts }, now)).toBe(band)
  })
})
