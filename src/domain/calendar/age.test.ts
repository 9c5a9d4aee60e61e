import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ageOn, latestBirthAt } from './age.ts'

const two = (most: number) =>
  fc.integer({ min: 1, max: most }).map((each) => String(each).padStart(2, '0'))
const year = fc.integer({ min: 1900, max: 2060 }).map(String)
const month = fc.tuple(year, two(12)).map((parts) => parts.join('-'))
const day = fc.tuple(year, two(12), two(29)).map((parts) => parts.join('-'))

test('Whoever was born until the latest birth date of an age has that age or is older, whatever of the date is known', () => {
  fc.assert(
    fc.property(fc.oneof(year, month, day), fc.nat(130), day, (born, age, today) => {
      expect(born <= latestBirthAt(age, today)).toBe((ageOn(born, today) ?? -1) >= age)
    }),
  )
})

test('Nobody is as old as the calendar', () => {
  expect(latestBirthAt(5_000, '2026-03-02')).toBe('0000-03-02')
})
