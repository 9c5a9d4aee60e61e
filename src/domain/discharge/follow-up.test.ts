import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '#domain/calendar/days.ts'
import {
  type HolidayCalendar,
  holidayCalendars,
  isWorkingDay,
} from '#domain/calendar/holiday-calendars.ts'
import { dayIn, hourMinutesIn, momentAt } from '#domain/calendar/zone.ts'
import { type FollowUpTry, followUpDue, followUpStand } from './follow-up.ts'
import { type FollowUpRuleCode, followUpRuleCodes, followUpRules } from './follow-up-rule.ts'

const london = 'Europe/London'
const newYork = 'America/New_York'
/** The instant of a day and time by the clock of a zone. */
const at = (day: string, time: string, zone = london) =>
  new Date(momentAt(Date.parse(`${day}T${time}:00Z`), zone)).toISOString()
const clock = (instant: string, zone = london) =>
  `${dayIn(zone, Date.parse(instant))} ${hourMinutesIn(zone, Date.parse(instant))}`
const choice = (rule: FollowUpRuleCode, calendar?: HolidayCalendar) => ({
  rule,
  calendar: calendar ?? followUpRules[rule].calendar,
})

describe('when the call is due', () => {
  test.each<[string, FollowUpRuleCode, string, string, string]>([
    ['on a plain Tuesday', 'NHS-48h', '2026-06-02', '14:15', '2026-06-04 14:15'],
    ['on Friday before a bank holiday', 'NHS-48h', '2026-08-28', '17:00', '2026-08-30 17:00'],
    [
      'over the night on which clocks go forward',
      'NHS-48h',
      '2026-03-28',
      '12:00',
      '2026-03-30 13:00',
    ],
    [
      'over the night on which clocks go back',
      'NHS-48h',
      '2026-10-24',
      '12:00',
      '2026-10-26 11:00',
    ],
    ['in 72 hours', 'NHS-72h', '2026-12-24', '10:30', '2026-12-27 10:30'],
  ])('%s', (_title, rule, day, time, due) => {
    const home = at(day, time)
    expect(clock(followUpDue({ choice: choice(rule), home, zone: london }).contactBy)).toBe(due)
  })

  test.each<[string, string, string]>([
    ['Friday before Labor Day: Tuesday and Wednesday count', '2026-09-04', '2026-09-10 00:00'],
    ['Thursday: Friday and Monday count', '2026-06-11', '2026-06-16 00:00'],
    ['Saturday: Monday and Tuesday count', '2026-06-06', '2026-06-10 00:00'],
    ['the day before Thanksgiving', '2026-11-25', '2026-12-01 00:00'],
    ['before Christmas 2027, kept on Friday 24th', '2027-12-23', '2027-12-29 00:00'],
    ['before New Year 2028, kept on Friday 31 December', '2027-12-30', '2028-01-05 00:00'],
    ['over the clocks of March', '2026-03-06', '2026-03-11 00:00'],
  ])('two business days end with the second: %s', (_title, day, due) => {
    const facts = { choice: choice('TCM-7'), home: at(day, '17:00', newYork), zone: newYork }
    expect(clock(followUpDue(facts).contactBy, newYork)).toBe(due)
  })

  test('the visit is due on a calendar day, holidays or not', () => {
    const home = at('2026-12-18', '11:00', newYork)
    const on = (rule: FollowUpRuleCode) =>
      followUpDue({ choice: choice(rule), home, zone: newYork }).visitOn
    expect(followUpRuleCodes.map(on)).toEqual([undefined, undefined, '2026-12-25', '2027-01-01'])
  })

  test('nobody works before the call is due: the page can say until when', () => {
    const due = (day: string, time: string, calendar: HolidayCalendar) =>
      followUpDue({ choice: choice('NHS-48h', calendar), home: at(day, time), zone: london })
        .closedUntil
    expect(due('2026-08-28', '17:00', 'england-and-wales')).toBe('2026-09-01')
    expect(due('2026-08-28', '17:00', 'scotland')).toBe('2026-08-31')
    expect(due('2026-08-29', '17:00', 'scotland')).toBeUndefined()
    expect(due('2026-12-24', '16:00', 'england-and-wales')).toBe('2026-12-29')
    expect(due('2026-06-02', '16:00', 'england-and-wales')).toBeUndefined()
  })

  test('a year that is not in the table of holidays is named', () => {
    const year = (day: string) =>
      followUpDue({ choice: choice('NHS-48h'), home: at(day, '10:00'), zone: london }).unknownYear
    expect(year('2028-12-28')).toBeUndefined()
    expect(year('2028-12-30')).toBe(2029)
    expect(year('2029-03-01')).toBe(2029)
  })
})

