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
  ['a person with nothing open has no item', {}, []],
  ['an overdue promise is an item', { actions: [action('2026-03-01')] }, ['promise']],
  ['a promise due today is not overdue', { actions: [action('2026-03-02')] }, []],
  ['a completed promise is no item', { actions: [action('2026-03-01', 'done')] }, []],
  [
    'a completed promise that the person says did not happen is an item',
    { actions: [action('2026-03-01', 'done')], answers: [no] },
    ['promise'],
  ],
  ['a review is due on its date', { review: { plan: 'x', on: '2026-03-02' } }, ['review']],
  [
    'what was prepared for a review of the next two weeks is an item',
    {
      review: { plan: 'x', on: '2026-03-16' },
      prepared: [{ id: 'q', by: no.by, ask: 'Can I go?' }],
    },
    ['prepared'],
  ],
  [
    'what was prepared for a review in three weeks is none yet',
    {
      review: { plan: 'x', on: '2026-03-17' },
      prepared: [{ id: 'q', by: no.by, ask: '' }],
    },
    [],
  ],
  ['a review tomorrow is not due', { review: { plan: 'x', on: '2026-03-03' } }, []],
  ['a person home from hospital is to be called', { stays: [home] }, ['home']],
  [
    'a person home from hospital whom staff have spoken to is no item',
    { stays: [home], lastStaffContact: '2026-03-01T16:00:00Z' },
    [],
  ],
  [
    'a person home from hospital who sent a message is still to be called',
    { stays: [home], lastContact: '2026-03-01T16:00:00Z' },
    ['home'],
  ],
  [
    'a call before the discharge does not count, whatever its time zone',
    { stays: [home], lastStaffContact: '2026-03-01T15:00:00+01:00' },
    ['home'],
  ],
  [
    'a person home three weeks ago and never reached is still to be called',
    { stays: [stay('2026-02-01', '2026-02-09')] },
    ['home'],
  ],
  ['a discharge closed with a reason is no item', { stays: [home], closed: ['s'] }, []],
  [
    'a discharge long before the case began is no item',
    { stays: [stay('2026-02-01', '2026-02-09')], caseSince: '2026-02-25T10:00:00Z' },
    [],
  ],
  [
    'a person home just before the case began is to be called',
    { stays: [home], caseSince: '2026-03-02T08:00:00Z' },
    ['home'],
  ],
  ['an admission is an item', { stays: [stay('2026-02-28T17:40:00Z')] }, ['admitted']],
  ['a long hospital stay is no item any more', { stays: [stay('2026-02-10T17:40:00Z')] }, []],
  ['a reading outside its limits is an item', { readings: weights, limits }, ['reading']],
  ['a reading without a limit is no item', { readings: weights }, []],
  ['a closed reading is no item', { readings: weights, limits, closed: ['w2'] }, []],
  [
    'a reading outside its limits is still an item after sixteen days',
    { readings: [{ ...oxygen(82, '2026-02-14'), id: 'o' }], limits: [{ kind: 'oxygen', low: 88 }] },
    ['reading'],
  ],
  ['60 days without contact are an item', { lastContact: '2026-01-01T10:00:00Z' }, ['silent']],
  ['59 days without contact are none', { lastContact: '2026-01-02T10:00:00Z' }, []],
  [
    'days without contact do not count in hospital',
    { lastContact: '2025-12-01', stays: [stay('2026-02-10')] },
    [],
  ],
  [
    'a paused case has no item',
    { paused: true, actions: [action('2026-01-01')], lastContact: '2025-01-01' },
    [],
  ],
  ['a paused case has no item for readings', { paused: true, readings: weights, limits }, []],
  [
    'a person home from hospital is an item even when the case is paused',
    { paused: true, stays: [home] },
    ['home'],
  ],
  [
    'an admission is an item even when the case is paused',
    { paused: true, stays: [stay('2026-02-28T17:40:00Z')] },
    ['admitted'],
  ],
  [
    'a safety concern is an item even when the case is paused',
    { paused: true, safety: [flag] },
    ['safety'],
  ],
]

describe('What needs a professional today', () => {
  test.each(cases)('%s', (_title, facts, kinds) => {
    expect(itemsFor({ ...nothing, ...facts }, now).map((item) => item.kind)).toEqual(kinds)
  })

  test('the call after a discharge is due within 48 hours', () => {
    expect(itemsFor({ ...nothing, stays: [home] }, now)[0]?.due).toBe('2026-03-03T14:15:00.000Z')
  })

  test.each([
    ['a person with an open item is on Today', { safety: [flag] }, 'today'],
    [
      'a person with something due within seven days is on This week',
      { actions: [action('2026-03-09')] },
      'week',
    ],
    [
      'a person with something due in eight days is on Steady',
      { actions: [action('2026-03-10')] },
      'steady',
    ],
    ['a person in hospital is on In hospital', { stays: [stay('2026-02-28')] }, 'in-hospital'],
    ['a person whose case is paused is on Paused', { paused: true }, 'paused'],
  ] as const)('%s', (_title, facts, band) => {
    expect(priorityBandOf({ ...nothing, ...facts }, now)).toBe(band)
  })
})

test.each([
  ['the day it was said on', now, []],
  ['before its date', '2026-02-27T10:00:00Z', ['promise']],
])(
  'a late promise is no item once somebody said after its date what was done: %s',
  (_title, at, kinds) => {
    const deed = { ...no, kind: 'promise-dealt-with' as const, words: 'Tom comes on Friday', at }
    const late = { ...nothing, actions: [action('2026-02-28')], answers: [no], deeds: [deed] }
    expect(itemsFor({ ...late, answers: [] }, now).map(({ kind }) => kind)).toEqual(kinds)
    const again = { ...no, id: 'd', at: '2026-03-02T09:30:00Z' }
    expect(itemsFor({ ...late, answers: [again] }, now)).toMatchObject([
      { detail: 'did-not-happen' },
    ])
  },
)

test('a promise that did not happen says of which goal it is a step', () => {
  const failed = { ...nothing, actions: [{ ...action('2026-03-01'), goal: 'g' }], answers: [no] }
  expect(itemsFor(failed, now)).toMatchObject([
    { kind: 'promise', reference: 'Task/a', detail: 'did-not-happen', goal: 'g' },
  ])
})
