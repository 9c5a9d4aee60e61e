import { describe, expect, test } from 'vitest'
import { addDays } from './days.ts'
import { dayIn, dayOf, endOfDay, hourIn, isZone, momentAt, startOfDay } from './zone.ts'

const zones = [
  ...['Europe/London', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata', 'UTC'],
  // half an hour of summer time; clocks that change at midnight; a skipped day; the largest offsets
  ...[
    'Australia/Lord_Howe',
    'America/Santiago',
    'Asia/Beirut',
    'Pacific/Apia',
    'Africa/Casablanca',
  ],
  ...['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'America/St_Johns'],
]

/** Two years with every change of clocks, and the winter in which Samoa crossed the date line. */
const days = [
  ...Array.from({ length: 731 }, (_, place) => addDays('2027-06-01', place)),
  ...Array.from({ length: 60 }, (_, place) => addDays('2011-12-01', place)),
]

const hour = 3_600_000

/** The hours of nine months in which the clocks of both hemispheres change. */
const hours = Array.from({ length: 24 * 270 }, (_, place) => place * hour)

describe.each(zones)('In the zone %s', (zone) => {
  const isLeftOut = (day: string) => zone === 'Pacific/Apia' && day === '2011-12-30'

  test('each day begins where the day before ended', () => {
    const wrong = days.filter((day) => {
      const [start, end] = [startOfDay(day, zone), endOfDay(day, zone)]
      if (isLeftOut(day)) return Number(start) !== Number(end)
      const first = dayIn(zone, start) === day && dayIn(zone, Number(start) - 1) < day
      const last = dayIn(zone, Number(end) - 1) === day && dayIn(zone, end) > day
      const hours = (Number(end) - Number(start)) / hour
      return !(first && last && hours >= 23 && hours <= 25)
    })
    expect(wrong).toEqual([])
  })

  test('the day never goes back as time goes on', () => {
    const start = Date.parse('2026-02-15T00:00:00Z')
    const seen = hours.map((each) => dayIn(zone, start + each))
    expect(seen.every((day, place) => place === 0 || day >= (seen[place - 1] ?? ''))).toBe(true)
  })

  test('a moment found by local time shows that local time, unless it was skipped', () => {
    const start = Date.parse('2026-02-15T00:30:00Z')
    const off = hours
      .map((each) => start + each)
      .filter((wall) => hourIn(zone, momentAt(wall, zone)) !== new Date(wall).getUTCHours())
    expect(off.length).toBeLessThanOrEqual(1)
  })
})

describe('The day of a moment', () => {
  test.each([
    ['2026-11-29T01:40:00Z', 'America/Los_Angeles', '2026-11-28'],
    ['2026-11-29T01:40:00Z', 'Europe/London', '2026-11-29'],
    ['2026-11-28T12:30:00Z', 'Pacific/Auckland', '2026-11-29'],
    ['2026-06-30T23:10:00Z', 'Europe/London', '2026-07-01'],
    ['2026-10-25T00:30:00Z', 'Europe/London', '2026-10-25'],
    ['2026-11-28T23:59:00-08:00', 'America/Los_Angeles', '2026-11-28'],
  ])('%s in %s is %s', (moment, zone, day) => expect(dayOf(moment, zone)).toBe(day))

  test.each(['1934-01-04', '1934-01', '1934', 'soon'])(
    '%s has no hour and stays the same in every zone',
    (text) => expect(dayOf(text, 'Pacific/Auckland')).toBe(text),
  )
})

test('Only the name of a real time zone is accepted', () => {
  expect(['Europe/London', 'Mars/Phobos', ''].map(isZone)).toEqual([true, false, false])
})
