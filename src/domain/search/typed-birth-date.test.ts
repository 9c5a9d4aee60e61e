import { expect, test } from 'vitest'
import { typedBirthDate } from './typed-birth-date.ts'

test.each([
  ['04/01/1934', '1934-01-04'],
  ['4.1.1934', '1934-01-04'],
  [' 4-1-1934 ', '1934-01-04'],
  ['1934-01-04', '1934-01-04'],
  ['4 January 1934', '1934-01-04'],
  ['04-Jan-1934', '1934-01-04'],
  ['4 sept 1934', '1934-09-04'],
  ['4 jan, 1934', '1934-01-04'],
  ['4 Grace 1934', undefined],
  ['31 April 1934', undefined],
  ['31/02/1934', undefined],
  ['999 100 1018', undefined],
  ['1934', undefined],
  ['Grace', undefined],
])('“%s” is typed as the birth date %s', (typed, day) => {
  expect(typedBirthDate(typed)).toBe(day)
})
