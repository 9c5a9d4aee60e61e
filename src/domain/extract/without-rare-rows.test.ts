import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ageBand,
  chanceBand,
  conditionsBand,
  type ExtractRow,
  extractColumns,
  nightsBand,
  staysBand,
} from './extract-columns.ts'
import { withoutRareRows } from './without-rare-rows.ts'

const row = (more: Partial<ExtractRow> = {}): ExtractRow => ({
  ...{ row: '', age_band: '75-84', sex: 'female', ethnic_group: 'white', deprivation_fifth: '2' },
  ...{ segment: 'long-term', frailty_band: 'mild', conditions: '1', emergency_stays: '0' },
  ...{ emergency_stays_before: '0', bed_days: '0', chance: '0-9', case: 'none', ...more },
})
const times = (count: number, more: Partial<ExtractRow> = {}) =>
  Array.from({ length: count }, () => row(more))

test('what five share stays, what four share is made coarser until it is shared', () => {
  expect(withoutRareRows(times(5))).toEqual({ rows: times(5), coarsened: 0, leftOut: 0 })
  const { rows, coarsened, leftOut } = withoutRareRows([
    ...times(4, { ethnic_group: 'black' }),
    ...times(3, { ethnic_group: 'asian' }),
    ...times(9),
  ])
  expect([coarsened, leftOut]).toEqual([7, 0])
  expect(rows.filter(({ ethnic_group }) => ethnic_group === '').length).toBe(7)
})

test('somebody whom nobody is like is not in the file', () => {
  const { rows, leftOut } = withoutRareRows([...times(20), row({ age_band: '0-17', sex: 'other' })])
  expect([rows.length, leftOut]).toEqual([20, 1])
})

test('in no file are age, sex, ethnic group and deprivation those of fewer than five', () => {
  const one = fc.record({
    age_band: fc.constantFrom('', '0-17', '18-44', '65-74', '85+'),
    sex: fc.constantFrom('', 'female', 'male', 'other'),
    ethnic_group: fc.constantFrom('', 'white', 'black'),
    deprivation_fifth: fc.constantFrom('', '1', '5'),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 120 }), (some) => {
      const all = some.map((each) => row(each))
      const { rows, leftOut } = withoutRareRows(all)
      const key = (each: ExtractRow) =>
        [each.age_band, each.sex, each.ethnic_group, each.deprivation_fifth].join('/')
      for (const group of Map.groupBy(rows, key).values()) expect(group.length).toBeGreaterThan(4)
      expect(rows.length + leftOut).toBe(all.length)
    }),
  )
})

test('bands at their edges', () => {
  expect([0, 17, 18, 44, 45, 64, 65, 74, 75, 84, 85, 104].map(ageBand)).toEqual([
    ...['0-17', '0-17', '18-44', '18-44', '45-64', '45-64'],
    ...['65-74', '65-74', '75-84', '75-84', '85+', '85+'],
  ])
  expect(ageBand(undefined)).toBe('')
  expect([0, 1, 2, 3, 9].map(staysBand)).toEqual(['0', '1', '2', '3+', '3+'])
  expect([0, 1, 7, 8, 30, 31].map(nightsBand)).toEqual(['0', '1-7', '1-7', '8-30', '8-30', '31+'])
  expect([0, 1, 2, 3, 4].map(conditionsBand)).toEqual(['0', '1', '2-3', '2-3', '4+'])
  expect([undefined, 0, 9, 10, 29, 30, 88].map(chanceBand)).toEqual([
    ...['', '0-9', '0-9', '10-19', '20-29', '30+', '30+'],
  ])
})

test('the dictionary explains each column once', () => {
  expect(new Set(extractColumns.map(({ name }) => name)).size).toBe(extractColumns.length)
  expect(Object.keys(row()).toSorted()).toEqual(extractColumns.map(({ name }) => name).toSorted())
})
