import { describe, expect, test } from 'vitest'
import { addDays } from '#domain/calendar/days.ts'
import type { Reading, ReadingKind } from '#domain/reading/reading.ts'
import { findTrends, trendStand } from './find-trends.ts'
import { currentTrendRule, type TrendRuleCode, trendRules } from './trend-rules.ts'

const start = '2026-03-01'

function ruleOf(code: TrendRuleCode) {
  const rule = currentTrendRule(code)
  if (!rule) throw new Error(`No rule ${code}`)
  return rule
}

/** One a day at half past seven; a day without one is `undefined`. */
const daily = (kind: ReadingKind, values: readonly (number | undefined)[]): readonly Reading[] =>
  values.flatMap((value, day) =>
    value === undefined
      ? []
      : [{ id: `r${day}`, person: 'p', kind, value, at: `${addDays(start, day)}T07:30:00Z` }],
  )

const foundOn = (code: TrendRuleCode, kind: ReadingKind, values: readonly (number | undefined)[]) =>
  findTrends(daily(kind, values), { rule: ruleOf(code) }).map(({ reading }) => reading.id)

describe('Weight up by 2 kg in 3 days', () => {
  test.each([
    ['1.9 kg in 3 days is nothing', [80, 80, 80, 81.9], []],
    ['exactly 2.0 kg counts', [80, 80, 80, 82], ['r3']],
    ['2.1 kg counts', [80, 80, 80, 82.1], ['r3']],
    ['the third day back counts', [80, 81, 81, 82], ['r3']],
    ['the fourth day back does not', [80, 81, 81, 81, 82], []],
    ['the lowest of the days counts, not the first', [82, 80, 81, 82], ['r3']],
    ['a day without a reading changes nothing', [80, undefined, undefined, 82], ['r3']],
    ['one reading says nothing', [82], []],
    ['going on as it was is not told twice', [80, 82, 82, 82.5], ['r1']],
    ['another 2 kg is told again', [80, 82, 84], ['r1', 'r2']],
    ['less than another 2 kg is not', [80, 82, 83.9], ['r1']],
    ['what ended and comes back is told again', [80, 82, 80, 80, 80, 82], ['r1', 'r5']],
    [
      'and so is one after a time without readings',
      [80, 82.5, undefined, undefined, undefined, undefined, undefined, 81, 83.5],
      ['r1', 'r8'],
    ],
    ['tenths are exact: 70.1 to 72.1', [70.1, 72.1], ['r1']],
  ])('%s', (_title, values, days) => {
    expect(foundOn('weight-up', 'weight', values)).toEqual(days)
  })

  test.each([
    ['the clocks go forward', '2026-03-28T23:30:00Z', '2026-03-31T22:30:00Z', true],
    [
      'a fourth day, though less than 72 hours',
      '2026-03-28T23:30:00Z',
      '2026-03-31T23:30:00Z',
      false,
    ],
    ['the clocks go back', '2026-10-24T06:30:00Z', '2026-10-27T23:59:00Z', true],
    ['the day after that', '2026-10-24T06:30:00Z', '2026-10-28T00:00:00Z', false],
  ])('days are those of the service: %s', (_title, first, second, isFound) => {
    const at = (id: string, value: number, when: string): Reading => ({
      ...{ id, person: 'p', kind: 'weight', value, at: when },
    })
    const readings = [at('a', 80, first), at('b', 82, second)]
    expect(findTrends(readings, { rule: ruleOf('weight-up') })).toHaveLength(isFound ? 1 : 0)
  })
})

