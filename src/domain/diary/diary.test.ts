import { expect, test } from 'vitest'
import { diaryVisitFromFhir, diaryVisitToFhir } from './diary-fhir.ts'
import {
  areaOf,
  cancelledFor,
  type DiaryVisit,
  doubleBooked,
  inTravelOrder,
  isToTell,
  movedTo,
  VisitIsOver,
} from './diary-visit.ts'
import { iCalendar } from './i-calendar.ts'
import { calendarEntry, personAppointment } from './person-appointment.ts'
import { visitTimes } from './visit-times.ts'

const visit = (
  id: string,
  start: string,
  end: string,
  more: Partial<DiaryVisit> = {},
): DiaryVisit => ({
  ...{ id, person: 'p', personName: 'Grace Okafor', kind: 'diary-visit', start, end },
  by: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
  ...{ place: '4 Mill Lane, BS3 4AB', state: 'booked', reason: '' },
  ...more,
})
const nine = visit('a', '2026-12-01T09:00:00.000Z', '2026-12-01T10:00:00.000Z')

test('Visits that overlap are double booked; one that begins as another ends is not', () => {
  const half = visit('b', '2026-12-01T09:30:00.000Z', '2026-12-01T09:45:00.000Z')
  const ten = visit('c', '2026-12-01T10:00:00.000Z', '2026-12-01T10:30:00.000Z')
  const pairs = (all: readonly DiaryVisit[]) =>
    doubleBooked(all).map((pair) => pair.map(({ id }) => id).join(''))
  expect(pairs([ten, half, nine])).toEqual(['ab'])
  expect(pairs([nine, { ...half, state: 'cancelled' }])).toEqual([])
  const karen = { ...half.by, reference: 'Practitioner/karen-lee' }
  expect(pairs([nine, { ...half, by: karen }])).toEqual([])
})

test('The order by hand comes before the order of time; the area is the first part of a postcode', () => {
  const later = visit('b', '2026-12-01T15:00:00.000Z', '2026-12-01T16:00:00.000Z', { order: 1 })
  expect(inTravelOrder([nine, later]).map(({ id }) => id)).toEqual(['b', 'a'])
  expect(['4 Mill Lane, BS3 4AB', 'sw1a2aa', 'By the river'].map(areaOf)).toEqual([
    ...['BS3', 'SW1A', ''],
  ])
})

test('Repeated visits keep the time on the wall when the clocks change, both ways, in three years', () => {
  const clock = { zone: 'Europe/London', now: new Date('2026-01-01T00:00:00Z') }
  for (const [day, before, after] of [
    ['2026-03-26', '09:30', '08:30'],
    ['2026-10-22', '08:30', '09:30'],
    ['2027-03-25', '09:30', '08:30'],
    ['2027-10-28', '08:30', '09:30'],
    ['2028-03-23', '09:30', '08:30'],
    ['2028-10-26', '08:30', '09:30'],
  ] as const) {
    const found = visitTimes({ day, time: '09:30', minutes: 30, count: 2, everyDays: 7 }, clock)
    const starts = 'times' in found ? found.times.map(({ start }) => start.slice(11, 16)) : []
    expect(starts, day).toEqual([before, after])
  }
})

test('What is wrong with the times of a visit is said', () => {
  const clock = { zone: 'Europe/London', now: new Date('2026-12-01T00:00:00Z') }
  const asked = { day: '2026-12-02', time: '09:30', minutes: 30, count: 1, everyDays: 7 }
  const fault = (more: Partial<typeof asked>) => {
    const found = visitTimes({ ...asked, ...more }, clock)
    return 'fault' in found ? found.fault : 'none'
  }
  expect(fault({})).toBe('none')
  expect(fault({ day: '2026-02-30' })).toBe('no-day')
  expect(fault({ time: '9.30' })).toBe('no-time')
  expect(fault({ minutes: 0 })).toBe('no-length')
  expect(fault({ count: 27 })).toBe('too-often')
  expect(fault({ count: 2, everyDays: 0 })).toBe('too-often')
  expect(fault({ day: '2026-11-30' })).toBe('past')
})

