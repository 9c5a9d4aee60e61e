import { describe, expect, test } from 'vitest'
import { addDays } from '#domain/calendar/days.ts'
import {
  type HolidayCalendar,
  holidayCalendars,
  isDayOff,
} from '#domain/calendar/holiday-calendars.ts'
import { dayIn, hourMinutesIn } from '#domain/calendar/zone.ts'
import { isServiceOpen, type OpenTime } from './service-hours.ts'
import { workingTimeAfter } from './working-time.ts'

const zone = 'Europe/London'
const weekdays: OpenTime['days'] = ['mon', 'tue', 'wed', 'thu', 'fri']
const open = (said: Partial<OpenTime>): OpenTime => ({
  ...{ days: weekdays, from: '09:00', until: '17:00' },
  ...{ allDay: false, onHolidays: false, closed: [] },
  ...said,
})

/** Nothing recorded; `times`: as recorded. */
const overAt = (
  moment: string,
  { calendar, times }: Readonly<{ calendar?: HolidayCalendar; times?: readonly OpenTime[] }> = {},
) =>
  workingTimeAfter(new Date(moment), 240, {
    hours: { ...(times && { hours: { times } }), ...(calendar && { calendar }) },
    zone,
  }).toISOString()

describe('Four working hours, where nobody has recorded any, after', () => {
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
    expect(overAt(moment)).toBe(expected)
  })

  test('holidays are those of the nation', () => {
    const eve = '2026-11-27T16:00:00Z'
    expect(overAt(eve)).toBe('2026-11-30T12:00:00.000Z')
    // St Andrew’s Day
    expect(overAt(eve, { calendar: 'scotland' })).toBe('2026-12-01T12:00:00.000Z')
  })
})

const core = [open({ from: '08:00', until: '18:30' })]
const everyDay: OpenTime['days'] = [...weekdays, 'sat', 'sun']
const always = [open({ days: everyDay, from: '00:00', until: '24:00', allDay: true })]
const nights = [open({ days: everyDay, from: '00:00', until: '08:00', onHolidays: true })]
const withLunch = [open({ until: '12:30' }), open({ from: '13:30' })]
const saturdays = [...core, open({ days: ['sat'], until: '12:00' })]
const away = [open({ closed: [{ from: '2026-03-03', until: '2026-03-06' }] })]
const kinds = { core, always, nights, withLunch, saturdays } as const

describe('Four working hours, as the organisation recorded its hours, after', () => {
  test.each([
    ['five, with core hours until half past six', core, '2026-03-02T17:00:00Z', '03-03T10:30'],
    ['ten, with an hour for lunch', withLunch, '2026-03-02T10:00:00Z', '03-02T15:00'],
    ['Friday at four, with Saturday mornings', saturdays, '2026-03-06T16:00:00Z', '03-07T10:30'],
    [
      'Monday at four, with days on which it is closed',
      away,
      '2026-03-02T16:00:00Z',
      '03-09T12:00',
    ],
    ['one at night, day and night', always, '2026-03-02T01:00:00Z', '03-02T05:00'],
    ['Christmas Day, day and night', always, '2026-12-25T10:00:00Z', '12-25T14:00'],
    ['the night in which an hour is skipped', nights, '2026-03-29T00:00:00Z', '03-29T04:00'],
    ['the night in which an hour comes twice', nights, '2026-10-24T23:00:00Z', '10-25T03:00'],
    [
      'nine in core hours, which two services share',
      [...core, ...core],
      '2026-03-02T09:00:00Z',
      '03-02T13:00',
    ],
  ] as const)('%s', (_title, times, moment, expected) => {
    expect(overAt(moment, { times })).toBe(`2026-${expected}:00.000Z`)
  })

  test('whatever moment, where the team does not work for weeks: the clock alone counts', () => {
    const never = [open({ closed: [{ from: '2026-01-01', until: '2027-01-01' }] })]
    expect(overAt('2026-03-02T16:00:00Z', { times: never })).toBe('2026-03-02T20:00:00.000Z')
  })
})

/** The days on which clocks change are among them, twice a year. */
const threeYears = { from: '2026-01-01', until: '2028-12-20' }

describe.each(holidayCalendars)('In three years with the holidays of %s', (calendar) => {
  test('four working hours end on a working day, between nine and five, at every day and hour', () => {
    for (let day = threeYears.from; day <= threeYears.until; day = addDays(day, 1))
      for (const time of ['00:30', '08:59', '12:59', '13:00', '16:59', '23:30']) {
        const over = new Date(overAt(`${day}T${time}:00Z`, { calendar }))
        expect(isDayOff(calendar, dayIn(zone, over))).toBe(false)
        const clock = hourMinutesIn(zone, over)
        expect(clock > '09:00' && clock <= '17:00').toBe(true)
      }
  })

  test.each(Object.keys(kinds) as (keyof typeof kinds)[])(
    'they hold four hours in which the telephone is answered: hours of the kind “%s”',
    (kind) => {
      const times = kinds[kind]
      const step = 30 * 60_000
      for (let day = threeYears.from; day <= threeYears.until; day = addDays(day, 1)) {
        const began = Date.parse(`${day}T${kind === 'nights' ? '22' : '15'}:00:00Z`)
        const over = Date.parse(overAt(new Date(began).toISOString(), { times, calendar }))
        const halfHours = Array.from(
          { length: (over - began) / step },
          (_, at) => began + at * step,
        )
        const open = halfHours.filter((at) =>
          isServiceOpen({ times, calendar }, { now: new Date(at), zone }),
        )
        expect([day, open.length]).toEqual([day, 8])
      }
    },
  )
})
