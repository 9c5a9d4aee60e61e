import { describe, expect, test } from 'vitest'
import { addDays } from './days.ts'
import { holidayCalendars, isWorkingDay } from './holiday-calendars.ts'
import { workingTimeAfter } from './working-time.ts'
import { dayIn, hourMinutesIn } from './zone.ts'

const zone = 'Europe/London'
const hours = { calendar: 'england-and-wales', from: '09:00', until: '17:00' } as const

const overAt = (
  moment: string,
  minutes: number,
  calendar: (typeof holidayCalendars)[number] = 'england-and-wales',
) =>
  workingTimeAfter(new Date(moment), minutes, { hours: { ...hours, calendar }, zone }).toISOString()

describe('Four working hours after', () => {
  test.each([
    ['Monday at nine', '2026-03-02T09:00:00Z', '2026-03-02T13:00:00.000Z'],
    ['Monday at one: the day just holds them', '2026-03-02T13:00:00Z', '2026-03-02T17:00:00.000Z'],
    [
      'a minute past one: the rest is on Tuesday',
      '2026-03-02T13:01:00Z',
      '2026-03-03T09:01:00.000Z',
    ],
    ['before work begins', '2026-03-02T06:30:00Z', '2026-03-02T13:00:00.000Z'],
    ['at five: the next day', '2026-03-02T17:00:00Z', '2026-03-03T13:00:00.000Z'],
    ['Friday at four: Monday', '2026-03-06T16:00:00Z', '2026-03-09T12:00:00.000Z'],
    ['Thursday before Easter at five: Tuesday', '2026-04-02T16:00:00Z', '2026-04-07T12:00:00.000Z'],
    ['Friday before the clocks go forward', '2026-03-27T16:00:00Z', '2026-03-30T11:00:00.000Z'],
    ['Friday before the clocks go back', '2026-10-23T15:00:00Z', '2026-10-26T12:00:00.000Z'],
    ['Christmas Eve at four', '2026-12-24T16:00:00Z', '2026-12-29T12:00:00.000Z'],
  ])('%s', (_title, moment, expected) => {
    expect(overAt(moment, 240)).toBe(expected)
  })

  test('holidays are those of the nation', () => {
    const eve = '2026-11-27T16:00:00Z'
    expect(overAt(eve, 240)).toBe('2026-11-30T12:00:00.000Z')
    // St Andrew’s Day
    expect(overAt(eve, 240, 'scotland')).toBe('2026-12-01T12:00:00.000Z')
  })

  test.each(holidayCalendars)(
    'are over on a working day and in working hours, for each day of three years: %s',
    (calendar) => {
      for (let day = '2026-01-01'; day <= '2028-12-31'; day = addDays(day, 1))
        for (const time of ['00:30', '08:59', '12:59', '13:00', '16:59', '23:30']) {
          const over = new Date(overAt(`${day}T${time}:00Z`, 240, calendar))
          const clock = hourMinutesIn(zone, over)
          expect(isWorkingDay(calendar, dayIn(zone, over)) || day > '2028-12-25').toBe(true)
          expect(clock > '09:00' && clock <= '17:00').toBe(true)
        }
    },
  )
})
