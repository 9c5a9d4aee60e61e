import { expect, test } from 'vitest'
import { bankHolidaysIn, isBankHoliday } from './bank-holidays.ts'

// as published at gov.uk/bank-holidays for England and Wales
test.each([
  [
    2026,
    ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31'],
    ['2026-12-25', '2026-12-28'],
  ],
  [
    2027,
    ['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30'],
    ['2027-12-27', '2027-12-28'],
  ],
  [
    2022,
    ['2022-01-03', '2022-04-15', '2022-04-18', '2022-05-02', '2022-05-30', '2022-08-29'],
    ['2022-12-26', '2022-12-27'],
  ],
])('the bank holidays of %i are those of the rule', (year, spring, winter) => {
  expect(bankHolidaysIn(year)).toEqual([...spring, ...winter])
})

test('a day between them is none', () => {
  expect(isBankHoliday('2026-12-29')).toBe(false)
  expect(isBankHoliday('2026-04-06')).toBe(true)
})
