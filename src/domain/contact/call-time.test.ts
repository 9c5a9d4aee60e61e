import { expect, test } from 'vitest'
import { callTime } from './call-time.ts'

const zone = 'Europe/London'
const now = new Date('2026-08-29T16:00:00Z')
const on = (day: string, time: string, home = '2026-08-28T16:00:30Z') =>
  callTime({ day, time }, { home, now, zone })

test('two tries that are written down at 17:00 each have their own time', () => {
  expect(on('2026-08-29', '09:10')).toEqual({ at: '2026-08-29T08:10:00.000Z' })
  expect(on('2026-08-29', '14:30')).toEqual({ at: '2026-08-29T13:30:00.000Z' })
})

test.each([
  ['', '09:10', 'no-time'],
  ['2026-08-29', '', 'no-time'],
  ['2026-02-30', '09:10', 'no-time'],
  ['2026-08-29', '25:10', 'no-time'],
  ['2026-08-29', '17:01', 'future'],
  ['2026-08-28', '16:59', 'before-home'],
])('a call on “%s” at “%s” is refused: %s', (day, time, fault) => {
  expect(on(day, time)).toEqual({ fault })
})

test('in the minute of the discharge, and on the day of one without a time', () => {
  expect(on('2026-08-28', '17:00')).toEqual({ at: '2026-08-28T16:00:30.000Z' })
  expect(on('2026-08-28', '00:05', '2026-08-28')).toEqual({ at: '2026-08-27T23:05:00.000Z' })
})
