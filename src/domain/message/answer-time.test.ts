import { expect, test } from 'vitest'
import type { HolidayCalendar } from '#domain/calendar/holiday-calendars.ts'
import type { ServiceHours } from '#domain/contact/service-hours.ts'
import { answerTime } from './answer-time.ts'
import { urgentWordsIn } from './urgent-words.ts'

const hours: ServiceHours = {
  times: [
    {
      ...{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', until: '18:30' },
      ...{ allDay: false, onHolidays: false, closed: [] },
    },
  ],
}
const asked = (at: string, calendar: HolidayCalendar = 'england-and-wales') => {
  const found = answerTime(new Date(at), { hours, calendar }, 'Europe/London')
  return found && [found.isNow, found.from.toISOString(), found.by.toISOString()]
}

test('A message at night is read on the next working day; one by day by the end of the next', () => {
  expect(asked('2026-12-01T02:00:00Z')).toEqual([
    ...[false, '2026-12-01T08:00:00.000Z', '2026-12-01T18:30:00.000Z'],
  ])
  expect(asked('2026-12-01T10:00:00Z')).toEqual([
    ...[true, '2026-12-01T10:00:00.000Z', '2026-12-02T18:30:00.000Z'],
  ])
  expect(asked('2026-12-04T20:00:00Z')?.[1], 'Friday night').toBe('2026-12-07T08:00:00.000Z')
})

test.each([
  ['england-and-wales', '2026-11-30T08:00:00.000Z'],
  ['scotland', '2026-12-01T08:00:00.000Z'],
  ['northern-ireland', '2026-11-30T08:00:00.000Z'],
] as const)(
  'In %s a message of the Friday night before St Andrew’s Day is read on its own next working day',
  (calendar, from) => {
    expect(asked('2026-11-27T20:00:00Z', calendar)?.[1]).toBe(from)
  },
)

test('The team begins by the clock on the wall when the clocks change', () => {
  expect(asked('2026-03-28T20:00:00Z')?.[1]).toBe('2026-03-30T07:00:00.000Z')
  expect(asked('2026-10-24T20:00:00Z')?.[1]).toBe('2026-10-26T08:00:00.000Z')
})

test('A team that never works promises nothing', () => {
  const closed = [{ from: '2026-01-01', until: '2027-12-31' }]
  const never = { times: hours.times.map((each) => ({ ...each, closed })) }
  expect(answerTime(new Date('2026-12-01T10:00:00Z'), { hours: never }, 'Europe/London')).toBe(
    undefined,
  )
})

test.each([
  ['I CAN’T breathe!!', true],
  ['pain in my chest since this morning', true],
  ['methu anadlu', true],
  ['Boli w klatce piersiowej', true],
  ['Upadła w łazience', true],
  ['انہیں سینے میں درد ہے', true],
  ['وہ گر گئی ہیں', true],
  ['Can I have the visit on Tuesday?', false],
  ['Dziękuję za wizytę', false],
  ['Diolch am ddod', false],
  ['آپ کا شکریہ', false],
  ['', false],
])('“%s” sounds urgent: %s', (words, isUrgent) => {
  expect(urgentWordsIn(words).length > 0).toBe(isUrgent)
})
