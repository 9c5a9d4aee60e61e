import { describe, expect, test } from 'vitest'
import { dateFromParts, datePartsOf, isUnfinished } from './date-parts.ts'

describe('A date in three boxes', () => {
  test.each([
    ['4', '1', '1934', '1934-01-04'],
    ['04', '01', '1934', '1934-01-04'],
    [' 29', '2 ', '2028', '2028-02-29'],
    ['', ' ', '', ''],
  ])('%s %s %s is %s', (day, month, year, date) => {
    expect(dateFromParts({ day, month, year })).toBe(date)
  })

  test.each([
    ['29', '2', '2027'],
    ['30', '2', '2028'],
    ['31', '4', '2028'],
    ['1', '13', '2028'],
    ['0', '1', '2028'],
    ['1', '1', '28'],
    ['1', 'May', '2028'],
    ['', '1', '2028'],
  ])('%s %s %s is no date, is kept as typed, and sorts before every date', (...typed) => {
    const [day, month, year] = typed
    const value = dateFromParts({ day, month, year })
    expect(isUnfinished(value)).toBe(true)
    expect(datePartsOf(value)).toEqual({ day, month, year })
    expect(value < '1800-01-01').toBe(true)
  })

  test('shows the date it was given, and nothing for text that is not a date', () => {
    expect(datePartsOf('1934-01-04')).toEqual({ day: '4', month: '1', year: '1934' })
    expect(datePartsOf('')).toEqual(datePartsOf('1934'))
    expect(isUnfinished('1934-01-04') || isUnfinished('') || isUnfinished(undefined)).toBe(false)
  })
})