describe('Weight down by 5 % in six months', () => {
  const after = (days: number, from: number, to: number): readonly Reading[] => [
    ...daily('weight', [from]),
    {
      ...(daily('weight', [to])[0] as Reading),
      id: 'last',
      at: `${addDays(start, days)}T07:30:00Z`,
    },
  ]
  test.each([
    ['4.9 % is nothing', 100, 100, 95.1, false],
    ['exactly 5 % counts', 100, 100, 95, true],
    ['5.1 % counts', 100, 100, 94.9, true],
    ['183 days back counts', 183, 100, 90, true],
    ['184 days back does not', 184, 100, 90, false],
  ])('%s', (_title, days, from, to, isFound) => {
    const found = findTrends(after(days, from, to), { rule: ruleOf('weight-falling') })
    expect(found).toHaveLength(isFound ? 1 : 0)
  })
})

describe('Three low peak flows', () => {
  test.each([
    ['three below 80 % of the best count', [400, 319, 319, 319], ['r3']],
    ['exactly 80 % is not low', [400, 319, 319, 320], []],
    ['two are not three', [400, 319, 319], []],
    ['one that is not low breaks the row', [400, 319, 319, 330, 319, 319], []],
    ['days without a reading do not break it', [400, 319, undefined, 319, undefined, 319], ['r5']],
    ['without a best of before nothing is known', [300, 300, 300], []],
    ['six in a row are told again', [400, 300, 300, 300, 300, 300, 300], ['r3', 'r6']],
  ])('%s', (_title, values, days) => {
    expect(foundOn('peak-flow-low', 'peak-flow', values)).toEqual(days)
  })
})

describe('Blood pressure rising', () => {
  test.each([
    ['a mean 20 above the three before counts', [130, 130, 130, 150, 150, 150], ['r5']],
    ['19.7 above does not', [130, 130, 130, 150, 150, 149], []],
    ['five readings say nothing', [130, 130, 150, 150, 150], []],
    [
      'readings that are too far apart say nothing',
      [130, 130, 130, ...Array(27).fill(undefined), 150, 150, 150],
      [],
    ],
  ])('%s', (_title, values, days) => {
    expect(foundOn('blood-pressure-rising', 'blood-pressure', values)).toEqual(days)
  })
})

test('A rule says nothing about readings from before it was agreed', () => {
  const readings = daily('weight', [80, 82, 80, 80, 80, 82])
  const watched = { rule: ruleOf('weight-up'), since: `${addDays(start, 3)}T00:00:00Z` }
  expect(findTrends(readings, watched).map(({ reading }) => reading.id)).toEqual(['r5'])
})

test.each([
  ['goes on as it was', [80, 83, 83, 83], ['r2']],
  ['goes on, and becomes worse by as much again', [80, 83, 83, 85], ['r2', 'r3']],
  ['is there at a later reading only', [80, 82, 81, 82.5], ['r3']],
  ['is over', [80, 83, 80, 80], []],
] as const)('A trend from before its rule was agreed that %s', (_title, values, days) => {
  const watched = { rule: ruleOf('weight-up'), since: `${addDays(start, 2)}T00:00:00Z` }
  const found = findTrends(daily('weight', values), watched)
  expect(found.map(({ reading }) => reading.id)).toEqual(days)
})

describe('How things stand', () => {
  const stand = (values: readonly (number | undefined)[], today: string) =>
    trendStand(daily('weight', values), { rule: ruleOf('weight-up') }, { today })

  test('Missing readings never count as good: too old, too few or none are “unknown”', () => {
    expect(stand([80, 80], addDays(start, 1)).is).toBe('quiet')
    expect(stand([80, 80], addDays(start, 5))).toMatchObject({ is: 'unknown', has: 0, needs: 2 })
    expect(stand([80], start)).toMatchObject({ is: 'unknown', has: 1, needs: 2 })
    expect(stand([], start)).toMatchObject({ is: 'unknown', has: 0 })
    expect(stand([80, 82], addDays(start, 1))).toMatchObject({ is: 'found', amount: 2 })
  })
})

test('Each rule names its version and where its numbers are from', () => {
  for (const { code, version, source } of trendRules) {
    expect([code, version]).not.toContain('')
    expect(source.length).toBeGreaterThan(20)
  }
})