test('A visit comes back from its record as it went in; one that changed and nobody was told of is to be told', () => {
  const told = { who: 'Grace Okafor', how: 'by telephone', at: '2026-12-01T08:00:00.000Z' }
  for (const each of [
    nine,
    { ...nine, order: 2, movedFrom: '2026-11-30T09:00:00.000Z', reason: 'Snow', told },
    { ...nine, state: 'cancelled', reason: 'Ill' } as const,
  ])
    expect(diaryVisitFromFhir(diaryVisitToFhir(each))).toEqual(each)
  expect(isToTell(nine)).toBe(false)
  expect(isToTell({ ...nine, movedFrom: nine.start })).toBe(true)
  expect(isToTell({ ...nine, state: 'cancelled' })).toBe(true)
  expect(isToTell({ ...nine, state: 'cancelled', told })).toBe(false)
})

test('A visit moved or cancelled twice changes once, and one that a colleague cancelled is not moved', () => {
  const to = { start: '2026-12-02T09:00:00.000Z', end: '2026-12-02T10:00:00.000Z', reason: 'Snow' }
  const told = { who: 'Grace Okafor', how: '', at: '2026-12-01T08:00:00.000Z' }
  const moved = movedTo(nine, to)
  expect(moved).toMatchObject({ ...to, movedFrom: nine.start })
  expect(movedTo({ ...moved, told }, to)).toEqual({ ...moved, told })
  const gone = cancelledFor(nine, 'Ill')
  expect(gone).toMatchObject({ state: 'cancelled', reason: 'Ill' })
  expect(cancelledFor({ ...gone, told }, 'Ill')).toEqual({ ...gone, told })
  expect(() => movedTo(gone, to)).toThrow(VisitIsOver)
  expect(() => cancelledFor(gone, 'Snow')).toThrow(VisitIsOver)
})

test('A calendar file is folded after 75 octets, escaped, and says what was cancelled and how often it changed', () => {
  const text = iCalendar([
    {
      ...{ id: 'a', sequence: 3, start: '2026-03-29T00:30:00Z', end: '2026-03-29T02:00:00+01:00' },
      ...{
        title: 'Visit',
        isCancelled: true,
        isOpen: false,
        changedAt: '2026-03-01T09:00:00.123Z',
      },
      place: `4, Mill Lane; “Łąka”\\\nBS3 ${'گھر '.repeat(30)}`,
    },
  ])
  const lines = text.split('\r\n')
  expect(lines.at(-1)).toBe('')
  expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
  const unfolded = text.replaceAll('\r\n ', '')
  expect(unfolded).toContain('LOCATION:4\\, Mill Lane\\; “Łąka”\\\\\\nBS3 گھر')
  for (const line of [
    ...['UID:a@gable', 'SEQUENCE:3', 'STATUS:CANCELLED', 'DTSTAMP:20260301T090000Z'],
    ...['DTSTART:20260329T003000Z', 'DTEND:20260329T010000Z', 'SUMMARY:Visit'],
  ])
    expect(unfolded.split('\r\n')).toContain(line)
})

test.each([
  ['booked', 'CONFIRMED'],
  ['fulfilled', 'CONFIRMED'],
  ['proposed', 'TENTATIVE'],
  ['pending', 'TENTATIVE'],
  ['waitlist', 'TENTATIVE'],
  ['cancelled', 'CANCELLED'],
] as const)('An appointment that is %s is %s in a calendar file', (status, said) => {
  const appointment = personAppointment({
    ...{ resourceType: 'Appointment', id: 'a', status, start: '2026-03-29T09:00:00Z' },
    participant: [{ status: 'accepted', actor: { reference: 'Patient/p' } }],
  })
  expect(appointment?.isOpen).toBe(said === 'TENTATIVE')
  const entries = appointment ? [calendarEntry(appointment, 'Appointment')] : []
  expect(iCalendar(entries)).toContain(`STATUS:${said}\r\n`)
})