/** Every day of three years, at each of these hours, in each calendar and zone. */
describe('every day of three years', () => {
  const count = daysBetween('2026-01-01', '2029-01-01')
  const days = Array.from({ length: count }, (_, each) => addDays('2026-01-01', each))
  const times = ['00:00', '01:30', '17:00', '23:59']

  const discharges = [london, newYork].flatMap((zone) =>
    days.flatMap((day) => times.map((time) => ({ zone, day, home: at(day, time, zone) }))),
  )

  test.each([
    ['NHS-48h', 48],
    ['NHS-72h', 72],
  ] as const)('%s is %i hours, whatever the clocks do', (rule, hours) => {
    const wrong = discharges.filter(({ home, zone }) => {
      const { contactBy } = followUpDue({ choice: choice(rule), home, zone })
      return Date.parse(contactBy) - Date.parse(home) !== hours * 3_600_000
    })
    expect(wrong).toEqual([])
  })

  test.each(holidayCalendars)(
    'two working days of %s are two, and end as the day ends',
    (calendar) => {
      for (const { zone, day, home } of discharges) {
        const { contactBy } = followUpDue({ choice: choice('TCM-14', calendar), home, zone })
        const last = dayIn(zone, Date.parse(contactBy) - 1)
        const between = Array.from({ length: daysBetween(day, last) }, (_, each) =>
          addDays(day, each + 1),
        )
        expect(between.filter((each) => isWorkingDay(calendar, each))).toHaveLength(2)
        expect(isWorkingDay(calendar, last)).toBe(true)
        expect(clock(contactBy, zone)).toBe(`${addDays(last, 1)} 00:00`)
      }
    },
  )
})

describe('how things stand', () => {
  const home = at('2026-09-04', '17:00', newYork)
  const tried = (day: string, time: string, more: Partial<FollowUpTry> = {}): FollowUpTry => ({
    ...{ at: at(day, time, newYork), reached: false, isVisit: false },
    ...more,
  })
  const stand = (
    rule: FollowUpRuleCode,
    tries: readonly FollowUpTry[],
    now = at('2026-09-09', '12:00', newYork),
  ) => followUpStand({ choice: choice(rule), home, zone: newYork, tries, now })

  test.each<[string, FollowUpRuleCode, readonly FollowUpTry[], string]>([
    ['nobody has tried', 'TCM-7', [], 'to-call'],
    ['one try', 'TCM-7', [tried('2026-09-08', '10:00')], 'to-call'],
    [
      'two tries on two days',
      'TCM-7',
      [tried('2026-09-08', '10:00'), tried('2026-09-09', '10:00')],
      'attempted',
    ],
    [
      'two tries on one day, an hour apart',
      'TCM-7',
      [tried('2026-09-08', '10:00'), tried('2026-09-08', '11:00')],
      'attempted',
    ],
    [
      'two tries within an hour are one',
      'TCM-7',
      [tried('2026-09-08', '10:00'), tried('2026-09-08', '10:59')],
      'to-call',
    ],
    [
      'a try on the way home does not count',
      'TCM-7',
      [tried('2026-09-04', '16:59'), tried('2026-09-08', '11:00')],
      'to-call',
    ],
    [
      'two tries satisfy no NHS rule',
      'NHS-48h',
      [tried('2026-09-05', '10:00'), tried('2026-09-06', '10:00')],
      'late',
    ],
    [
      'reached at the last moment',
      'TCM-7',
      [tried('2026-09-09', '23:59', { reached: true })],
      'reached',
    ],
    [
      'reached a moment too late',
      'TCM-7',
      [tried('2026-09-10', '00:00', { reached: true })],
      'reached-late',
    ],
    [
      'reached after two tries in time',
      'TCM-7',
      [
        tried('2026-09-08', '10:00'),
        tried('2026-09-09', '10:00'),
        tried('2026-09-11', '10:00', { reached: true }),
      ],
      'reached',
    ],
    [
      'a visit is a contact',
      'NHS-48h',
      [tried('2026-09-05', '10:00', { reached: true, isVisit: true })],
      'reached',
    ],
  ])('%s', (_title, rule, tries, contact) => {
    expect(stand(rule, tries).contact).toBe(contact)
  })

  test('it is late as soon as the time is over', () => {
    const by = (time: string, day = '2026-09-06') =>
      stand('NHS-48h', [], at(day, time, newYork)).contact
    expect([by('16:59'), by('17:00')]).toEqual(['to-call', 'late'])
  })

  test.each<[string, readonly FollowUpTry[], string, string]>([
    [
      'on the seventh day',
      [tried('2026-09-11', '20:00', { reached: true, isVisit: true })],
      '2026-09-20',
      'done',
    ],
    [
      'on the eighth',
      [tried('2026-09-12', '09:00', { reached: true, isVisit: true })],
      '2026-09-20',
      'done-late',
    ],
    [
      'a call is no visit',
      [tried('2026-09-08', '09:00', { reached: true })],
      '2026-09-11',
      'to-visit',
    ],
    ['nobody came', [], '2026-09-12', 'late'],
  ])('the visit: %s', (_title, tries, today, visit) => {
    expect(stand('TCM-7', tries, at(today, '12:00', newYork)).visit).toBe(visit)
  })
})

test.each([
  [newYork, '2026-06-16 00:00'],
  [london, '2026-06-16 00:00'],
  ['Pacific/Auckland', '2026-06-16 00:00'],
])('a discharge of a day without a time counts from this day in %s', (zone, due) => {
  const facts = { choice: choice('TCM-7'), home: '2026-06-11', zone }
  const { contactBy, visitOn, lastDay } = followUpDue(facts)
  expect([clock(contactBy, zone), visitOn, lastDay]).toEqual([due, '2026-06-18', '2026-07-11'])
  // half an hour after midnight there
  const tries = [{ at: at('2026-06-11', '00:30', zone), reached: true, isVisit: false }]
  const now = at('2026-06-11', '09:00', zone)
  expect(followUpStand({ ...facts, tries, now }).contact).toBe('reached')
})
